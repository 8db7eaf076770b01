/**
 * Hundreds of members in one process, each with its own key and nothing but the tunnel to their hub. Its first message says
 * who (`spokeCrowd`); it answers with the number of tunnels that are up after each of them, and ends with its parent.
 */
import { Client } from 'undici'
import { z } from 'zod'
import type { Transport } from '../../../electron/agent/components.ts'
import { createTunnels } from '../../../electron/agent/relay/tunnels.ts'
import { systemClock as clock } from '../../../electron/agent/support/clock.ts'
import { askUpgrade } from '../../../electron/agent/support/http-upgrade.ts'
import { systemRandom as random } from '../../../electron/agent/support/random.ts'
import { createEmitter } from '../../../electron/agent/support/signal.ts'
import { createDialContext, createPinnedConnector } from '../../../electron/agent/transport/pinned-connector.ts'
import { testMember } from '../../fixtures/member.ts'
import { eventually } from '../../support/eventually.ts'

const spokeCrowd = z.object({
  hub: z.object({ id: z.string(), port: z.number() }),
  spokes: z.array(z.object({ id: z.string(), tls: z.object({ key: z.string(), cert: z.string() }) })),
})
export type SpokeCrowd = z.infer<typeof spokeCrowd>

/** Handshakes under way at a time. */
const atOnce = 4
/** Until a tunnel is up, ms. */
const limit = 20_000

function createSpoke({ id, tls }: SpokeCrowd['spokes'][number], { id: hub, port }: SpokeCrowd['hub']) {
  const context = createDialContext({ tls })
  const upgrade: Transport['upgrade'] = async (node, request) => {
    const connect = createPinnedConnector({ context }, { expected: node, connectTimeout: limit })
    const answer = await askUpgrade(new Client(`https://127.0.0.1:${port}`, { connect }), { headers: {}, ...request })
    if (answer.switched) return answer
    throw new Error(`The hub answers ${answer.status}: ${answer.text}`)
  }
  const members = [testMember({ nodeId: hub, role: 'admin', hub: true })]
  return createTunnels({
    self: id,
    transport: { upgrade },
    membership: { members: () => members, changed: createEmitter(), nameOf: () => 'hub' },
    ...{ clock, random },
    incoming: (stream) => stream.destroy(), // nobody is at home
  })
}

async function attach({ hub, spokes }: SpokeCrowd): Promise<void> {
  const left = [...spokes]
  let up = 0
  const attachNext = async () => {
    for (let spoke = left.pop(); spoke !== undefined; spoke = left.pop()) {
      const tunnels = createSpoke(spoke, hub)
      tunnels.start()
      await eventually(
        `spoke ${spoke.id} is attached`,
        () => {
          const [view] = tunnels.views()
          if (view?.state === 'up' && view.latencyMs !== null) return true
          throw new Error(JSON.stringify(view))
        },
        limit,
      )
      process.send?.(++up)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, attachNext))
}

process.once('disconnect', () => process.exit(0))
process.once('message', (message) => void attach(spokeCrowd.parse(message)))
