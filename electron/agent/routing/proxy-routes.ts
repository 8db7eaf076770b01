import { type IncomingMessage, METHODS, type ServerResponse } from 'node:http'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { Caller } from '../components.ts'

export type Serve = (request: IncomingMessage, response: ServerResponse, caller: Caller) => void

/**
 * Routes for everything below the prefixes, whatever the method. They take over before Fastify looks at the body, which
 * therefore streams, unparsed and of any size and type.
 */
export function createProxyRoutes(prefixes: readonly string[], serve: Serve): FastifyPluginAsync {
  return async (app) => {
    const methods = METHODS.filter((method) => method !== 'CONNECT')
    for (const method of methods) if (!app.supportedMethods.includes(method)) app.addHttpMethod(method, { hasBody: true })
    for (const prefix of prefixes) {
      app.route({
        method: methods,
        url: `${prefix}*`,
        onRequest(request, reply) {
          reply.hijack()
          serve(request.raw, reply.raw, (request as FastifyRequest & { caller: Caller }).caller)
        },
        handler: () => undefined, // never reached: the hook has taken over
      })
    }
  }
}
