import type { FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import type { ServerLimits } from '../../electron/agent/api/limits.ts'
import { createApiServer } from '../../electron/agent/api/server.ts'
import type { Identity } from '../../electron/agent/components.ts'
import { systemClock } from '../../electron/agent/support/clock.ts'
import { createKeptLog } from './kept-log.ts'
import { createKeptRefusals } from './kept-refusals.ts'

interface TestServerOptions {
  plain: (app: FastifyInstance) => void
  peer: (app: FastifyInstance) => void
  limits?: Partial<ServerLimits>
  host?: string
  port?: number
}

/** The real server of both protocols, for whom nobody is a member. It is stopped when the running test ends. */
export function createTestServer(identity: Identity, { plain, peer, ...options }: TestServerOptions) {
  const refusals = createKeptRefusals()
  const server = createApiServer(
    { identity, clock: systemClock, log: createKeptLog(), refusals, trusts: () => false },
    { port: 0, host: '127.0.0.1', ...options, routes: { plain, peer } },
  )
  onTestFinished(() => server.stop())
  return { server, refusals }
}

/** The same, listening. */
export async function startTestServer(identity: Identity, options: TestServerOptions) {
  const { server, refusals } = createTestServer(identity, options)
  await server.start()
  return { server, refusals, port: server.listener()?.port ?? 0 }
}
