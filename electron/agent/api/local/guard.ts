import type { FastifyRequest } from 'fastify'
import { FcnError } from '../../errors.ts'
import { bearerToken } from '../bearer.ts'
import type { FailedAttempts } from '../failed-attempts.ts'
import { isLoopbackHost } from '../../support/loopback.ts'
import { sameSecret } from '../../support/secret.ts'
import type { Sessions } from './session.ts'

interface GuardComponents {
  sessions: Sessions
  attempts: FailedAttempts
}

interface GuardOptions {
  token: string
}

export interface LocalGuard {
  /** Throws `forbidden` unless the request comes over loopback and names it in its Host header (against DNS rebinding). */
  checkLocal(request: FastifyRequest): void
  /**
   * For calls: also throws `forbidden` when another site is behind the request (hostile pages), `unauthorized` without
   * the control token or a session, `too_many` after too many failures.
   */
  check(request: FastifyRequest): void
  /** Whether the request carries a session cookie. */
  hasSession(request: FastifyRequest): boolean
}

export function createLocalGuard({ sessions, attempts }: GuardComponents, { token }: GuardOptions): LocalGuard {
  const hasSession = (request: FastifyRequest) => sessions.isValid(request.headers.cookie)

  const checkLocal = ({ caller, headers, raw }: FastifyRequest) => {
    if (caller.kind !== 'plain' || !caller.loopback) {
      throw new FcnError('forbidden', 'This is only for programs on the same computer.')
    }
    if (!isLoopbackHost(headers.host, raw.socket.localPort ?? 0)) {
      throw new FcnError('forbidden', 'The Host header does not name this computer’s loopback.')
    }
  }

  const checkOrigin = ({ headers }: FastifyRequest) => {
    const sameOrigin = headers.origin === undefined || headers.origin === `http://${headers.host}`
    // sent by browsers only; "none" is a person's own doing (address bar, bookmark)
    const site = headers['sec-fetch-site']
    const sameSite = site === undefined || site === 'same-origin' || site === 'none'
    if (!sameOrigin || !sameSite) throw new FcnError('forbidden', 'Another site must not use this node.')
  }

  return {
    checkLocal,
    hasSession,
    check(request) {
      checkLocal(request)
      checkOrigin(request)
      const { address } = request.caller
      const bearer = bearerToken(request.headers.authorization)
      if (bearer === null ? hasSession(request) : sameSecret(bearer, token)) return
      // only what is wrong is limited: every program here has the same address, and one of them must not lock the owner out
      attempts.check(address)
      if (bearer !== null) attempts.count(address)
      throw new FcnError('unauthorized', 'The control token is missing or wrong.', {
        action: 'Open the page with a new link: fcn open.',
      })
    },
  }
}
