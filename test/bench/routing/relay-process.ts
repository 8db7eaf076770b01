/**
 * A process that is a node as far as a routed request goes: the real port, router and transport, and a mesh that stands
 * still. One argument: a file with what it is (`relayOptions`). Ends with SIGTERM.
 */
import { readFileSync } from 'node:fs'
import { createPrivateKey } from 'node:crypto'
import { z } from 'zod'
import { createApiServer } from '../../../electron/agent/api/server.ts'
import { systemClock as clock } from '../../../electron/agent/support/clock.ts'
import { loopDelayOnSignal } from './loop-delay.ts'
import { profileOnSignal } from './profiler.ts'
import { createStaticRouter, log } from './static-view.ts'

const relayOptions = z.object({
  port: z.number(),
  id: z.string(),
  publicKey: z.string(),
  tls: z.object({ key: z.string(), cert: z.string() }),
  peers: z.array(z.object({ id: z.string(), url: z.string() })),
  /** What SIGUSR2 begins and ends, and where to write it. */
  observe: z.enum(['profile', 'loop delay']),
  observation: z.string(),
})
export type RelayOptions = z.infer<typeof relayOptions>

const { port, peers, observe, observation, ...own } = relayOptions.parse(JSON.parse(readFileSync(process.argv[2] as string, 'utf8')))
const identity = { ...own, privateKey: createPrivateKey(own.tls.key) }
const { router, parts } = createStaticRouter(identity, peers)
const server = createApiServer(
  {
    identity,
    clock,
    log,
    refusals: { request: () => undefined, connection: () => undefined, otherKey: () => undefined },
    trusts: () => true,
  },
  {
    port,
    host: '127.0.0.1',
    routes: { plain: () => undefined, peer: () => undefined },
  },
)
server.onRequest('plain', router.programs)
server.onRequest('peer', router.peers)
server.onUpgrade(router.programs.upgrade)
server.onUpgrade(router.peers.upgrade)
// before it listens, which is when the bench may send the signal
if (observe === 'profile') profileOnSignal(observation)
else loopDelayOnSignal(observation)
for (const part of [...parts, server]) await part.start()
// at once: what is still open is the bench's own
process.once('SIGTERM', () => process.exit(0))
