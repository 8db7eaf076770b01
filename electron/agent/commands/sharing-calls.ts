import type { CallArgs, CallHandlers } from '../../contract/calls.ts'
import type { PeerView } from '../../contract/snapshot.ts'
import type { AuditLog, Capabilities, LegacyPeers, Services, Sharing } from '../components.ts'
import { FcnError } from '../errors.ts'
import { resolveReference } from './reference.ts'

type SharingCalls = Pick<
  CallHandlers,
  | 'peer.list'
  | 'peer.forget'
  | 'capability.list'
  | 'capability.set'
  | 'sharing.pause'
  | 'sharing.resume'
  | 'service.list'
  | 'service.share'
  | 'service.limit'
  | 'service.unshare'
>

interface SharingCallsComponents {
  peers: () => PeerView[]
  legacy: LegacyPeers
  capabilities: Capabilities
  services: Services
  sharing: Sharing
  audit: AuditLog
  self: () => { id: string; name: string }
}

export function sharingCalls({ peers, legacy, capabilities, services, sharing, audit, self }: SharingCallsComponents): SharingCalls {
  const record = (action: string, subject: string, details: Record<string, string | boolean> = {}) =>
    audit.record({ action, actor: self().name, actorId: self().id, subject, outcome: 'ok', details })

  const sharedBy = (reference: string) =>
    resolveReference(services.list(), reference, { noun: 'service', named: ({ id, name }) => ({ ids: [id], name }) })

  return {
    'peer.list': () => peers(),
    'peer.forget': async ({ peer: reference }) => {
      const peer = resolveReference(peers(), reference, { noun: 'peer', named: ({ id, name }) => ({ ids: [id], name }) })
      if (peer.kind !== 'legacy') {
        throw new FcnError('invalid_input', `${peer.name} is a member of a mesh, so it cannot just be forgotten.`, {
          action: 'Leave the mesh, or let it leave.',
        })
      }
      await legacy.forget(peer.id)
      record('peer.forgotten', peer.name)
      return { id: peer.id, name: peer.name }
    },

    'capability.list': () => capabilities.list(),
    'capability.set': async (change) => {
      const view = await capabilities.set(change)
      record('capability.changed', change.name, { enabled: view.enabled, changed: changedIn(change) })
      return view
    },

    'sharing.pause': ({ for: length }) => {
      sharing.pause(length)
      const view = sharing.view()
      record('sharing.paused', self().name, { for: length })
      return view
    },
    'sharing.resume': () => {
      const wasPaused = sharing.view().pause !== null
      sharing.resume()
      if (wasPaused) record('sharing.resumed', self().name)
      return sharing.view()
    },

    'service.list': () => services.list(),
    'service.share': async (input) => {
      const view = await services.share(input)
      record('service.shared', view.name)
      return view
    },
    'service.limit': ({ service: reference, limits }) => {
      const view = services.limit(sharedBy(reference).id, limits)
      record('service.limited', view.name)
      return view
    },
    'service.unshare': async ({ service: reference }) => {
      const { id, name } = sharedBy(reference)
      await services.unshare(id)
      record('service.unshared', name)
      return { id, name }
    },
  }
}

/** What somebody reading the audit log should know of a change. */
function changedIn({ enabled, backend, conditions }: CallArgs<'capability.set'>): 'enabled' | 'backend' | 'limits' | 'conditions' {
  if (enabled !== undefined) return 'enabled'
  if (backend !== undefined) return 'backend'
  return conditions === undefined ? 'limits' : 'conditions'
}
