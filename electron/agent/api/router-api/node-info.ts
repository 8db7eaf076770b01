import type { Resources } from '../../../contract/resources.ts'
import type { ServiceView } from '../../../contract/snapshot.ts'
import type { NodeInformation, SharedService } from './answers.ts'
import type { RouterApiComponents } from './components.ts'

/** `GET /api/node/info`: `uptime` is, by that contract, the time of start; resources are percentages in use, or null. */
export function nodeInfo({
  self,
  resources,
  clock,
  startedAt,
}: Pick<RouterApiComponents, 'self' | 'resources' | 'clock' | 'startedAt'>): NodeInformation {
  const { name, version, capabilities } = self()
  const ready = capabilities.filter(({ state }) => state === 'ready')
  return {
    name,
    role: ready.length === 1 ? (ready[0]?.name ?? 'general') : 'general',
    version,
    uptime: new Date(startedAt).toISOString(),
    lastUpdated: new Date(clock.now()).toISOString(),
    resources: percentages(resources.current()),
  }
}

function percentages(measured: Resources | null) {
  if (measured === null) return { cpu: null, memory: null, disk: null }
  const { cpu, memory, disk } = measured
  return { cpu: percent(cpu.busy), memory: used(memory), disk: disk === null ? null : used(disk) }
}

const percent = (fraction: number) => Math.round(Math.min(1, Math.max(0, fraction)) * 1000) / 10

const used = ({ total, free }: { total: number; free: number }) => (total > 0 ? percent(1 - free / total) : null)

type Told = Pick<RouterApiComponents, 'self' | 'clock'>

/** One entry of `GET /api/services`. While sharing is paused none is active: that contract has no other word. */
export function serviceEntry(service: ServiceView, told: Told): SharedService {
  return entryOf(service, { clock: told.clock, isPaused: isPaused(told) })
}

const isPaused = ({ self }: Pick<Told, 'self'>) => self().services.some(({ status }) => status === 'paused')

function entryOf(service: ServiceView, now: { clock: Told['clock']; isPaused: boolean }): SharedService {
  const { id, name, port, url, checkedAt } = service
  const status = now.isPaused ? 'inactive' : service.status
  return { id, name, status, port, url, lastChecked: new Date(checkedAt ?? now.clock.now()).toISOString() }
}

/** `GET /api/services`: by id. The router itself is among them, as at the old nodes. */
export function serviceEntries({ services, self, clock }: Pick<RouterApiComponents, 'services'> & Told) {
  const entries = new Map<string, SharedService>([['router', routerEntry({ self, clock })]])
  const now = { clock, isPaused: isPaused({ self }) }
  for (const service of services.list()) entries.set(service.id, entryOf(service, now))
  return Object.fromEntries(entries)
}

export function routerEntry({ self, clock }: Told): SharedService {
  const address = self().addresses[0]
  const url = address === undefined ? null : address.replace(/^https:/u, 'http:')
  return {
    id: 'router',
    name: 'Router',
    status: 'active',
    port: url === null ? null : Number(new URL(url).port || 80),
    url,
    lastChecked: new Date(clock.now()).toISOString(),
  }
}
