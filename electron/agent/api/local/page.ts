import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FailedAttempts } from '../failed-attempts.ts'
import { closedPage } from './closed-page.ts'
import type { LocalGuard } from './guard.ts'
import { pageHeaders } from './page-headers.ts'
import type { Sessions } from './session.ts'

interface PageComponents {
  guard: LocalGuard
  sessions: Sessions
  attempts: FailedAttempts
}

interface PageOptions {
  /** Folder of the built page, absolute; without one only `/open/<code>` is there. */
  pageDir: string | undefined
}

/**
 * The page, for browsers on this machine that came in by a one-time link (`/open/<code>`). Every address that asks for
 * HTML and names no file shows it, since the page has its own addresses.
 */
export function addPage(app: FastifyInstance, { guard, sessions, attempts }: PageComponents, { pageDir }: PageOptions): void {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    void reply.headers(pageHeaders)
    done()
  })

  app.get<{ Params: { code: string } }>('/open/:code', (request, reply) => {
    guard.checkLocal(request)
    const { address } = request.caller
    attempts.check(address)
    if (sessions.redeem(request.params.code)) {
      return reply.header('set-cookie', sessions.cookie()).header('cache-control', 'no-store').redirect('/', 303)
    }
    attempts.count(address)
    return sendClosed(reply, 'used link')
  })

  if (pageDir === undefined) return
  void app.register(fastifyStatic, { root: pageDir, serve: false, index: false, dotfiles: 'deny' })
  app.get('/*', (request, reply) => {
    guard.checkLocal(request)
    if (!guard.hasSession(request)) return sendClosed(reply, 'no session')
    return isScreen(request) ? reply.sendFile('index.html', { cacheControl: false }) : reply.sendFile(pathOf(request))
  })
}

const sendClosed = (reply: FastifyReply, reason: Parameters<typeof closedPage>[0]) =>
  reply
    .status(reason === 'used link' ? 410 : 401)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(closedPage(reason))

const pathOf = (request: FastifyRequest) => request.url.split('?', 1)[0] ?? '/'

/** A file has an extension; a screen has none, and is asked for as HTML. */
function isScreen(request: FastifyRequest): boolean {
  const last = pathOf(request).split('/').at(-1) ?? ''
  return last === 'index.html' || (!last.includes('.') && (request.headers.accept ?? '').includes('text/html'))
}
