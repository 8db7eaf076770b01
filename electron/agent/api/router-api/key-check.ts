import type { FastifyRequest } from 'fastify'
import type { SyncTokenView } from '../../../contract/hub-sync.ts'
import type { ApiKey, KeyUse, SyncTokens } from '../../components.ts'
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

export function createKeyCheck(components: KeyCheckComponents): KeyCheck {
  const require = (request: FastifyRequest) => {
    if (!hasKey(components, request)) throw refusal(components.attempts, request)
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

/**
 * For hub sync: a sync token as Bearer, or the API key as everywhere else. Gives the token, null for the key. Throws as
 * `require`, and `too_many` for a token that is used too often.
 */
export function createSyncCheck(
  components: KeyCheckComponents & { syncTokens: Pick<SyncTokens, 'use'> },
): (request: FastifyRequest) => SyncTokenView | null {
  return (request) => {
    if (hasKey(components, request)) return null
    const secret = request.headers['x-api-key'] === undefined ? bearerToken(request.headers.authorization) : null
    const token = secret === null ? null : components.syncTokens.use(secret, request.caller.address)
    if (token === null) throw refusal(components.attempts, request)
    return token
  }
}

/** What the caller shows as its key; null when it shows none. */
function shownKey({ headers }: FastifyRequest): string | null {
  const header = headers['x-api-key']
  return typeof header === 'string' ? header : bearerToken(headers.authorization)
}

function hasKey({ apiKey, keyUse }: KeyCheckComponents, request: FastifyRequest): boolean {
  const candidate = shownKey(request)
  const isKey = candidate !== null && candidate.length <= 512 && apiKey.matches(candidate)
  if (isKey) keyUse.used(request.caller)
  return isKey
}

/** Counts a wrong key, none does not count; throws `too_many` itself when there were too many. */
function refusal(attempts: FailedAttempts, request: FastifyRequest): FcnError {
  const { address } = request.caller
  attempts.check(address)
  if (shownKey(request) !== null) attempts.count(address)
  return new FcnError('unauthorized', 'Unauthorized')
}
