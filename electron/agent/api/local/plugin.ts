/**
 * What programs and browsers on this machine use to control the node: the calls of the contract, the stream of
 * changes, and the page. Everything is behind guard.ts; nothing here decides anything about the node itself.
 */
import type { FastifyPluginAsync } from 'fastify'
import type { Node } from '../../node.ts'
import type { Clock } from '../../support/clock.ts'
import type { Logger } from '../../support/logger.ts'
import { createErrorHandler } from '../error-handler.ts'
import { createFailedAttempts } from '../failed-attempts.ts'
import { addCalls } from './calls.ts'
import { addEvents } from './events.ts'
import { createLocalGuard } from './guard.ts'
import { addPage } from './page.ts'
import type { Sessions } from './session.ts'

interface LocalApiComponents {
  node: Pick<Node, 'call' | 'snapshot' | 'changes'>
  sessions: Sessions
  clock: Clock
  log: Logger
}

interface LocalApiOptions {
  /** The control token (`<dataDir>/control-token`). */
  token: string
  pageDir: string | undefined
}

export function localApi({ node, sessions, clock, log }: LocalApiComponents, { token, pageDir }: LocalApiOptions): FastifyPluginAsync {
  const attempts = createFailedAttempts(clock)
  const guard = createLocalGuard({ sessions, attempts }, { token })

  return async (app) => {
    await app.register(async (control) => {
      control.addHook('onRequest', (request, _reply, done) => {
        guard.check(request)
        done()
      })
      control.setErrorHandler(createErrorHandler(log, (error) => ({ error: error.toFailure() })))
      addCalls(control, node)
      addEvents(control, { node, clock })
    })
    await app.register(async (page) => addPage(page, { guard, sessions, attempts }, { pageDir }))
  }
}
