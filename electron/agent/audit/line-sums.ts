import type { AuditLog, Startable } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import { createRateLimit } from '../support/rate-limit.ts'

/** A line of the audit log but for its count. Lines that say the same are summed. */
export type Line = Pick<Parameters<AuditLog['record']>[0], 'action' | 'actor' | 'actorId' | 'outcome'> & {
  details: Record<string, string | true>
}

/** Sums of what may happen often, so that it cannot fill the audit log. */
export interface LineSums extends Startable {
  add(line: Line): void
}

const period = 60_000
/** Kinds of lines told apart at a time. */
const maxKinds = 64
/** Lines in the long run: 100 at once, then 6 an hour. */
const budget = { burst: 100, perSecond: 6 / 3600, maxKeys: 1 }

interface Sum {
  line: Line
  /** What no line says yet. */
  count: number
  /** When the first of these was, ms since 1970. */
  since: number
}

/**
 * The first line of a kind is written at once, the rest as a sum when its minute is over; while the budget is spent the
 * sums grow. Kinds beyond the limit are counted together, per action, as `others`. `stop` writes what is left.
 */
export function createLineSums({ audit, clock }: { audit: Pick<AuditLog, 'record'>; clock: Clock }): LineSums {
  const sums = new Map<string, Sum>()
  const limit = createRateLimit(budget, clock)
  let cancel: (() => void) | null = null

  const write = ({ line, count, since }: Sum) => audit.record({ ...line, details: { ...line.details, count, since } })

  const flush = (mayWrite: () => boolean) => {
    for (const [key, sum] of sums) {
      if (sum.count === 0) sums.delete(key)
      else if (mayWrite()) {
        write(sum)
        sum.count = 0 // kept for another minute, in which a line is no news
      }
    }
  }
  const everyMinute = () => {
    cancel = clock.after(period, () => {
      cancel = null
      flush(() => limit.take(''))
      if (sums.size > 0) everyMinute()
    })
  }

  const open = (key: string, line: Line): Sum => {
    const sum = { line, count: 0, since: clock.now() }
    sums.set(key, sum)
    return sum
  }

  return {
    add(line) {
      const key = JSON.stringify(line)
      const crowded = sums.size >= maxKinds && !sums.has(key)
      const kind = crowded ? othersOf(line) : line
      const kindKey = crowded ? `others ${line.action}` : key
      const known = sums.get(kindKey)
      const sum = known ?? open(kindKey, kind)
      if (sum.count === 0) sum.since = clock.now()
      sum.count += 1
      if (known === undefined && !crowded && limit.take('')) {
        write(sum)
        sum.count = 0
      }
      if (cancel === null) everyMinute()
    },
    async start() {},
    async stop() {
      cancel?.()
      cancel = null
      flush(() => true)
      sums.clear()
    },
  }
}

const othersOf = ({ action, outcome }: Line): Line => ({ action, actor: '', outcome, details: { others: true } })
