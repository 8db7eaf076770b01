/** Makes links to members: one that does not know us yet is shown our record first. */
import type { Duplex } from 'node:stream'
import type { NodeId, Transport } from '../components.ts'
import { toFcnError } from '../errors.ts'
import { linkProtocol, peerPaths } from '../protocol/messages.ts'
import type { NoticeExchange } from './notice-exchange.ts'
import type { Introductions } from './introductions.ts'

/** Longest wait for the answer, ms. */
const limit = 5_000

interface Components {
  transport: Pick<Transport, 'upgrade'>
  notices: Pick<NoticeExchange, 'hearRemoval'>
  introductions: Pick<Introductions, 'everywhere'>
}

/** Rejects with FcnError when the node cannot be reached, or refuses although it was shown our record. */
export function createLinkDial({ transport, notices, introductions }: Components) {
  const ask = async (node: NodeId, signal: AbortSignal): Promise<Duplex> => {
    const request = { method: 'GET', path: peerPaths.link, protocol: linkProtocol, signal, headersTimeout: limit }
    return (await transport.upgrade(node, request)).socket
  }

  return async (node: NodeId, signal: AbortSignal): Promise<Duplex> => {
    try {
      return await ask(node, signal)
    } catch (error) {
      const { code } = toFcnError(error)
      if (code !== 'not_member' && code !== 'removed') throw error
      await notices.hearRemoval(node, error)
      await introductions.everywhere(node, signal)
      return ask(node, signal)
    }
  }
}
