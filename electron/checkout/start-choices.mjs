// @ts-check
/** The decisions of `npm start`, without its effects. */

/** The oldest Node with everything a node uses (node:sqlite above all). */
const neededNode = 24

/** Arguments that only ask something of the command line need no window either. */
const withoutWindow = new Set(['--headless', '--help', '-h', '--version'])

/**
 * @param {readonly string[]} args
 * @returns {boolean}
 */
export const wantsHeadless = (args) => args.some((arg) => withoutWindow.has(arg))

/**
 * What to do when this Node is too old; null when it is not.
 * @param {string} version such as "20.20.2"
 * @param {string} program path of the Node in use
 */
export function hintForNode(version, program) {
  if (Number.parseInt(version, 10) >= neededNode) return null
  return (
    `Free Compute Node needs Node ${neededNode} or newer; this is Node ${version} (${program}).\n` +
    `Start it with \`npm start\`, which brings its own on most systems, or install Node ${neededNode} from https://nodejs.org`
  )
}

/**
 * Whether Electron did not come up at all (libraries missing, sandbox not allowed) rather than ended.
 * @param {{ code: number | null, signal: NodeJS.Signals | null, ranFor: number }} end `ranFor` in ms
 * @returns {string | null} the reason, in a few words
 */
export function endedAtOnce({ code, signal, ranFor }) {
  if (ranFor > 10_000) return null
  if (signal === 'SIGTRAP' || signal === 'SIGABRT' || signal === 'SIGSEGV' || signal === 'SIGILL') return `Electron ended with ${signal}`
  return code === 127 ? 'Electron lacks libraries of this system' : null
}
