import type { CallHandlers } from '../../contract/calls.ts'
import type { SyncHubView } from '../../contract/hub-sync.ts'
import type { AuditLog, SyncHubs, SyncTokens } from '../components.ts'
import { resolveReference } from './reference.ts'

type SyncCalls = Pick<
  CallHandlers,
  | 'sync.token.create' | 'sync.token.list' | 'sync.token.revoke'
  | 'sync.hub.add' | 'sync.hub.set' | 'sync.hub.list' | 'sync.hub.remove' | 'sync.run'
> // prettier-ignore

interface SyncCallsComponents {
  syncTokens: SyncTokens
  syncHubs: SyncHubs
  audit: Pick<AuditLog, 'record'>
  self: () => { id: string; name: string }
}

/** Hub sync of the old world: who may sync with this node, and to which hubs it syncs. */
export function syncCalls({ syncTokens, syncHubs, audit, self }: SyncCallsComponents): SyncCalls {
  const record = (action: string, subject: string, subjectId: string) =>
    audit.record({ action, actor: self().name, actorId: self().id, subject, subjectId, outcome: 'ok' })

  const token = (reference: string) =>
    resolveReference(syncTokens.list(), reference, { noun: 'sync token', named: ({ id, name }) => ({ ids: [id], name }) })

  /** By id, by URL with or without a slash at its end, or by its host. */
  const hub = (reference: string) =>
    resolveReference(syncHubs.list(), reference.trim().replace(/\/+$/u, ''), {
      noun: 'hub',
      named: ({ id, url }: SyncHubView) => ({ ids: [id, url], name: new URL(url).host }),
    })

  return {
    'sync.token.create': ({ name }) => {
      const made = syncTokens.create(name)
      record('sync.token_created', made.token.name, made.token.id)
      return made
    },
    'sync.token.list': () => syncTokens.list(),
    'sync.token.revoke': ({ id: reference }) => {
      const revoked = syncTokens.revoke(token(reference).id)
      record('sync.token_revoked', revoked.name, revoked.id)
      return revoked
    },
    'sync.hub.add': (input) => {
      const added = syncHubs.add(input)
      record('sync.hub_added', added.url, added.id)
      return added
    },
    'sync.hub.set': ({ hub: reference, ...change }) => {
      const changed = syncHubs.set(hub(reference).id, change)
      record('sync.hub_changed', changed.url, changed.id)
      return changed
    },
    'sync.hub.list': () => syncHubs.list(),
    'sync.hub.remove': ({ hub: reference }) => {
      const removed = syncHubs.remove(hub(reference).id)
      record('sync.hub_removed', removed.url, removed.id)
      return removed
    },
    'sync.run': ({ hub: reference }) => {
      const meant = reference === undefined ? syncHubs.list() : [hub(reference)]
      return Promise.all(meant.map(({ id }) => syncHubs.run(id)))
    },
  }
}
