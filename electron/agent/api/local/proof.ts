import type { FastifyInstance } from 'fastify'
import { FcnError } from '../../errors.ts'
import { challengePattern, controlProof } from '../../store/control-proof.ts'
import type { LocalGuard } from './guard.ts'

/**
 * `GET /local/v1/proof/<challenge>`: the command line asks for it before it shows its token, since another program may
 * have got the port of a node that was killed. Needs no token; what it tells is of use to nobody without one.
 */
export function addProof(app: FastifyInstance, { guard }: { guard: LocalGuard }, { token }: { token: string }): void {
  app.get<{ Params: { challenge: string } }>('/local/v1/proof/:challenge', (request, reply) => {
    guard.checkLocal(request.raw, request.caller)
    const { challenge } = request.params
    if (!challengePattern.test(challenge)) throw new FcnError('invalid_input', 'A challenge is 32 bytes in base64url.')
    void reply.header('cache-control', 'no-store')
    return { proof: controlProof(token, challenge, request.raw.socket.localPort ?? 0) }
  })
}
