import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { FcnError } from '../../errors.ts'
import { described } from '../../openapi/operation.ts'
import { challengePattern, controlProof } from '../../store/control-proof.ts'
import type { LocalGuard } from './guard.ts'

const description = described({
  id: 'proof',
  tag: 'Local',
  summary: 'Prove that the node has the control token, before the token is shown to it',
  access: 'local',
  parameters: { challenge: { in: 'path', text: '32 random bytes in base64url.', schema: z.string().regex(challengePattern) } },
  answers: {
    200: { text: 'HMAC of challenge and port, keyed with the token.', content: { schema: z.object({ proof: z.string() }) } },
  },
  failure: 'call',
})

/**
 * `GET /local/v1/proof/<challenge>`: the command line asks for it before it shows its token, since another program may
 * have got the port of a node that was killed. Needs no token; what it tells is of use to nobody without one.
 */
export function addProof(app: FastifyInstance, { guard }: { guard: LocalGuard }, { token }: { token: string }): void {
  app.get<{ Params: { challenge: string } }>('/local/v1/proof/:challenge', description, (request, reply) => {
    guard.checkLocal(request.raw, request.caller)
    const { challenge } = request.params
    if (!challengePattern.test(challenge)) throw new FcnError('invalid_input', 'A challenge is 32 bytes in base64url.')
    void reply.header('cache-control', 'no-store')
    return { proof: controlProof(token, challenge, request.raw.socket.localPort ?? 0) }
  })
}
