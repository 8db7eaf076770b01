import type { Health } from '../../components.ts'
import type { SyncHubRecord } from './sync-hub-store.ts'
import { isWorrying } from './sync-schedule.ts'

const code = 'sync_failing'

/** Keeps the user warned of hubs to which syncing has failed for long, or for good, as long as there are any. */
export function warnOfFailingHubs(health: Pick<Health, 'raise' | 'clear'>, hubs: readonly SyncHubRecord[], now: number): void {
  const failing = hubs.filter((hub) => isWorrying(hub, hub.problem?.code ?? null, now))
  const [first] = failing
  if (first === undefined) {
    health.clear(code)
    return
  }
  const names = failing.map(({ url }) => new URL(url).host).join(', ')
  health.raise({
    code,
    severity: 'warning',
    title: `Syncing to ${names} does not work`,
    text: first.problem?.message ?? '',
    action: first.problem?.action ?? 'It is tried again by itself. See the settings, or: fcn sync.',
    dependsOn: ['no_network', 'captive_portal'],
  })
}
