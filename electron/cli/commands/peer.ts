import type { Command } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import type { AddressView, PeerView } from '../../contract/snapshot.ts'
import type { OpenSession } from '../session.ts'
import { aligned, table } from '../table.ts'
import { ago } from '../time-text.ts'

export function addPeerCommands(program: Command, open: OpenSession): void {
  program
    .command('peers')
    .summary('the other nodes and what they offer')
    .description(
      'Lists the peers of all meshes and old nodes (legacy): state, the way to them, directly or relayed through a hub and why, role, who let them in and introduced them, and what they offer.',
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
    .command('peer')
    .summary('one other node: how it is reached, by whom introduced')
    .description('Shows one peer.')
    .command('show', { isDefault: true })
    .argument('<peer>', 'name, id or URL of the peer')
    .description(
      'Shows one peer: how it is reached, why not directly, each of its addresses with the last result, the hubs it is attached to, and who let it in and introduced it.',
    )
    .addHelpText('after', '\nExamples:\n  fcn peer show nas\n  fcn peer show nas --json | jq .path')
    .action(async (wanted: string) => {
      const { client, output, now } = open()
      const [peers, meshes] = await Promise.all([client.call('peer.list', {}), client.call('mesh.list', {})])
      const peer = found(peers, wanted)
      const names = new Map(meshes.map(({ id, name }) => [id, name]))
      const nodes = new Map([...peers, ...peer.via].map(({ id, name }) => [id, name]))
      output.result(peer, peerText(peer, { meshOf: (id) => names.get(id) ?? id, nodeOf: (id) => nodes.get(id) ?? id, now: now() }))
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

/** The one with that id or name. Throws `not_found` or `ambiguous`. */
function found(peers: readonly PeerView[], wanted: string): PeerView {
  const [first, ...others] = peers.filter(({ id, name }) => id === wanted || name === wanted)
  if (first === undefined) throw new FcnError('not_found', `There is no peer “${wanted}”.`, { action: 'See: fcn peers' })
  if (others.length === 0) return first
  throw new FcnError('ambiguous', `${others.length + 1} peers are called “${wanted}”.`, {
    action: `Say which by its id: ${[first, ...others].map(({ id }) => id).join(', ')}`,
  })
}

interface Names {
  meshOf: (id: string) => string
  nodeOf: (id: string) => string
  now: number
}

function peerText(peer: PeerView, { meshOf, nodeOf, now }: Names): string {
  const { path, addresses } = peer
  const why = path?.kind === 'relayed' ? (path.whyNotDirect ?? null) : null
  const whyText = why === null ? 'not tried yet' : [why.message, why.action].filter(Boolean).join(' ')
  const each = (title: string, lines: readonly string[]) => lines.map((line, index) => [index === 0 ? title : '', line])
  return aligned([
    ['Name', peer.name],
    ['Id', peer.id],
    ['State', stateText(peer)],
    ['Path', pathText(peer, now, { isShort: true })],
    ...(path?.kind === 'relayed' ? [['Not direct', whyText]] : []),
    ...each('Addresses', addresses.map((address) => `${addressText(address.url, nodeOf)}: ${resultText(address, now)}`)), // prettier-ignore
    ...each('Hub of', peer.hubOf.map(meshOf)),
    ...each(
      'Attached to',
      peer.via.map(({ name }) => name),
    ),
    ...each('Member of', peer.meshes.map((id) => membershipText(peer, id, meshOf(id)))), // prettier-ignore
    ['Offers', offers(peer)],
    ['Version', [peer.version ?? 'not known', peer.os ?? ''].filter(Boolean).join(', ')],
  ])
}

const membershipText = ({ roles, role, admittedBy, introducedBy }: PeerView, id: string, mesh: string): string =>
  [
    `${mesh} (${roles[id] ?? role ?? 'member'})`,
    admittedBy[id] && `added by ${admittedBy[id].name}`,
    introducedBy[id] && introducedBy[id].id !== id && `introduced by ${introducedBy[id].name}`,
  ]
    .filter(Boolean)
    .join(', ')

const relayScheme = 'relay://'

const addressText = (url: string, nodeOf: Names['nodeOf']): string =>
  url.startsWith(relayScheme) ? `through ${nodeOf(url.slice(relayScheme.length))}` : authorityOf(url)

function resultText({ lastOk, lastError }: AddressView, now: number): string {
  if (lastError !== null && (lastOk === null || lastError.at > lastOk)) return lastError.message
  return lastOk === null ? 'not tried yet' : `worked ${ago(lastOk, now)}`
}

function stateText({ state, removed }: PeerView): string {
  if (removed?.how === 'blocked') return 'blocked here'
  if (removed) return `removed by ${removed.by.name}`
  return state === 'suspect' ? 'checking…' : state
}

/** Mostly one; each once when it differs between meshes. */
const rolesOf = ({ role, roles, hubOf }: PeerView) =>
  [...new Set(Object.values(roles)), ...(hubOf.length > 0 ? ['hub'] : [])].join(', ') || (role ?? '-')

/** Who let it in, and who told of it where that is somebody else. */
function adders({ admittedBy, introducedBy }: PeerView): string {
  const told = new Set(
    Object.entries(introducedBy).flatMap(([mesh, { id, name }]) => (id === mesh || id === admittedBy[mesh]?.id ? [] : [name])),
  )
  const added = [...new Set(Object.values(admittedBy).map(({ name }) => name))].join(', ') || '-'
  return told.size === 0 ? added : `${added} (introduced by ${[...told].join(', ')})`
}

/** One phrase: how it is reached, and when relayed why not directly; or since when and why it is not. */
export function pathText({ path, state, kind, lastSeen, problem }: PeerView, now: number, { isShort = false } = {}): string {
  const parts: string[] = []
  if (kind === 'legacy') parts.push('legacy')
  if (path) {
    const latency = path.latencyMs === null ? '' : ` (${path.latencyMs} ms)`
    parts.push(path.kind === 'direct' ? `direct ${authorityOf(path.url)}${latency}` : `relayed via ${path.hub.name}${latency}`)
    if (path.kind === 'relayed' && path.whyNotDirect !== null && !isShort) parts.push(`not direct: ${path.whyNotDirect.message}`)
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
