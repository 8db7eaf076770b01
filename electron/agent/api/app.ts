import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerFactory,
} from 'fastify'
import type { Caller } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import { addBodyDeadline } from './body-deadline.ts'
import type { CallerOf } from './caller.ts'
import { answerClientError } from './client-error.ts'
import { answerableError } from './error-answer.ts'

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
  const app = Fastify({
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply as FastifyReply),
    // while stopping, requests on open connections are still answered, and told that the connection closes
    return503OnClosing: false,
    ...(serverFactory === undefined ? {} : { serverFactory }),
  })

  app.decorateRequest('caller', {
    getter(this: FastifyRequest) {
      return callerOf(this.raw.socket)
    },
  })

  function answerError(thrown: unknown, request: FastifyRequest, reply: FastifyReply) {
    const error = answerableError(thrown)
    if (error.code === 'internal') {
      log.error({ err: error.cause ?? error, method: request.method, route: request.routeOptions.url }, 'A request failed inside.')
    }
    return sendFailure(reply, error)
  }

  app.setErrorHandler<FastifyError>(answerError)
  app.setNotFoundHandler((request, reply) => sendFailure(reply, noSuchCall(request)))
  if (admit !== undefined) {
    app.addHook('onRequest', (request, _reply, done) => {
      admit(request.caller)
      done()
    })
  }
  addBodyDeadline(app, clock, bodyTimeout)
  return app
}

export function noSuchCall(request: FastifyRequest): FcnError {
  const path = request.url.split('?', 1)[0] ?? ''
  return new FcnError('not_found', `There is no ${request.method} ${path.slice(0, 200)} here.`)
}

/** Sends a Failure with its status; a limit says in Retry-After when to come back. */
export function sendFailure(reply: FastifyReply, error: FcnError, body: unknown = error.toFailure()): FastifyReply {
  const retryAfter = error.details?.['retryAfter']
  if (typeof retryAfter === 'number') void reply.header('retry-after', retryAfter)
  return reply.status(error.status).header('cache-control', 'no-store').type('application/json; charset=utf-8').send(body)
}
