import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerFactory } from 'fastify'
import type { Caller } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import { addBodyDeadline } from './body-deadline.ts'
import type { CallerOf } from './caller.ts'
import { answerClientError } from './client-error.ts'
import { createErrorHandler, refuseUnknown } from './error-handler.ts'

interface AppComponents {
  callerOf: CallerOf
  clock: Clock
  log: Logger
  /** Throws when the caller must not ask now. */
  admit?: (caller: Caller) => void
}

interface AppOptions {
  /** For a body that is read whole, ms. */
  bodyTimeout: number
  /** Makes the server that feeds the app; none when requests are injected. */
  serverFactory?: FastifyServerFactory
}

/**
 * A Fastify app as both sides of the port use it: knows its callers, reads JSON within limits of size and time, and
 * answers every error, foreseen or not, as a Failure with the status of the error table. Routes are added by others.
 */
export function createApp({ callerOf, clock, log, admit }: AppComponents, { bodyTimeout, serverFactory }: AppOptions): FastifyInstance {
  const answerError = createErrorHandler(log)
  const app = Fastify({
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => {
      answerError(error, request, reply as FastifyReply)
    },
    // while stopping, requests on open connections are still answered, and told that the connection closes
    return503OnClosing: false,
    ...(serverFactory === undefined ? {} : { serverFactory }),
  })

  app.decorateRequest('caller', {
    getter(this: FastifyRequest) {
      return callerOf(this.raw.socket)
    },
  })

  app.setErrorHandler(answerError)
  app.setNotFoundHandler(refuseUnknown)
  if (admit !== undefined) {
    app.addHook('onRequest', (request, _reply, done) => {
      admit(request.caller)
      done()
    })
  }
  addBodyDeadline(app, clock, bodyTimeout)
  return app
}
