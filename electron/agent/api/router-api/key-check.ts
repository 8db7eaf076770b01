import type { FastifyRequest } from 'fastify'
import type { ApiKey, KeyUse } from '../../components.ts'
import { FcnError } from '../../errors.ts'
import { bearerToken } from '../bearer.ts'
import type { FailedAttempts } from '../failed-attempts.ts'
import { isLoopbackHost } from '../../support/loopback.ts'

export interface KeyCheck {
  /** Throws `unauthorized` without the key in X-API-Key (or as a Bearer token), `too_many` after too many wrong ones. */
  require(request: FastifyRequest): void
  /** As `require`, but programs on this machine need none; a site that points its name at loopback does. */
  requireFromAfar(request: FastifyRequest): void
}

interface KeyCheckComponents {
  apiKey: Pick<ApiKey, 'matches'>
  keyUse: KeyUse
  attempts: FailedAttempts
}

export function createKeyCheck({ apiKey, keyUse, attempts }: KeyCheckComponents): KeyCheck {
  const require = (request: FastifyRequest) => {
    const { address } = request.caller
    const header = request.headers['x-api-key']
    const candidate = typeof header === 'string' ? header : bearerToken(request.headers.authorization)
    if (candidate !== null && candidate.length <= 512 && apiKey.matches(candidate)) {
      keyUse.used(request.caller)
      return
    }
    attempts.check(address)
    if (candidate !== null) attempts.count(address)
    throw new FcnError('unauthorized', 'Unauthorized')
  }

  return {
    require,
    requireFromAfar(request) {
      const { caller, headers, raw } = request
      const local = caller.kind === 'plain' && caller.loopback && isLoopbackHost(headers.host, raw.socket.localPort ?? 0)
      if (!local) require(request)
    },
  }
}
