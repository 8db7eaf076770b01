import type { Command } from 'commander'
import type { PeerView } from '../../contract/snapshot.ts'
import type { OpenSession } from '../session.ts'
import { table } from '../table.ts'
import { ago } from '../time-text.ts'

export function addPeerCommands(program: Command, open: OpenSession): void {
  program
    .command('peers')
    .summary('the other nodes and what they offer')
    .description(
      'Lists the peers of all meshes and old nodes (legacy): state, the way to them, role, who let them in, and what they offer.',
    )
    .addHelpText('after', "\nExamples:\n  fcn peers\n  fcn peers --json | jq '.[] | {name, state}'")
    .action(async () => {
      const { client, output, now } = open()
      const peers = await client.call('peer.list', {})
      const rows = peers.map((peer) => [peer.name, stateText(peer), pathText(peer, now()), rolesOf(peer), adders(peer), offers(peer)])
      output.result(
        peers,
        table(['name', 'state', 'path', 'role', 'added by', 'offers'], rows) ||
          'No peers yet. Join a mesh (fcn join <url>) or let others join this one.',
      )
    })

  program
    .command('forget')
    .argument('<peer>', 'name or URL of an old node')
    .summary('forget an old node')
    .description('Forgets an old node (legacy peer).')
    .action(async (peer: string) => {
      const { client, output } = open()
      const gone = await client.call('peer.forget', { peer })
      output.result(gone, `${gone.name} is forgotten.`)
    })
}

function stateText({ state, removed }: PeerView): string {
  if (removed?.how === 'blocked') return 'blocked here'
  if (removed) return `removed by ${removed.by.name}`
  return state === 'suspect' ? 'checking…' : state
}

/** Mostly one; each once when it differs between meshes. */
const rolesOf = ({ role, roles }: PeerView) => [...new Set(Object.values(roles))].join(', ') || (role ?? '-')

const adders = ({ admittedBy }: PeerView) => [...new Set(Object.values(admittedBy).map(({ name }) => name))].join(', ') || '-'

/** One phrase: how it is reached, or since when and why it is not. */
export function pathText({ path, state, kind, lastSeen, problem }: PeerView, now: number): string {
  const parts: string[] = []
  if (kind === 'legacy') parts.push('legacy')
  if (path) {
    const latency = path.latencyMs === null ? '' : ` (${path.latencyMs} ms)`
    parts.push(`direct ${authorityOf(path.url)}${latency}`)
  } else if (state !== 'online') {
    parts.push(lastSeen === null ? 'never seen' : `last seen ${ago(lastSeen, now)}`)
    if (problem) parts.push(problem.message)
  }
  return parts.join(', ') || '-'
}

/** `host:port` of a URL, which is what people recognise; the text itself when it is no URL. */
const authorityOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url)

function offers({ capabilities, services }: PeerView): string {
  const ready = capabilities.filter(({ state }) => state === 'ready').map(({ name }) => name)
  const active = services.filter(({ status }) => status === 'active').map(({ id }) => id)
  return [...ready, ...active].join(' ') || '-'
}
