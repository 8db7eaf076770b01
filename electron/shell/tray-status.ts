import type { CapabilityName } from '../contract/capability.ts'
import type { NodeState, Snapshot } from '../contract/snapshot.ts'

/** Names of the capabilities inside a sentence and at its start. */
export const capabilityWords: Record<CapabilityName, { inside: string; start: string }> = {
  storage: { inside: 'storage', start: 'Storage' },
  compute: { inside: 'compute', start: 'Compute' },
  ai: { inside: 'AI', start: 'AI' },
  gateway: { inside: 'gateway', start: 'Gateway' },
  archive: { inside: 'archive', start: 'Archive' },
}

const sentences: Record<NodeState, (snapshot: Snapshot) => string> = {
  starting: () => 'Starting',
  online: () => 'Online',
  alone: (snapshot) => (hasPeers(snapshot) ? 'Alone, no peer answers' : 'Alone, no peers yet'),
  attention: (snapshot) => `Online, ${attention(snapshot)}`,
  paused: () => 'Sharing is paused',
  error: (snapshot) => `Stopped, ${firstWarning(snapshot)}`,
}

/** The node's state in words, what needs the user included: "Online, one request waits". */
export const stateSentence = (snapshot: Snapshot): string => sentences[snapshot.node.state](snapshot)

/** "Sharing storage, AI and archive", of what answers now. */
export function sharingSentence({ capabilities }: Snapshot): string {
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
