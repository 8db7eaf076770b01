/**
 * Spreads rumours: rounds of gossip to a few random members while there is news, and whatever fits into other messages.
 * A node with no news sends nothing here.
 */
import type { NodeId } from '../../components.ts'
import type { SwimContext } from './context.ts'
import type { Rumour } from './messages.ts'
import { tellLimit } from './rules.ts'
import { isPresent } from './state/member.ts'
import { nearBy } from './state/near.ts'
import { choosePartners } from './state/partners.ts'
import { createRumourQueue } from './state/rumour-queue.ts'

/** Characters of a message around its rumours, at most: two node ids, a nonce, a proof and numbers. */
const envelope = 700
/** The same for a message that carries nothing else. */
const bareEnvelope = 40
export type Gossip = ReturnType<typeof createGossip>

export function createGossip({
  self,
  rules,
  timers,
  random,
  table,
  transport,
}: Pick<SwimContext, 'self' | 'rules' | 'timers' | 'random' | 'table' | 'transport'>) {
  const queue = createRumourQueue(rules.queueSize)
  let cancel: (() => void) | null = null
  let lastRound = -Infinity

  const take = (budget: number) => queue.take(budget, { limit: tellLimit(table.present, rules), now: timers.monotonic() })

  function wake(): void {
    if (cancel || queue.size === 0 || table.present < 2) return
    const rest = lastRound + rules.gossipInterval - timers.monotonic()
    cancel = timers.after(Math.max(rules.freshDelay, rest), round)
  }

  function round(): void {
    cancel = null
    lastRound = timers.monotonic()
    const isNear = nearBy(transport)
    const suits = ({ node }: { node: NodeId }) => node !== self && isPresent(table.get(node)) && isNear(node)
    for (const { node } of choosePartners(table, { count: rules.fanout, random, suits })) tell(node)
    wake()
  }

  function tell(node: NodeId, first: Rumour[] = []): void {
    const used = first.reduce((size, rumour) => size + JSON.stringify(rumour).length + 1, bareEnvelope)
    const rumours = [...first, ...take(rules.messageSize - used)]
    if (rumours.length > 0) transport.send(node, { type: 'gossip', rumours })
  }

  return {
    /** Takes up a rumour; `life` ms from now it is no news any more. */
    spread(rumour: Rumour, life = Infinity): void {
      queue.add(rumour, timers.monotonic() + life)
      wake()
    },
    /** Tells one member at once, these rumours first. */
    tell,
    /** Rumours to go along with another message; undefined when there are none. */
    along(): Rumour[] | undefined {
      const rumours = queue.size > 0 ? take(rules.messageSize - envelope) : []
      return rumours.length > 0 ? rumours : undefined
    },
    forgetAccusation: (node: NodeId) => queue.drop('accusation', node),
    forgetAccusations: () => queue.dropAll('accusation'),
    /** There may be somebody to tell now. */
    wake,
    /** Goes on after the timers were stopped. */
    start(): void {
      cancel = null
      wake()
    },
    waiting: () => queue.size,
  }
}
