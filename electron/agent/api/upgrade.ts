import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Caller, Refusals } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import { refuseUpgrade, requestIdIn } from '../support/failure-answer.ts'
import type { Logger } from '../support/logger.ts'
import { checkForm } from './request-form.ts'

/**
 * Takes over a connection whose client asks for another protocol (WebSocket): returns true when it does, and from then
 * on answers, handles errors and ends the socket itself; false leaves it to the next hook. `head` is what has already
 * arrived of the new protocol.
 */
export type UpgradeHook = (request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller) => boolean

export interface Upgrades {
  /** Hooks are asked in the order they were added. Returns the function that removes the hook. */
  add(hook: UpgradeHook): () => void
  dispatch: (request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller) => void
}

interface UpgradeComponents {
  log: Logger
  refusals: Pick<Refusals, 'request'>
  /** Throws when the caller must not ask now. */
  admit: (caller: Caller) => void
}

/** Offers each upgrade to the hooks; what none takes, or may not ask, is refused with an honest answer. */
export function createUpgrades({ log, refusals, admit }: UpgradeComponents): Upgrades {
  const hooks = new Set<{ run: UpgradeHook }>()

  return {
    add(hook) {
      const entry = { run: hook }
      hooks.add(entry)
      return () => void hooks.delete(entry)
    },
    dispatch(request, socket, head, caller) {
      // an unhandled 'error' of a connection that breaks now would end the process
      socket.on('error', () => socket.destroy())
      let isOffered = false
      const refuse = (error: FcnError) => refuseUpgrade(socket, error, { requestId: requestIdIn(request.headers), executed: isOffered })
      try {
        admit(caller)
        checkForm(request)
        isOffered = true
        if ([...hooks].some(({ run }) => run(request, socket, head, caller))) return
        refuse(new FcnError('not_found', 'Nothing at this address speaks another protocol.'))
      } catch (thrown) {
        const error = toFcnError(thrown)
        if (error.code === 'internal') log.error({ err: thrown }, 'An upgrade failed inside.')
        refusals.request(caller, request.headers, error.code)
        refuse(error)
      }
    },
  }
}

/** Protocols that clients offer unasked (curl and Java: `h2c`) are not worth leaving HTTP/1.1 for. */
export function isWorthUpgrading(request: IncomingMessage): boolean {
  return !/^\s*(h2c|tls\/)/iu.test(request.headers.upgrade ?? '')
}
