/**
 * What each member lets this node have of its models, asked of the member itself: once when its record first says that it
 * offers `ai`, again when its record says something else, and every few seconds while models are used or looked at. Nothing
 * is asked of a node at rest.
 */
import { type WhyNot, whyNot } from '../../contract/routing.ts'
import type { Member, Membership, MeshId, NodeId, Startable } from '../components.ts'
import { toFcnError } from '../errors.ts'
import type { ModelList } from '../protocol/model-list.ts'
import type { Clock } from '../support/clock.ts'
import { createEmitter, type Signal } from '../support/signal.ts'

/** A list is asked for anew after this time while somebody uses models, ms. */
const freshFor = 5_000
/** … and never sooner than this after the last time, whatever the records say. */
const shortest = 2_000
/** A use keeps the lists fresh so long, ms. */
const useLasts = 30_000
/** Members asked at once, and remembered. */
const maxAsking = 8
const maxNodes = 256

interface NodeListsComponents {
  membership: Pick<Membership, 'members' | 'changed'>
  /** Throws what the member answers instead. */
  ask: (asked: { node: NodeId; mesh: MeshId; signal: AbortSignal }) => Promise<ModelList>
  clock: Clock
}

/** What is known of one member. */
export interface KnownList {
  node: { id: NodeId; name: string }
  /** The last one it gave; empty before. */
  list: ModelList | null
  /** Why the last asking came to nothing; null when it did not. */
  whyNot: WhyNot | null
  /** Grows with each answer. */
  answers: number
}

export interface NodeLists extends Startable {
  /** Another answer has come, or somebody is gone. */
  readonly changed: Signal<void>
  all(): KnownList[]
  /** Somebody uses models. Resolves when everybody who is there was asked once, or with `stop`. */
  use(): Promise<void>
  /** Somebody looks at them, or does so no longer. */
  watch(isWatched: boolean): void
}

interface Entry extends KnownList {
  mesh: MeshId
  /** What its record said when it was asked last. */
  said: string
  askedAt: number | null
  saysNow: string
  isThere: boolean
  asking: Promise<void> | null
}

export function createNodeLists({ membership, ask, clock }: NodeListsComponents): NodeLists {
  const changed = createEmitter()
  const entries = new Map<NodeId, Entry>()
  let abort: AbortController | null = null
  let usedUntil = -Infinity
  let isWatched = false
  let cancelRound: (() => void) | null = null
  let unsubscribe = () => {}

  const isUsed = () => isWatched || clock.monotonic() < usedUntil

  /** Takes over what the records say now; those who are no members any more are forgotten. */
  const read = () => {
    const offers = offersOf(membership.members())
    const gone = [...entries.keys()].filter((node) => !offers.has(node))
    for (const node of gone) entries.delete(node)
    for (const [node, offer] of offers) {
      const entry = entries.get(node)
      if (entry !== undefined) Object.assign(entry, offer)
      else if (entries.size < maxNodes)
        entries.set(node, { ...offer, list: null, whyNot: null, answers: 0, said: '', askedAt: null, asking: null })
    }
    if (gone.length > 0) changed.emit()
  }

  const isDue = ({ isThere, askedAt, said, saysNow, asking }: Entry) => {
    if (!isThere || asking !== null) return false
    if (askedAt === null) return true
    const age = clock.monotonic() - askedAt
    return age >= shortest && (said !== saysNow || (isUsed() && age >= freshFor))
  }

  /** Asks whoever it is time for, as many at once as is allowed, and looks again when the next may be due. */
  const round = () => {
    cancelRound?.()
    cancelRound = null
    if (abort === null) return
    let room = maxAsking - [...entries.values()].filter(({ asking }) => asking !== null).length
    for (const entry of entries.values()) {
      if (room === 0) break
      if (!isDue(entry)) continue
      room--
      entry.asking = askOne(entry, abort.signal)
    }
    const waits = [...entries.values()].some(({ isThere, said, saysNow }) => isThere && said !== saysNow)
    if (isUsed() || waits) cancelRound = clock.after(waits ? shortest : freshFor, round)
  }

  const askOne = async (entry: Entry, signal: AbortSignal): Promise<void> => {
    Object.assign(entry, { askedAt: clock.monotonic(), said: entry.saysNow })
    const found = await ask({ node: entry.node.id, mesh: entry.mesh, signal }).then(
      (list) => ({ list, whyNot: null }),
      // what it had is kept: it may be back in a moment, and shows until then why it is not asked
      (error: unknown) => ({ list: entry.list, whyNot: reasonOf(error) }),
    )
    if (signal.aborted) return
    Object.assign(entry, { ...found, answers: entry.answers + 1, asking: null })
    changed.emit()
    round()
  }

  return {
    changed,
    all: () => [...entries.values()].map(({ node, list, whyNot: why, answers }) => ({ node, list, whyNot: why, answers })),
    async use() {
      usedUntil = clock.monotonic() + useLasts
      round()
      for (;;) {
        // those that wait for their turn are asked when one of these has answered
        const asking = [...entries.values()].flatMap((entry) => (entry.isThere && entry.answers === 0 ? (entry.asking ?? []) : []))
        if (abort === null || asking.length === 0) return
        await Promise.race(asking)
      }
    },
    watch(watched) {
      isWatched = watched
      if (watched) round()
    },
    async start() {
      if (abort !== null) return
      abort = new AbortController()
      unsubscribe = membership.changed.subscribe(() => {
        read()
        round()
      })
      read()
      round()
    },
    async stop() {
      unsubscribe()
      cancelRound?.()
      abort?.abort(new Error('The node stops.'))
      abort = null
      const underWay = [...entries.values()].flatMap(({ asking }) => asking ?? [])
      entries.clear()
      await Promise.all(underWay)
    },
  }
}

type Offer = Pick<Entry, 'node' | 'mesh' | 'saysNow' | 'isThere'>

/** Members that offer `ai`, each once: of several meshes one where it lets this node use it, a live record before others. */
function offersOf(members: readonly Member[]): Map<NodeId, Offer> {
  const offers = new Map<NodeId, Offer & { rank: number }>()
  for (const { nodeId, name, meshId, state, capabilities, refused } of members) {
    const ai = capabilities.find((capability) => capability.name === 'ai')
    if (ai === undefined || ai.state === 'off' || state === 'left' || state === 'removed') continue
    const isThere = state === 'online' && ai.state === 'ready' && !refused.includes('capability:ai')
    const rank = isThere ? 0 : 1
    if ((offers.get(nodeId)?.rank ?? Infinity) <= rank) continue
    const saysNow = JSON.stringify([meshId, state, ai.state, ai.detail ?? null])
    offers.set(nodeId, { node: { id: nodeId, name }, mesh: meshId, saysNow, isThere, rank })
  }
  return offers
}

/** Why a member that offers `ai` has given no list. */
function reasonOf(error: unknown): WhyNot {
  const { code } = toFcnError(error)
  if (code === 'not_granted' || code === 'not_member') return 'no_grant'
  if (code === 'unreachable' || code === 'key_mismatch') return 'offline'
  if (code === 'capability_off') return 'not_offered'
  return whyNot.safeParse(code).data ?? 'problem'
}
