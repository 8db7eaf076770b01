/**
 * What programs and browsers on this machine use to control the node: the calls of the contract, the stream of
 * changes, and the page. Everything is behind guard.ts; nothing here decides anything about the node itself.
 */
import type { FastifyPluginAsync } from 'fastify'
import type { Node } from '../../node.ts'
import type { Clock } from '../../support/clock.ts'
import type { Logger } from '../../support/logger.ts'
import { refusesAll } from '../../openapi/operation.ts'
import { createErrorHandler, refuseUnknown } from '../error-handler.ts'
import type { FailedAttempts } from '../failed-attempts.ts'
import { addCalls } from './calls.ts'
import { addEvents } from './events.ts'
import type { LocalGuard } from './guard.ts'
import { addPage } from './page.ts'
import { addProof } from './proof.ts'
import type { Sessions } from './session.ts'

interface LocalApiComponents {
  node: Pick<Node, 'call' | 'snapshot' | 'changes'>
  guard: LocalGuard
  sessions: Sessions
  attempts: FailedAttempts
  clock: Clock
  log: Logger
}

interface LocalApiOptions {
  /** The control token (`<dataDir>/control-token`). */
  token: string
  pageDir: string | undefined
}

export function localApi(components: LocalApiComponents, { token, pageDir }: LocalApiOptions): FastifyPluginAsync {
  const { node, guard, clock, log } = components
  return async (app) => {
    await app.register(async (control) => {
      control.addHook('onRequest', (request, _reply, done) => {
        guard.checkControl(request.raw, request.caller)
        done()
      })
      control.setErrorHandler(createErrorHandler(log, (error) => ({ error: error.toFailure() })))
      addCalls(control, node)
      addEvents(control, { node, clock })
      control.all('/local/*', refusesAll, refuseUnknown) // or the page would answer for calls that do not exist
    })
    await app.register(async (proof) => {
      proof.setErrorHandler(createErrorHandler(log, (error) => ({ error: error.toFailure() })))
      addProof(proof, { guard }, { token })
    })
    await app.register(async (page) => addPage(page, components, { pageDir }))
  }
}
