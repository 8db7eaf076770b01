import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { FcnError } from '../../errors.ts'
import { described } from '../../openapi/operation.ts'
import { hasDotSegments } from '../../support/dot-segments.ts'
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

const linkDescription = described({
  id: 'openPage',
  tag: 'Page',
  summary: 'A one-time link: starts a session of the page in a browser',
  access: 'local',
  parameters: { code: { in: 'path', text: 'As page.link gives it; good once, within a minute.', schema: z.string().min(1).max(100) } },
  answers: { 303: { text: 'To the page.', content: null, headers: { 'set-cookie': 'The session, for 30 days.' } } },
  fails: ['expired'],
  failure: 'page',
})

const fileDescription = described({
  id: 'page',
  tag: 'Page',
  summary: 'The page of this node: its screens and files',
  description: 'What is asked for as HTML and names no file, as `/`, is a screen.',
  path: '/{file}',
  access: 'page',
  parameters: { file: { in: 'path', text: 'Path of a file or screen; may be empty and may have slashes.' } },
  answers: {
    200: { text: 'The screen or file.', content: { media: '*/*' } },
    206: { text: 'The part that `Range` names.', content: { media: '*/*' } },
    304: { text: 'As the browser has it.', content: null },
  },
  fails: ['not_found'],
  failure: 'page',
})

/**
 * The page, for browsers on this machine that came in by a one-time link (`/open/<code>`). Every address that asks for
 * HTML and names no file shows it, since the page has its own addresses.
 */
export function addPage(app: FastifyInstance, { guard, sessions, attempts }: PageComponents, { pageDir }: PageOptions): void {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    void reply.headers(pageHeaders)
    done()
  })

  app.get<{ Params: { code: string } }>('/open/:code', linkDescription, (request, reply) => {
    guard.checkLocal(request.raw, request.caller)
    const { address } = request.caller
    if (sessions.redeem(request.params.code)) {
      return reply.header('set-cookie', sessions.cookie()).header('cache-control', 'no-store').redirect('/', 303)
    }
    attempts.check(address)
    attempts.count(address)
    return refuse(request, reply, 'used link')
  })

  if (pageDir === undefined) return
  void app.register(fastifyStatic, { root: pageDir, serve: false, index: false, dotfiles: 'ignore' })
  app.get('/*', fileDescription, (request, reply) => {
    guard.checkLocal(request.raw, request.caller)
    if (hasDotSegments(pathOf(request))) throw new FcnError('invalid_input', 'The path has “.” or “..” segments.')
    if (!guard.hasSession(request.raw)) return refuse(request, reply, 'no session')
    if (isScreen(request)) return reply.sendFile('index.html', { cacheControl: false })
    return reply.sendFile(pathOf(request), pathOf(request).startsWith('/assets/') ? neverChanges : {})
  })
}

/** The names of these files carry a hash of what is in them: a browser that has one need not ask again. */
const neverChanges = { maxAge: '365d', immutable: true } as const

const reasons = {
  'used link': () => new FcnError('expired', 'This link was used already, or its minute is over.', { action: 'Get a new one: fcn open.' }),
  'no session': () => new FcnError('unauthorized', 'The page opens with a one-time link.', { action: 'Get one: fcn open.' }),
}

/** People see a page that says how to get in; programs get the same as an error. */
function refuse(request: FastifyRequest, reply: FastifyReply, reason: keyof typeof reasons): FastifyReply {
  const error = reasons[reason]()
  if (!wantsHtml(request)) throw error
  request.server.refused(request, error.code)
  return reply.status(error.status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(closedPage(reason))
}

const wantsHtml = ({ headers }: FastifyRequest) => (headers.accept ?? '').includes('text/html')

const pathOf = (request: FastifyRequest) => request.url.split('?', 1)[0] ?? '/'

/** A file has an extension; a screen has none, and is asked for as HTML. */
function isScreen(request: FastifyRequest): boolean {
  const last = pathOf(request).split('/').at(-1) ?? ''
  return last === 'index.html' || (!last.includes('.') && wantsHtml(request))
}
