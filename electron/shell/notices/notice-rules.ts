/** What a person is told by the system's notifications, out of two states of the node. Pure. */
import { type CapabilityName, capabilityNames } from '../../contract/capability.ts'
import { type Place, placeOfCapability, placeOfPeer, placeOfRequest } from '../../contract/place.ts'
import type { HealthWarning, PeerView, Snapshot } from '../../contract/snapshot.ts'

export interface Notice {
  /** Of what it is about: a second notice about the same thing replaces the first. */
  id: string
  title: string
  body: string
  /** Where a click on it leads. */
  place: Place
  /** Without a sound. */
  quiet: boolean
}

/** What was seen so far. */
export interface Seen {
  requests: ReadonlySet<string>
  warnings: ReadonlySet<string>
  /** Peers seen online in this run: who was never there is not lost. */
  met: ReadonlySet<string>
  /** Since when (monotonic ms) each lost peer does not answer. */
  lostSince: ReadonlyMap<string, number>
  /** Lost peers that were told of. */
  toldLost: ReadonlySet<string>
}

export const nothingSeen: Seen = {
  requests: new Set(),
  warnings: new Set(),
  met: new Set(),
  lostSince: new Map(),
  toldLost: new Set(),
}

/** A peer that is back within this time was not lost, ms: machines are started again, and Wi-Fi roams. */
export const peerPatience = 3 * 60_000

export interface Told {
  seen: Seen
  /** To be shown, at most a few. */
  notices: Notice[]
  /** Ids of those whose thing is over: to be taken away. */
  over: string[]
  /** When to look again although nothing has changed, ms from now; null: no need. */
  lookAgain: number | null
}

/** `now` is monotonic, ms. What is switched off in the settings is seen all the same, and so not told later. */
export function noticesFor(before: Seen, snapshot: Snapshot, now: number): Told {
  const { settings } = snapshot
  const broken = Object.values(snapshot.health).flatMap(ofCapability)
  const asked = Object.values(snapshot.requests).filter(({ id }) => !before.requests.has(id))
  const raised = broken.filter(({ warning }) => !before.warnings.has(warning.code))
  const peers = followPeers(before, snapshot, now)
  const seen: Seen = {
    ...peers.seen,
    requests: new Set(Object.keys(snapshot.requests)),
    warnings: new Set(broken.map(({ warning }) => warning.code)),
  }
  return {
    seen,
    notices: [
      ...(settings.notifyRequests ? asked.map(requestNotice) : []),
      ...(settings.notifyCapabilities ? raised.map(capabilityNotice) : []),
      ...(settings.notifyPeers ? peersNotice(peers.lost) : []),
    ],
    over: [
      ...[...before.requests].filter((id) => !seen.requests.has(id)).map(requestId),
      ...[...before.warnings].filter((code) => !seen.warnings.has(code)).map(warningId),
      ...(before.toldLost.size > 0 && seen.toldLost.size === 0 ? [lostId] : []),
    ],
    lookAgain: peers.lookAgain,
  }
}

const requestId = (id: string) => `request ${id}`
const warningId = (code: string) => `warning ${code}`
const lostId = 'peers lost'

const requestNotice = ({ id, node, mesh, code }: Snapshot['requests'][string]): Notice => ({
  id: requestId(id),
  title: `${node.name} asks to join ${mesh.name}`,
  body: code === null ? 'It shows an invite. Decide whether to let it in.' : 'Approve only if its screen shows the same code.',
  place: placeOfRequest(id),
  quiet: false,
})

interface Broken {
  name: CapabilityName
  warning: HealthWarning
}

/** The capability that a warning is about, if it is about one. */
const ofCapability = (warning: HealthWarning): Broken[] =>
  capabilityNames.filter((name) => warning.code === `capability_${name}`).map((name) => ({ name, warning }))

const capabilityNotice = ({ name, warning }: Broken): Notice => ({
  id: warningId(warning.code),
  title: warning.title,
  body: warning.action === null ? warning.text : `${warning.text} ${warning.action}`,
  place: placeOfCapability(name),
  quiet: false,
})

interface FollowedPeers {
  seen: Omit<Seen, 'requests' | 'warnings'>
  /** Lost for long enough now, and not told of. */
  lost: PeerView[]
  lookAgain: number | null
}

/** When none is reached at all it is this computer that has no network, which the window says: nobody else is lost. */
function followPeers(before: Seen, { peers, node }: Snapshot, now: number): FollowedPeers {
  const all = Object.values(peers).filter(({ kind }) => kind === 'node')
  const met = new Set(all.filter(({ id, state }) => state === 'online' || before.met.has(id)).map(({ id }) => id))
  const away = node.state === 'alone' ? [] : all.filter(({ id, state }) => state === 'offline' && met.has(id))
  const lostSince = new Map(away.map(({ id }) => [id, before.lostSince.get(id) ?? now]))
  const isLost = ({ id }: PeerView) => now - (lostSince.get(id) ?? now) >= peerPatience
  const lost = away.filter((peer) => isLost(peer) && !before.toldLost.has(peer.id))
  const toldLost = new Set(away.filter((peer) => isLost(peer) || before.toldLost.has(peer.id)).map(({ id }) => id))
  const waiting = away.filter((peer) => !isLost(peer)).map(({ id }) => (lostSince.get(id) ?? now) + peerPatience - now)
  return { seen: { met, lostSince, toldLost }, lost, lookAgain: waiting.length === 0 ? null : Math.min(...waiting) }
}

function peersNotice(lost: readonly PeerView[]): Notice[] {
  const [first, ...others] = lost.toSorted((a, b) => a.name.localeCompare(b.name))
  if (first === undefined) return []
  const title = others.length === 0 ? `${first.name} is offline` : `${lost.length} peers are offline`
  const names = [first, ...others].slice(0, 3).map(({ name }) => name)
  const body = others.length === 0 ? 'It has not answered for 3 minutes.' : `${names.join(', ')}${lost.length > names.length ? '…' : ''}`
  return [{ id: lostId, title, body, place: others.length === 0 ? placeOfPeer(first.id) : { path: '/peers' }, quiet: true }]
}
