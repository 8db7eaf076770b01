/**
 * Owner of how many tokens went to peers and came from them: counts by day, never what was asked or answered. Written to disk
 * a few seconds later, all at once; a power cut may take these seconds away.
 */
import type { AiUse } from '../../../../contract/ai.ts'
import type { AiUsage, NodeId, Startable } from '../../../components.ts'
import type { Clock } from '../../../support/clock.ts'
import type { Logger } from '../../../support/logger.ts'
import { createEmitter } from '../../../support/signal.ts'
import { dayBefore, localDay } from './local-day.ts'
import type { DayUse, UsageStore } from './usage-store.ts'

interface AiUsageComponents {
  store: UsageStore
  /** Name of a peer; null when nobody knows it any more. */
  nameOf: (node: NodeId) => string | null
  clock: Clock
  log: Logger
}

/** Counts go to disk so long after the first of them, ms. */
const writeDelay = 5_000
/** Days that are kept, as many as may be asked for. */
const keptDays = 31
/** Peers that are shown for one day. */
const mostShown = 64
/** Largest count of tokens of one request that is believed: an engine may answer nonsense. */
const mostTokens = 10_000_000

export interface KeptAiUsage extends AiUsage, Startable {
  /** Tokens that this node gave to a peer today. */
  servedToday(peer: NodeId): number
}

export function createAiUsage({ store, nameOf, clock, log }: AiUsageComponents): KeptAiUsage {
  const changed = createEmitter()
  let day = localDay(clock.now())
  let uses = new Map<string, DayUse>()
  const unsaved = new Set<string>()
  let cancel: (() => void) | null = null

  const write = () => {
    cancel?.()
    cancel = null
    const due = [...unsaved].flatMap((key) => uses.get(key) ?? [])
    unsaved.clear()
    if (due.length === 0) return
    try {
      store.save(due)
      store.prune(dayBefore(clock.now(), keptDays))
    } catch (error) {
      log.error({ error }, 'Counts of tokens could not be saved.')
    }
  }

  /** Counts of the day that it is now. */
  const current = (): Map<string, DayUse> => {
    const now = localDay(clock.now())
    if (now !== day) {
      write()
      day = now
      uses = new Map()
    }
    return uses
  }

  const load = () => {
    day = localDay(clock.now())
    uses = new Map(store.since(day).map((use) => [keyOf(use), use]))
  }
  load()

  const shown = ({ peer, direction, requests, tokensIn, tokensOut }: DayUse): AiUse => ({
    peer: { id: peer, name: nameOf(peer) ?? peer },
    ...{ direction, requests, tokensIn, tokensOut },
  })

  return {
    changed,
    count({ peer, direction, tokensIn, tokensOut }) {
      const counts = current()
      const key = keyOf({ peer, direction })
      const before = counts.get(key) ?? { day, peer, direction, requests: 0, tokensIn: 0, tokensOut: 0 }
      counts.set(key, {
        ...before,
        requests: before.requests + 1,
        tokensIn: before.tokensIn + believed(tokensIn),
        tokensOut: before.tokensOut + believed(tokensOut),
      })
      unsaved.add(key)
      cancel ??= clock.after(writeDelay, write)
      changed.emit()
    },
    servedToday(peer) {
      const use = current().get(keyOf({ peer, direction: 'served' }))
      return use === undefined ? 0 : use.tokensIn + use.tokensOut
    },
    today: () =>
      [...current().values()]
        .toSorted((a, b) => b.tokensIn + b.tokensOut - a.tokensIn - a.tokensOut)
        .slice(0, mostShown)
        .map(shown),
    list(days) {
      write()
      return store.since(dayBefore(clock.now(), days - 1)).map((use) => ({ ...shown(use), day: use.day }))
    },
    start: async () => undefined,
    stop: async () => write(),
  }
}

const keyOf = ({ peer, direction }: Pick<DayUse, 'peer' | 'direction'>) => `${direction} ${peer}`

const believed = (tokens: number): number => (Number.isFinite(tokens) ? Math.min(Math.max(0, Math.round(tokens)), mostTokens) : 0)
