import Fastify, { type FastifyInstance, type FastifyRequest, type FastifyServerFactory } from 'fastify'
import type { ErrorCode } from '../../contract/error-codes.ts'
import type { Caller, Refusals } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import { addBodyDeadline } from './body-deadline.ts'
import type { CallerOf } from './caller.ts'
import { createClientErrorHandler } from './client-error.ts'
import { createErrorHandler, refuseUnknown } from './error-handler.ts'
import { createFormCheck } from './request-form.ts'
import { createRouteTable } from './route-table.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Methods of the routes that a path has; catch-alls do not count. */
    methodsOf(path: string): string[]
    /** Counts a request that is answered with an error. */
    refused: (request: FastifyRequest, code: ErrorCode) => void
  }
}

interface AppComponents {
  callerOf: CallerOf
  clock: Clock
  log: Logger
  refusals: Refusals
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
export function createApp(
  { callerOf, clock, log, refusals, admit }: AppComponents,
  { bodyTimeout, serverFactory }: AppOptions,
): FastifyInstance {
  const answerError = createErrorHandler(log)
  const app = Fastify({
    clientErrorHandler: createClientErrorHandler(refusals),
    frameworkErrors: (error, request, reply) => {
      answerError(error, request, reply)
    },
    // while stopping, requests on open connections are still answered, and told that the connection closes
    return503OnClosing: false,
    ...(serverFactory === undefined ? {} : { serverFactory }),
  })

  const routes = createRouteTable()
  app.addHook('onRoute', ({ method, url }) => routes.add(method, url))
  app.decorate('methodsOf', (path: string) => routes.methodsOf(path))
  // by the socket, because a request that is refused before it is routed has no caller yet
  app.decorate('refused', (request: FastifyRequest, code: ErrorCode) =>
    refusals.request(callerOf(request.raw.socket), request.headers, code),
  )
  app.decorateRequest('caller', {
    getter(this: FastifyRequest) {
      return callerOf(this.raw.socket)
    },
  })

  app.setErrorHandler(answerError)
  app.setNotFoundHandler(refuseUnknown)
  const checkForm = createFormCheck()
  app.addHook('onRequest', (request, reply, done) => {
    admit?.(request.caller)
    try {
      checkForm(request.raw)
    } catch (error) {
      void reply.header('connection', 'close')
      throw error
    }
    done()
  })
  addBodyDeadline(app, clock, bodyTimeout)
  return app
}
