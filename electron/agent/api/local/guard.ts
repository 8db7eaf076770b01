/**
 * The one guard of everything that is only for this machine. Two classes: *control* reads or changes the node and needs
 * the control token or the page's session; *use* reaches services and capabilities and needs a key only when the user
 * wants one. Both come over loopback, name it in `Host`, and have no foreign site behind them.
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { ApiKey, Caller, SettingsStore } from '../../components.ts'
import { FcnError } from '../../errors.ts'
import { sameSecret } from '../../support/secret.ts'
import { bearerToken } from '../bearer.ts'
import type { FailedAttempts } from '../failed-attempts.ts'
import { isFromThisMachine, isSameOrigin, namesThisMachine, namesThisPort } from './origin-rules.ts'
import type { Sessions } from './session.ts'

interface GuardComponents {
  sessions: Pick<Sessions, 'isValid'>
  attempts: FailedAttempts
  apiKey: Pick<ApiKey, 'matches'>
  settings: Pick<SettingsStore, 'get'>
}

interface GuardOptions {
  /** The control token. */
  token: string
}

export interface LocalGuard {
  /** Throws `forbidden` unless the request comes over loopback and names it in its Host header (against DNS rebinding). */
  checkLocal(request: IncomingMessage, caller: Caller): void
  /**
   * For control: also throws `forbidden` when another site is behind the request (hostile pages), `unauthorized` without
   * the control token or a session, `too_many` after too many failures.
   */
  checkControl(request: IncomingMessage, caller: Caller): void
  /**
   * For use: throws `forbidden` unless a program of this machine asks, or a page from loopback. With the setting
   * `localUseNeedsKey` also `unauthorized` without the API key (X-API-Key or Bearer) and `too_many` after too many
   * wrong ones. The node's own page needs no key beside its session: it can read the key anyway.
   */
  checkUse(request: IncomingMessage, caller: Caller): void
  /**
   * For models: as `checkUse` for programs and pages of this machine, with `needsKey` also with the key; from other machines
   * always with the API key. Answers whether it showed the key.
   */
  checkModels(request: IncomingMessage, caller: Caller, options: { needsKey: boolean }): { showedKey: boolean }
  /** Whether the request carries a session cookie. */
  hasSession(request: IncomingMessage): boolean
}

export function createLocalGuard({ sessions, attempts, apiKey, settings }: GuardComponents, { token }: GuardOptions): LocalGuard {
  const hasSession = ({ headers }: IncomingMessage) => sessions.isValid(headers.cookie)

  const checkLocal: LocalGuard['checkLocal'] = (request, caller) => {
    requireLoopback(caller)
    if (!namesThisPort(request)) throw foreignHost()
  }

  /**
   * Only what is wrong is limited, never a right key: every program here has the same address, and one of them must not
   * lock the owner out. Keys are too long to be guessed at any speed; the limit keeps the trying cheap.
   */
  const refuse = ({ address }: Caller, shown: boolean, error: FcnError): never => {
    attempts.check(address)
    if (shown) attempts.count(address)
    throw error
  }

  const requireUseFromHere = (request: IncomingMessage, caller: Caller) => {
    requireLoopback(caller)
    if (!namesThisMachine(request)) throw foreignHost()
    if (isFromThisMachine(request)) return
    throw new FcnError('forbidden', 'Web pages from elsewhere may not use this node.', {
      action: 'Ask from a program on this computer.',
    })
  }

  /** The node's own page can read the key anyway. Pages of other ports of this machine get its cookie too, hence the origin. */
  const isOwnPage = (request: IncomingMessage) => hasSession(request) && namesThisPort(request) && isSameOrigin(request.headers)

  const requireKey = ({ headers }: IncomingMessage, caller: Caller, error: FcnError) => {
    const keys = keysIn(headers)
    if (!keys.some((key) => apiKey.matches(key))) refuse(caller, keys.length > 0, error)
  }

  return {
    checkLocal,
    hasSession,

    checkControl(request, caller) {
      checkLocal(request, caller)
      const { headers } = request
      if (!isSameOrigin(headers)) throw new FcnError('forbidden', 'Another site must not use this node.')
      const bearer = bearerToken(headers.authorization)
      if (bearer === null ? hasSession(request) : sameSecret(bearer, token)) return
      refuse(caller, bearer !== null, noToken())
    },

    checkUse(request, caller) {
      requireUseFromHere(request, caller)
      if (!settings.get().localUseNeedsKey || isOwnPage(request)) return
      requireKey(request, caller, noKey())
    },

    checkModels(request, caller, { needsKey }) {
      if (caller.kind === 'plain' && caller.loopback) {
        requireUseFromHere(request, caller)
        if ((!needsKey && !settings.get().localUseNeedsKey) || isOwnPage(request)) return { showedKey: false }
        requireKey(request, caller, noModelKey())
      } else requireKey(request, caller, noKeyFromAfar())
      return { showedKey: true }
    },
  }
}

function requireLoopback(caller: Caller): void {
  if (caller.kind === 'plain' && caller.loopback) return
  throw new FcnError('forbidden', 'This address is only for programs on the computer that runs the node.', {
    action: 'Ask the node on your own computer; it reaches the others.',
  })
}

/** A service may have a key of its own in one of the two headers, so that both are looked at. */
function keysIn(headers: IncomingHttpHeaders): string[] {
  const shown = [headers['x-api-key'], bearerToken(headers.authorization)]
  return shown.filter((key) => typeof key === 'string').filter((key) => key.length <= 512)
}

const foreignHost = () =>
  new FcnError('forbidden', 'The Host header does not name this computer.', { action: 'Use http://127.0.0.1 and the node’s port.' })

const noToken = () =>
  new FcnError('unauthorized', 'The control token is missing or wrong.', { action: 'Open the page with a new link: fcn open.' })

const noKey = () =>
  new FcnError('unauthorized', 'This node wants its API key from programs on this computer too.', {
    action: 'Send it as X-API-Key or as a Bearer token (fcn key shows it), or switch “localUseNeedsKey” off.',
  })

const noModelKey = () =>
  new FcnError('unauthorized', 'This node wants its API key for models from programs on this computer too.', {
    action: 'Send it as X-API-Key or as a Bearer token (fcn key shows it), or switch that off: fcn ai key off.',
  })

const noKeyFromAfar = () =>
  new FcnError('unauthorized', 'The models of this node need its API key from other computers.', {
    action: 'Send it as X-API-Key or as a Bearer token; “fcn key” on that computer shows it.',
  })
