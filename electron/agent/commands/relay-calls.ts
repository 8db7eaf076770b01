import type { CallHandlers } from '../../contract/calls.ts'
import type { AuditLog, Membership } from '../components.ts'
import type { Relay } from '../relay/relay.ts'
import { meantMesh } from './reference.ts'

interface RelayCallsComponents {
  relay: Pick<Relay, 'hubs' | 'tunnels' | 'setHub'>
  membership: Pick<Membership, 'meshes'>
  audit: AuditLog
  self: () => { id: string; name: string }
}

/** Who relays, and through whom this node is reached. */
export function relayCalls({
  relay,
  membership,
  audit,
  self,
}: RelayCallsComponents): Pick<CallHandlers, 'hub.list' | 'hub.set' | 'tunnel.list'> {
  return {
    'hub.list': () => relay.hubs(),
    'hub.set': ({ mesh: reference, on, limits }) => {
      const mesh = meantMesh(membership.meshes(), reference)
      const before = relay.hubs().find(({ id }) => id === mesh.id)
      const view = relay.setHub(mesh.id, { on, limits })
      const { id: actorId, name: actor } = self()
      const subject = { subject: mesh.name, subjectId: mesh.id }
      if (before?.on !== view.on || limits !== undefined) {
        audit.record({
          action: view.on ? 'hub.on' : 'hub.off',
          actor,
          actorId,
          ...subject,
          outcome: 'ok',
          details: { limits: view.limits },
        })
      }
      return view
    },
    'tunnel.list': () => relay.tunnels(),
  }
}
