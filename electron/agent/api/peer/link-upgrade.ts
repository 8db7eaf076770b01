import { FcnError } from '../../errors.ts'
import { linkProtocol, peerPaths } from '../../protocol/messages.ts'
import type { UpgradeHook } from '../upgrade.ts'
import type { PeerApiComponents } from './peer-api.ts'

const switching = `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${linkProtocol}\r\n\r\n`

/** Takes over the connections of members that open a link (transport/links.ts); throws for everybody else. */
export function createLinkUpgrade({ membership, inbox }: PeerApiComponents): UpgradeHook {
  return (request, socket, head, caller) => {
    if (request.url !== peerPaths.link) return false
    if (caller.kind !== 'node') throw new FcnError('forbidden', 'Only nodes with a certificate can use this.')
    if (!membership.isMember(caller.id)) throw inbox.refusal(caller)
    if (request.headers.upgrade?.toLowerCase() !== linkProtocol) {
      throw new FcnError('invalid_input', `Only the upgrade to ${linkProtocol} is possible here.`)
    }
    if (head.length > 0) socket.unshift(head)
    socket.write(switching)
    inbox.link(caller, socket)
    return true
  }
}
