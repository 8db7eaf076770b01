/**
 * The peer API: how nodes speak to each other over mutual TLS (`/peer/v1/…`). Registered on the TLS app only. Who calls
 * is decided by the connection's certificate; whether it may is decided here, for every route in one place. Errors are
 * thrown; the app's error handler answers them.
 */
import type { FastifyInstance, FastifyRequest, RouteShorthandOptions } from 'fastify'
import type { z } from 'zod'
import * as messages from '../../protocol/messages.ts'
import type { Membership, MembershipInbox, NodeCaller } from '../../components.ts'
import { FcnError } from '../../errors.ts'
import { issueText } from '../../support/issue-text.ts'
import { peerOperation, requestPath, waitQuery, withdrawQuery } from './operations.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A route that nodes which are no members may use. */
    openToStrangers?: boolean
  }
}

export interface PeerApiComponents {
  membership: Pick<Membership, 'isMember'>
  inbox: MembershipInbox
}

type Name = Parameters<typeof peerOperation>[0]

const openToStrangers = (name: Name): RouteShorthandOptions => ({
  config: { openToStrangers: true, describe: () => peerOperation(name, 'node') },
  bodyLimit: 64 * 1024,
})
const forMembers = (name: Name): RouteShorthandOptions => ({
  config: { describe: () => peerOperation(name, 'member') },
  bodyLimit: messages.maxMessageBytes,
})

export function registerPeerApi(app: FastifyInstance, { membership, inbox }: PeerApiComponents): void {
  void app.register(async (peer) => {
    peer.addHook('onRequest', async (request) => {
      const caller = nodeCaller(request)
      if (request.routeOptions.config.openToStrangers || membership.isMember(caller.id)) return
      throw inbox.refusal(caller)
    })

    const { peerPaths } = messages
    peer.get(peerPaths.hello, openToStrangers('hello'), async () => inbox.hello())
    peer.post(peerPaths.join, openToStrangers('ask'), async (request) =>
      inbox.ask(nodeCaller(request), checked(messages.joinAsk, request.body)),
    )
    peer.get(`${peerPaths.join}/:request`, openToStrangers('answer'), async (request) => {
      const { wait } = checked(waitQuery, request.query)
      return inbox.answer(nodeCaller(request), checked(requestPath, request.params).request, wait, request.signal)
    })
    peer.post(`${peerPaths.join}/:request/reveal`, openToStrangers('reveal'), async (request) => {
      const { request: id } = checked(requestPath, request.params)
      return inbox.reveal(nodeCaller(request), id, checked(messages.joinReveal, request.body))
    })
    peer.delete(`${peerPaths.join}/:request`, openToStrangers('withdraw'), async (request) => {
      const codesDiffer = checked(withdrawQuery, request.query).codesDiffer === 'true'
      inbox.withdraw(nodeCaller(request), checked(requestPath, request.params).request, { codesDiffer })
      return { ok: true }
    })
    peer.post(peerPaths.introduce, openToStrangers('introduce'), async (request) =>
      inbox.introduce(nodeCaller(request), checked(messages.introduction, request.body)),
    )

    peer.post(peerPaths.sync, forMembers('sync'), async (request) =>
      inbox.sync(nodeCaller(request), checked(messages.syncAsk, request.body)),
    )
    peer.get(peerPaths.link, forMembers('link'), async () => {
      throw new FcnError('invalid_input', `This address is for links between nodes: ask for the upgrade to ${messages.linkProtocol}.`)
    })
  })
}

/** Throws `forbidden` for a caller that has not proved a key. */
function nodeCaller({ caller }: FastifyRequest): NodeCaller {
  if (caller?.kind === 'node') return caller
  throw new FcnError('forbidden', 'Only nodes with a certificate can use this.')
}

function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new FcnError('invalid_input', `The message is not valid: ${issueText(result.error)}.`)
}
