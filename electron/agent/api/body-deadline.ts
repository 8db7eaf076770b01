import type { FastifyInstance } from 'fastify'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'

/**
 * Bodies that are read whole before their handler runs must have arrived within `limit` ms, or the request is refused
 * and its connection closed. (The server's own request timeout would also end a long upload that a route passes on as
 * a stream, which may rightly take hours.)
 */
export function addBodyDeadline(app: FastifyInstance, clock: Clock, limit: number): void {
  const deadlines = new WeakMap<object, () => void>()

  app.addHook('preParsing', (request, reply, payload, done) => {
    const cancel = clock.after(limit, () => {
      void reply.header('connection', 'close')
      // not destroy(), which would close the connection before the answer is out
      payload.emit('error', new FcnError('invalid_input', `The body did not arrive within ${limit / 1000} seconds.`))
    })
    deadlines.set(request, cancel)
    request.raw.once('close', cancel)
    done(null, payload)
  })

  const lift = (request: object) => {
    deadlines.get(request)?.()
    deadlines.delete(request)
  }
  app.addHook('preValidation', (request, _reply, done) => {
    lift(request)
    done()
  })
  // a body that was refused unread (malformed, too large) has its answer; nobody listens for its errors any more
  app.addHook('onSend', (request, _reply, payload, done) => {
    lift(request)
    done(null, payload)
  })
}
