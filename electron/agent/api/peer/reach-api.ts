import type { FastifyInstance } from 'fastify'
import { FcnError } from '../../errors.ts'
import type { Membership } from '../../components.ts'
import { peerPaths, reachAsk } from '../../protocol/messages.ts'
import { hubOf } from '../../protocol/relay-url.ts'
import type { Clock } from '../../support/clock.ts'
import { issueText } from '../../support/issue-text.ts'
import { plainAddress } from '../../support/loopback.ts'
import { createRateLimit } from '../../support/rate-limit.ts'
import { peerOperation } from './operations.ts'

/** Each asking costs a connection. */
const rate = { burst: 5, perSecond: 0.1, maxKeys: 1_000 }

interface ReachApiComponents {
  membership: Pick<Membership, 'isMember'>
  clock: Clock
  callBack: (node: string, address: string, port: number) => Promise<{ reached: boolean; problem: string | null }>
}

/** A member's doctor asks: can you connect to me, where I call from, at this port? */
export function registerReachApi(app: FastifyInstance, { membership, clock, callBack }: ReachApiComponents): void {
  const limit = createRateLimit(rate, clock)
  const options = { bodyLimit: 1024, config: { describe: () => peerOperation('reach', 'member') } }
  app.post(peerPaths.reach, options, async ({ caller, body }) => {
    if (caller?.kind !== 'node' || !membership.isMember(caller.id)) throw new FcnError('not_member', 'Only members can ask this.')
    const ask = reachAsk.safeParse(body)
    if (!ask.success) throw new FcnError('invalid_input', `The message is not valid: ${issueText(ask.error)}.`)
    if (!limit.take(caller.id)) {
      throw new FcnError('too_many', 'This was asked too often.', { details: { retryAfter: limit.retryAfter(caller.id) } })
    }
    if (hubOf(caller.address) !== null) {
      throw new FcnError('unreachable', 'You are connected through a hub: there is no address of yours to try.')
    }
    const address = plainAddress(caller.address)
    return { ...(await callBack(caller.id, address, ask.data.port)), address, at: clock.now() }
  })
}
