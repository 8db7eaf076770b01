import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { displayName } from '../contract/settings.ts'
import { FcnError } from '../agent/errors.ts'

/** What a person chose on the command line for this start; absent means "not chosen". */
export interface StartArguments {
  name?: string
  port?: number
  host?: string
  dataDir?: string
  /** Started by the system at login: no window. */
  hidden: boolean
  help: boolean
  version: boolean
}

export const usage = `Usage: npm start -- [options]

  --name NAME      what this computer is called in its meshes
  --port PORT      port to listen on; without it 3000, or the next free one up to 3019
  --host ADDRESS   IP address to listen on; without it every one
  --data DIR       folder for everything this node keeps
  --hidden         no window at first: the tray opens it, and so does starting the program again
  --headless       no tray and no window, also where the desktop app could run
  --help           this text
  --version        the version of the program
`

const options = {
  name: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  // read by start.mjs; allowed here so that the same line works everywhere
  headless: { type: 'boolean' },
  hidden: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

/**
 * Reads the arguments after the program's name. `strangers` says what happens to unknown ones: `refuse` them, or
 * `ignore` them where Electron's and Chromium's own switches share the line. Throws `usage`.
 */
export function parseArguments(argv: readonly string[], strangers: 'refuse' | 'ignore' = 'refuse'): StartArguments {
  const values = readValues(argv, strangers === 'refuse')
  return {
    ...(values.name !== undefined && { name: checkedName(values.name) }),
    ...(values.port !== undefined && { port: checkedPort(values.port) }),
    ...(values.host !== undefined && { host: checkedHost(values.host) }),
    ...(values.data !== undefined && { dataDir: checkedDir(values.data) }),
    hidden: values.hidden === true,
    help: values.help === true,
    version: values.version === true,
  }
}

/** With `strict: false` a value may be missing (true) or given to a switch (string). */
type Value = string | boolean | undefined

function readValues(argv: readonly string[], strict: boolean): Record<keyof typeof options, Value> {
  try {
    const { values } = parseArgs({ args: [...argv], options, strict, allowPositionals: !strict })
    return values as Record<keyof typeof options, Value>
  } catch (cause) {
    throw wrong(firstSentence(cause), cause)
  }
}

function checkedName(value: Value): string {
  const result = displayName.safeParse(value)
  if (!result.success) throw wrong(`--name does not fit: ${result.error.issues[0]?.message ?? 'a name is text'}.`)
  return result.data
}

function checkedPort(value: Value): number {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : 0
  if (port < 1 || port > 65_535) throw wrong(`--port takes a number from 1 to 65535, not "${String(value)}".`)
  return port
}

function checkedHost(value: Value): string {
  if (typeof value !== 'string' || isIP(value) === 0)
    throw wrong(`--host takes an IP address of this computer, such as 127.0.0.1, not "${String(value)}".`)
  return value
}

function checkedDir(value: Value): string {
  if (typeof value !== 'string' || value.trim() === '') throw wrong('--data takes a folder.')
  return resolve(value)
}

function wrong(message: string, cause?: unknown): FcnError {
  return new FcnError('usage', message, { action: '`npm start -- --help` lists what can be given.', cause })
}

/** parseArgs explains itself at length; its first sentence says which argument and what is wrong. */
function firstSentence(cause: unknown): string {
  const [first = ''] = (cause instanceof Error ? cause.message : String(cause)).split(/\.(?:\s|$)/)
  return `${first.trim()}.`
}
