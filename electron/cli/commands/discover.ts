import { type Command, InvalidArgumentError } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import type { DiscoveredView } from '../../contract/discovery.ts'
import type { OpenSession, Session } from '../session.ts'
import { table } from '../table.ts'
import { printable, printableJson } from '../terminal-text.ts'

/** A node that is on answers within this, s. */
const lookTime = 3
const longestLook = 60
/** How often the list is asked for, and how often the node is told that somebody looks, ms. */
const pollInterval = 500
const lookInterval = 4_000

interface DiscoverOptions {
  watch?: true
  scan?: true
  for: number
}

const examples = `
Examples:
  fcn discover
  fcn discover --watch
  fcn discover --scan          also nodes that do not announce themselves
  fcn discover --json | jq -r '.[].urls[0]'
  fcn discover --watch --json  one line for each change: {"change": "came" | "changed" | "gone", "node": …}`

export function addDiscoverCommand(program: Command, open: OpenSession): void {
  program
    .command('discover')
    .option('--for <seconds>', 'how long to look', seconds, lookTime)
    .option('--watch', 'go on, and tell of each node that comes and goes')
    .option('--scan', 'also ask each address of the local network on port 3000')
    .summary('nodes on this network')
    .description('Shows the nodes that the local network shows now. That one is listed proves nothing: joining compares a code.')
    .addHelpText('after', examples)
    .action(async ({ watch, scan, for: time }: DiscoverOptions) => {
      const session = open()
      if (watch && scan) throw new FcnError('usage', 'A scan ends by itself.', { action: 'Leave out --watch or --scan.' })
      if (watch) return session.terminal.interruptible((signal) => watchNodes(session, signal))
      const nodes = await (scan ? scanned(session) : looked(session, time))
      session.output.result(nodes, table(['name', 'id', 'standing', 'address', 'found'], nodes.map(rowOf)) || nobody)
    })
}

const nobody =
  'Nobody was found. Is the other computer on, in the same network, and allowed to be seen? Guest networks, VPNs and firewalls keep nodes apart: fcn doctor. Nodes that announce nothing: fcn discover --scan. Or join by URL: fcn join http://192.168.1.20:3000'

async function looked({ client, pause }: Session, time: number): Promise<DiscoveredView[]> {
  await client.call('discovery.look', {})
  await pause(time * 1_000)
  return client.call('discovery.list', {})
}

/** Ctrl-C cancels the scan; what was found until then is shown. */
function scanned({ client, output, terminal, pause }: Session): Promise<DiscoveredView[]> {
  return terminal.interruptible(async (signal) => {
    await client.call('discovery.look', {})
    await client.call('discovery.scan', {})
    for (;;) {
      if (signal.aborted) await client.call('discovery.cancel', {})
      const { scan } = (await client.call('snapshot.get', {})).network
      if (scan === null || scan.state !== 'running') break
      output.progress(`${scan.done} of ${scan.total} addresses, ${scan.found} found`)
      await pause(pollInterval)
    }
    output.progress('')
    return client.call('discovery.list', {})
  })
}

async function watchNodes({ client, output, pause }: Session, signal: AbortSignal): Promise<void> {
  let known = new Map<string, DiscoveredView>()
  let sinceLook = Infinity
  while (!signal.aborted) {
    if (sinceLook >= lookInterval) {
      await client.call('discovery.look', {})
      sinceLook = 0
    }
    const now = new Map((await client.call('discovery.list', {})).map((node) => [node.id, node]))
    for (const { change, node } of differences(known, now)) {
      const line = output.json ? printableJson({ change, node }) : printable(`${marks[change]} ${rowOf(node).join('  ')}`)
      await output.stream(`${line}\n`)
    }
    known = now
    await pause(pollInterval)
    sinceLook += pollInterval
  }
}

const marks = { came: '+', changed: '~', gone: '-' }

interface Difference {
  change: keyof typeof marks
  node: DiscoveredView
}

function differences(before: ReadonlyMap<string, DiscoveredView>, after: ReadonlyMap<string, DiscoveredView>): Difference[] {
  const gone = [...before.values()].filter(({ id }) => !after.has(id)).map((node): Difference => ({ change: 'gone', node }))
  const other = [...after.values()].flatMap((node): Difference[] => {
    const old = before.get(node.id)
    if (!old) return [{ change: 'came', node }]
    return rowOf(old).join() === rowOf(node).join() ? [] : [{ change: 'changed', node }]
  })
  return [...gone, ...other]
}

function rowOf({ name, id, kind, relation, meshes, urls, found }: DiscoveredView): string[] {
  const mesh = meshes.length > 0 ? `in ${meshes.join(', ')}` : 'in a mesh'
  const standing = kind === 'legacy' ? 'old node' : { mine: 'in a mesh with this node', new: 'in no mesh yet', other: mesh }[relation]
  const where = found.find(({ interface: on }) => on !== null)
  const how = found[0]?.via === 'scan' ? 'scan' : `announced on ${where?.label ?? where?.interface ?? 'the network'}`
  return [name, kind === 'legacy' ? '-' : id, standing, (urls[0] ?? '-').replace(/^https?:\/\//u, ''), how]
}

function seconds(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && value >= 0 && value <= longestLook) return value
  throw new InvalidArgumentError(`A number of seconds, 0 to ${longestLook}.`)
}
