import type { FastifyReply, FastifyRequest } from 'fastify'
import { FcnError } from '../errors.ts'
import type { Logger } from '../support/logger.ts'
import { answerableError } from './error-answer.ts'

/**
 * The error handler of an app or of one API in it: any error is answered with the status of the error table and, in
 * the shape of that API, what people may know of it. Errors nobody foresaw are logged in full; refusals are counted.
 */
export function createErrorHandler(log: Logger, shape: (error: FcnError) => unknown = (error) => error.toFailure()) {
  return (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const error = answerableError(thrown)
    if (error.code === 'internal') {
      log.error({ err: error.cause ?? error, method: request.method, route: request.routeOptions.url }, 'A request failed inside.')
    }
    request.server.refused(request, error.code)
    const retryAfter = error.details?.['retryAfter']
    if (typeof retryAfter === 'number') void reply.header('retry-after', retryAfter)
    if (error.code === 'encrypted_only') void reply.header('connection', 'close')
    const allow = error.details?.['allow']
    if (error.code === 'method_not_allowed' && typeof allow === 'string') void reply.header('allow', allow)
    void reply
      .status(error.status)
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(shape(error)))
  }
}

/** Throws `not_found` for a request that no route takes, `method_not_allowed` when its path takes other methods. */
export function refuseUnknown(request: FastifyRequest): never {
  const path = request.url.split('?', 1)[0] ?? ''
  const methods = request.server.methodsOf(path)
  if (methods.length > 0 && !methods.includes(request.method)) {
    const allow = methods.join(', ')
    throw new FcnError('method_not_allowed', `${path.slice(0, 200)} does not take ${request.method}, only ${allow}.`, {
      details: { allow },
    })
  }
  throw new FcnError('not_found', `There is no ${request.method} ${path.slice(0, 200)} here.`)
}
