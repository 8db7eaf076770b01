import { untilText } from '../../agent/support/until-text.ts'
import type { CapabilityName } from '../../contract/capability.ts'
import type { NodeState, Snapshot } from '../../contract/snapshot.ts'

/** Names of the capabilities inside a sentence and at its start. */
export const capabilityWords: Record<CapabilityName, { inside: string; start: string }> = {
  storage: { inside: 'storage', start: 'Storage' },
  compute: { inside: 'compute', start: 'Compute' },
  ai: { inside: 'AI', start: 'AI' },
  gateway: { inside: 'gateway', start: 'Gateway' },
  archive: { inside: 'archive', start: 'Archive' },
}

const sentences: Record<NodeState, (snapshot: Snapshot, now: number) => string> = {
  starting: () => 'Starting',
  online: () => 'Online',
  alone: (snapshot) => (hasPeers(snapshot) ? 'Alone, no peer answers' : 'Alone, no peers yet'),
  attention: (snapshot) => `Online, ${attention(snapshot)}`,
  paused: (snapshot, now) => `Paused ${pauseText(snapshot, now)}`,
  error: (snapshot) => `Stopped, ${firstWarning(snapshot)}`,
}

/** The node's state in words at this time (ms since 1970), what needs the user included: "Online, one request waits". */
export const stateSentence = (snapshot: Snapshot, now: number): string => sentences[snapshot.node.state](snapshot, now)

/** "until 10:30, 49 min left" */
const pauseText = ({ sharing: { pause } }: Snapshot, now: number) => untilText(pause?.until ?? null, now)

/** "Sharing storage, AI and archive", of what peers get now; the pause where the sentence above it says something else. */
export function sharingSentence(snapshot: Snapshot, now: number): string {
  const { node, sharing, capabilities } = snapshot
  if (sharing.pause !== null && node.state !== 'paused') return `Sharing paused ${pauseText(snapshot, now)}`
  const shared = Object.values(capabilities).filter((capability) => capability.enabled && capability.state === 'ready')
  return shared.length === 0 ? 'Sharing nothing' : `Sharing ${enumeration(shared.map(({ name }) => capabilityWords[name].inside))}`
}

/** "1 request waits" counts in words up to one, as people do. */
export const requestCount = (count: number): string => (count === 1 ? 'one request waits' : `${count} requests wait`)

function attention(snapshot: Snapshot): string {
  const requests = Object.keys(snapshot.requests).length
  return requests > 0 ? requestCount(requests) : firstWarning(snapshot)
}

/** The gravest warning's title, as part of a sentence. */
function firstWarning({ health }: Snapshot): string {
  const order = { error: 0, warning: 1, info: 2 }
  const [gravest] = Object.values(health).toSorted((a, b) => order[a.severity] - order[b.severity] || a.since - b.since)
  return gravest ? uncapitalised(gravest.title) : 'something needs you'
}

const hasPeers = ({ peers }: Snapshot) => Object.values(peers).some(({ state }) => state !== 'left' && state !== 'removed')

/** Leaves "AI" and other words in capitals as they are. */
const uncapitalised = (text: string) => (/^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text)

const enumeration = (words: string[]) => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`)
