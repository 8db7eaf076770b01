import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Caller, Refusals } from '../components.ts'
import { toFcnError } from '../errors.ts'
import { requestIdIn, sendFailure } from '../support/failure-answer.ts'
import type { Logger } from '../support/logger.ts'
import { createFormCheck } from './request-form.ts'

/** Takes over every request below its prefixes before the web framework sees it, and answers by itself. */
export interface RequestHook {
  /** Those that end in a slash stand for everything below, others for that very path. */
  prefixes: readonly string[]
  /** `expectsContinue`: the caller waits for a word before it sends its body (RFC 9110, 10.1.1), which the hook then gives. */
  request(request: IncomingMessage, response: ServerResponse, caller: Caller, options: { expectsContinue: boolean }): void
}

interface RequestHooksComponents {
  log: Logger
  refusals: Pick<Refusals, 'request'>
  /** Throws when the caller must not ask now. */
  admit: (caller: Caller) => void
}

export interface RequestHooks {
  add(hook: RequestHook): void
  /** False when no hook takes the request. */
  dispatch(request: IncomingMessage, response: ServerResponse, callerOf: () => Caller, options: { expectsContinue: boolean }): boolean
}

/**
 * Offers requests to hooks, once they have passed what every request must pass. What is forwarded goes this way: the
 * framework's routing, hooks and reply would cost it as much as carrying it.
 */
export function createRequestHooks({ log, refusals, admit }: RequestHooksComponents): RequestHooks {
  const hooks: RequestHook[] = []
  const checkForm = createFormCheck()
  return {
    add: (hook) => void hooks.push(hook),
    dispatch(request, response, callerOf, options) {
      const url = request.url ?? ''
      const hook = hooks.find(({ prefixes }) => prefixes.some((prefix) => isBelow(url, prefix)))
      if (hook === undefined) return false
      const caller = callerOf()
      let isHooked = false
      try {
        admit(caller)
        try {
          checkForm(request)
        } catch (error) {
          response.setHeader('connection', 'close')
          throw error
        }
        isHooked = true
        hook.request(request, response, caller, options)
      } catch (thrown) {
        const error = toFcnError(thrown)
        if (error.code === 'internal') log.error({ err: thrown }, 'A request failed inside.')
        refusals.request(caller, request.headers, error.code)
        if (error.code === 'encrypted_only') response.setHeader('connection', 'close')
        sendFailure(response, error, { requestId: requestIdIn(request.headers), executed: isHooked })
      }
      return true
    },
  }
}

function isBelow(url: string, prefix: string): boolean {
  if (!url.startsWith(prefix)) return false
  return prefix.endsWith('/') || url.length === prefix.length || url[prefix.length] === '?'
}
