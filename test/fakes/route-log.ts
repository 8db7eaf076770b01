import { DatabaseSync } from 'node:sqlite'
import { createRouteLog } from '../../electron/agent/route-log/route-log.ts'
import { routesSchema } from '../../electron/agent/route-log/route-table.ts'
import type { ArrivedRequest, OpenRoute, RouteLog } from '../../electron/agent/components.ts'
import { settings } from '../../electron/contract/settings.ts'
import { createFakeClock } from './fake-clock.ts'
import { createKeptLog } from './kept-log.ts'
import { createMemoryServices } from './memory-services.ts'

/** A real log of routed requests in a database in memory; `again` is the next run of the same node. */
export async function createRouteLogBench(database = emptyDatabase(), clock = createFakeClock()) {
  const services = createMemoryServices()
  const log = createKeptLog()
  const routeLog = createRouteLog({
    clock,
    database,
    services,
    log,
    settings: { get: () => settings.parse({ name: 'desk', auditDays: 30 }) },
  })
  await routeLog.start()
  let announced = 0
  routeLog.changed.subscribe(() => void (announced += 1))
  return {
    ...{ clock, database, services, log, routeLog },
    announced: () => announced,
    again: async () => {
      await routeLog.stop()
      return createRouteLogBench(database, clock)
    },
  }
}

export const attic = { id: 'ATTIC', name: 'attic' }
export const mia = { id: 'MIA', name: 'mia' }

export const arrived = (change: Partial<ArrivedRequest> = {}): ArrivedRequest => ({
  requestId: 'r',
  from: null,
  kind: 'capability',
  what: 'ai',
  mesh: null,
  method: 'GET',
  ...change,
})

interface Whole {
  arrived?: Partial<ArrivedRequest>
  node?: Parameters<OpenRoute['sentTo']>[0]
  end?: Partial<Parameters<OpenRoute['ended']>[0]>
}

/** A request from its arrival to its end. */
export function carried(routeLog: RouteLog, { arrived: change = {}, node = { ...attic, path: 'direct' }, end = {} }: Whole = {}): void {
  const route = routeLog.open(arrived(change))
  route.sentTo(node)
  route.answered(200)
  route.ended({ bytesIn: 10, bytesOut: 90, code: null, cancelled: false, ...end })
}

function emptyDatabase(): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  database.exec(routesSchema)
  return database
}
