import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Membership, MembershipInbox, NodeId } from '../../components.ts'
import { FcnError } from '../../errors.ts'
import { peerPaths } from '../../protocol/messages.ts'
import { tunnelProtocol } from '../../protocol/tunnel-protocol.ts'
import type { UpgradeHook } from '../upgrade.ts'

const switching = `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${tunnelProtocol}\r\n\r\n`
/** Silence after which the system asks whether the member is still there, ms; it pings more often than that. */
const keepAliveAfter = 30_000

interface TunnelUpgradeComponents {
  membership: Pick<Membership, 'isMember'>
  inbox: Pick<MembershipInbox, 'refusal'>
  relay: { attach(node: NodeId): (socket: Duplex) => void }
}

/** Takes over the connections of members that want to be reached through this hub (relay/README.md); throws for all others. */
export function createTunnelUpgrade({ membership, inbox, relay }: TunnelUpgradeComponents): UpgradeHook {
  return (request, socket, head, caller) => {
    if (request.url !== peerPaths.tunnel) return false
    if (caller.kind !== 'node') throw new FcnError('forbidden', 'Only nodes with a certificate can use this.')
    if (!membership.isMember(caller.id)) throw inbox.refusal(caller)
    if (request.headers.upgrade?.toLowerCase() !== tunnelProtocol) {
      throw new FcnError('invalid_input', `Only the upgrade to ${tunnelProtocol} is possible here.`)
    }
    const take = relay.attach(caller.id)
    if (head.length > 0) socket.unshift(head)
    if (socket instanceof Socket) socket.setNoDelay(true).setKeepAlive(true, keepAliveAfter)
    // node:http2 takes over what is below the socket, where nothing of ours may be under way (it ends the process)
    socket.write(switching, (error) => {
      if (!error && !socket.destroyed) take(socket)
    })
    return true
  }
}
