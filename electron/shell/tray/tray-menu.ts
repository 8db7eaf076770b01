import { leftText, momentText } from '../../agent/support/until-text.ts'
import { type CapabilityName, capabilityNames } from '../../contract/capability.ts'
import { type Place, placeOfCapability, placeOfPeer, placeOfRequest } from '../../contract/place.ts'
import { pauseEndsAtHour, type PauseFor, type PausedView } from '../../contract/sharing.ts'
import type { CapabilityView, MeshView, PeerView, Snapshot } from '../../contract/snapshot.ts'
import { isUsedByOthers } from '../use-by-others.ts'
import { capabilityWords, sharingSentence, stateSentence } from './tray-status.ts'

/** What a click does. */
export type TrayAction =
  | { do: 'open'; place?: Place }
  | { do: 'offer'; capability: CapabilityName; enabled: boolean }
  | { do: 'pause'; for: PauseFor }
  | { do: 'resume' }
  | { do: 'quit' }

/** The menu as plain data, so that it can be compared, tested and drawn. An item without an action only informs. */
export type TrayItem =
  | { kind: 'line' }
  | { kind: 'text'; label: string }
  | { kind: 'action'; label: string; action: TrayAction }
  | { kind: 'tick'; label: string; ticked: boolean; action: TrayAction }
  | { kind: 'submenu'; label: string; items: TrayItem[] }

const maxRequests = 3
const maxMeshes = 8
const maxPeers = 12
const line: TrayItem = { kind: 'line' }
const join: Place = { path: '/', opened: { open: 'join' } }

/**
 * The menu of the tray icon at this time (ms since 1970); null while the node starts. The order of the groups is the same
 * on every system; labels say states in words.
 */
export function trayMenu(snapshot: Snapshot | null, now: number): TrayItem[] {
  if (snapshot === null)
    return [text('Starting'), line, action('Open Free Compute Node', { do: 'open' }), line, action('Quit', { do: 'quit' })]
  return [
    text(stateSentence(snapshot, now)),
    text(sharingSentence(snapshot, now)),
    line,
    ...group(requestItems(snapshot)),
    ...group(meshItems(snapshot)),
    text('Offer'),
    ...capabilityNames.map((name) => offerItem(name, snapshot.capabilities[name], now)),
    line,
    pauseItem(snapshot, now),
    line,
    action('Join or invite…', { do: 'open', place: join }),
    action('Open Free Compute Node', { do: 'open' }),
    line,
    action(isUsedByOthers(snapshot) ? 'Quit and stop sharing…' : 'Quit', { do: 'quit' }),
  ]
}

function requestItems({ requests }: Snapshot): TrayItem[] {
  const waiting = Object.values(requests).toSorted((a, b) => b.createdAt - a.createdAt)
  const items = waiting
    .slice(0, maxRequests)
    .map(({ id, node }) => action(`Review ${node.name}’s request…`, { do: 'open', place: placeOfRequest(id) }))
  return withRest(items, waiting.length, '/')
}

function meshItems({ meshes, peers }: Snapshot): TrayItem[] {
  const all = Object.values(meshes).toSorted(byName)
  const items = all.slice(0, maxMeshes).map((mesh) => meshItem(mesh, Object.values(peers)))
  return withRest(items, all.length, '/peers')
}

/** The online ones first, so that a large mesh shows whom one can reach. */
const order = { online: 0, suspect: 1, offline: 2 } as const
type PresentPeer = PeerView & { state: keyof typeof order }
const isPresent = (peer: PeerView): peer is PresentPeer => peer.state in order

function meshItem(mesh: MeshView, peers: PeerView[]): TrayItem {
  const present = peers.filter(isPresent).filter(({ meshes }) => meshes.includes(mesh.id))
  const shown = present.toSorted((a, b) => order[a.state] - order[b.state] || byName(a, b)).slice(0, maxPeers)
  return {
    kind: 'submenu',
    label: safeLabel(`${mesh.name}, ${mesh.online} of ${mesh.members} online`),
    items: [
      ...(shown.length > 0 ? shown.map(peerItem) : [text('No other members yet')]),
      line,
      action('All peers…', { do: 'open', place: { path: '/peers' } }),
    ],
  }
}

function peerItem({ id, name, state, path }: PresentPeer): TrayItem {
  const words = { online: path?.kind === 'relayed' ? ', relayed' : '', suspect: ', checking…', offline: ', offline' }
  return action(`${name}${words[state]}`, { do: 'open', place: placeOfPeer(id) })
}

function pauseItem({ sharing: { pause } }: Snapshot, now: number): TrayItem {
  if (pause !== null) {
    const left = pause.until === null ? '' : `, ${leftText(pause.until - now)} left`
    return action(`Resume sharing${left}`, { do: 'resume' })
  }
  return {
    kind: 'submenu',
    label: 'Pause sharing',
    items: [
      action('For 1 hour', { do: 'pause', for: 'hour' }),
      action(`Until tomorrow, ${pauseEndsAtHour}:00`, { do: 'pause', for: 'tomorrow' }),
      action('Until I resume', { do: 'pause', for: 'resumed' }),
    ],
  }
}

/** Why a capability is paused; a person's pause stands above the list already. */
function pausedWords(paused: PausedView | null, now: number): string {
  if (paused === null) return ', paused'
  switch (paused.why) {
    case 'person':
      return ', paused'
    case 'in_use':
      return ', paused while you use this computer'
    case 'battery':
      return ', paused on battery'
    case 'hours':
      return paused.until === null ? ', paused outside its hours' : `, paused until ${momentText(paused.until, now)}`
    case 'disk':
      return ', paused, little disk is free'
    case 'processor':
      return ', paused, the processor is busy'
    case 'memory':
      return ', paused, little memory is free'
  }
}

function usedWords(users: number): string {
  return users === 0 ? '' : `, in use by ${users === 1 ? '1 peer' : `${users} peers`}`
}

function offerItem(name: CapabilityName, view: CapabilityView | undefined, now: number): TrayItem {
  const words = {
    off: '',
    starting: ', starting…',
    ready: usedWords(view?.usedBy.length ?? 0),
    problem: ', has a problem',
    paused: pausedWords(view?.paused ?? null, now),
  }
  const enabled = view?.enabled ?? false
  return {
    kind: 'tick',
    label: `${capabilityWords[name].start}${enabled ? words[view?.state ?? 'off'] : ''}`,
    ticked: enabled,
    // it cannot be offered before the user has said which program is behind it
    action: view?.backend ? { do: 'offer', capability: name, enabled: !enabled } : { do: 'open', place: placeOfCapability(name) },
  }
}

const text = (label: string): TrayItem => ({ kind: 'text', label: safeLabel(label) })
const action = (label: string, does: TrayAction): TrayItem => ({ kind: 'action', label: safeLabel(label), action: does })
const group = (items: TrayItem[]) => (items.length > 0 ? [...items, line] : [])
const withRest = (items: TrayItem[], all: number, path: string) =>
  all > items.length ? [...items, action(`${all - items.length} more…`, { do: 'open', place: { path } })] : items
const byName = (a: { name: string; id: string }, b: { name: string; id: string }) =>
  a.name.localeCompare(b.name) || a.id.localeCompare(b.id)

/** Menus read "&x" as "underline x", and other people choose some of these names. */
const safeLabel = (label: string) => label.replaceAll('&', '&&')
