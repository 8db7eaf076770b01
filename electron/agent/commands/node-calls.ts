import type { CallHandlers } from '../../contract/calls.ts'
import type { Settings } from '../../contract/settings.ts'
import type { Snapshot } from '../../contract/snapshot.ts'
import type { ApiKey, AuditLog, RouteLog, SettingsStore } from '../components.ts'

type NodeCalls = Pick<
  CallHandlers,
  | ('snapshot.get' | 'node.get' | 'settings.get' | 'settings.update' | 'key.show' | 'key.rotate' | 'page.link')
  | ('audit.list' | 'route.list' | 'traffic.history')
>

interface NodeCallsComponents {
  settings: SettingsStore
  apiKey: ApiKey
  audit: AuditLog
  routeLog: Pick<RouteLog, 'list' | 'traffic'>
  snapshot: () => Snapshot
  pageLink: () => { url: string; expiresAt: number }
  self: () => { id: string; name: string }
  /** Settings that hold only after the next start. */
  restartNeeds: () => readonly (keyof Settings)[]
}

export function nodeCalls({ settings, apiKey, audit, routeLog, snapshot, pageLink, self, restartNeeds }: NodeCallsComponents): NodeCalls {
  const record = (action: string, details: Record<string, string[]> = {}) =>
    audit.record({ action, actor: self().name, actorId: self().id, outcome: 'ok', details })
  return {
    'snapshot.get': () => snapshot(),
    'node.get': () => snapshot().node,
    'settings.get': () => settings.get(),
    'settings.update': (change) => {
      const previous = settings.get()
      const current = settings.update(change)
      record('settings.changed', { settings: Object.keys(change) })
      if (previous.portMapping !== current.portMapping) record(current.portMapping ? 'mapping.on' : 'mapping.off')
      return { settings: current, restartNeeded: restartNeeds().some((key) => key in change) }
    },
    'key.show': () => ({ key: apiKey.current() }),
    'key.rotate': () => {
      const key = apiKey.rotate()
      record('key.rotated')
      return { key }
    },
    'page.link': () => pageLink(),
    'audit.list': (query) => audit.list(query),
    'route.list': (query) => routeLog.list(query),
    'traffic.history': () => routeLog.traffic(),
  }
}
