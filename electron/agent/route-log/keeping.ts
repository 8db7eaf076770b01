import type { SettingsStore } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import { idOf } from './route-id.ts'
import type { RouteTable } from './route-table.ts'
import type { RoutedRequest } from './routed-request.ts'

/** Rows written at a time: of a busier second only so many that went well are kept on disk … */
const batch = 200
/** … and so many in all. The counters count every one. */
const fullBatch = 400
/** Entries on disk … */
const most = 20_000
/** … of which so many more may be there for a while, so that not every write takes some away. */
const slack = 1_000
/** Old entries are looked for this often, ms. */
const trimPause = 3_600_000
const day = 24 * 3_600_000

/** Requests that have ended, on their way to the disk. */
export interface Keeping {
  start(): void
  add(request: RoutedRequest): void
  /** What is not on disk yet. */
  waiting(): readonly RoutedRequest[]
  /** Writes all of it. Never throws: what cannot be written is told to the log once, and only missing in the list later. */
  write(): void
}

interface Components {
  table: RouteTable
  clock: Clock
  /** Entries are as old as those of the audit log at most. */
  settings: Pick<SettingsStore, 'get'>
  log: Logger
}

export function createKeeping({ table, clock, settings, log }: Components): Keeping {
  let waiting: RoutedRequest[] = []
  let rows = 0
  let trimmedAt = -Infinity
  let failing = false

  const trimWhenDue = () => {
    if (rows <= most + slack && clock.monotonic() - trimmedAt < trimPause) return
    trimmedAt = clock.monotonic()
    table.prune({ time: clock.now() - settings.get().auditDays * day, most })
    rows = table.count()
  }

  const attempt = (task: () => void) => {
    try {
      task()
      failing = false
    } catch (error) {
      if (!failing) log.error({ error }, 'Routed requests could not be written.')
      failing = true
    }
  }

  return {
    start: () =>
      attempt(() => {
        rows = table.count()
        trimWhenDue()
      }),
    add(request) {
      if (waiting.length < (request.result === 'ok' ? batch : fullBatch)) waiting.push(request)
    },
    waiting: () => waiting,
    write() {
      if (waiting.length === 0) return
      const entries = waiting.map((request) => ({ seq: request.seq, view: request.view(idOf(request.seq)) }))
      waiting = []
      attempt(() => {
        table.append(entries)
        rows += entries.length
        trimWhenDue()
      })
    },
  }
}
