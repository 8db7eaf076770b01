import { performServerHandshake, type ServerHttp2Session } from 'node:http2'
import type { Duplex } from 'node:stream'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Member, NodeId, Transport } from '../../../../electron/agent/components.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { createTunnels } from '../../../../electron/agent/relay/tunnels.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'
import { someNodes } from '../../../fakes/hub-world.ts'
import { testMember } from '../../../fixtures/member.ts'
import { eventually } from '../../../support/eventually.ts'
import { socketPair } from '../../../support/socket-pair.ts'
import { turns } from '../../../support/turns.ts'

const [self, one, two, three] = someNodes(4) as [NodeId, NodeId, NodeId, NodeId]
const signal = () => AbortSignal.timeout(3_000)

let clock: FakeClock
beforeEach(() => void (clock = createFakeClock()))

/** Lets time pass slowly enough for pings to be answered. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 2_500) {
    await clock.advance(Math.min(left, 2_500))
    await turns(20)
  }
}

/** Tunnels of this node to hubs that are up or not, as the test says. */
function world(hubs: NodeId[]) {
  let members: Member[] = hubs.map((nodeId) => testMember({ nodeId, role: 'admin', hub: true }))
  const down = new Set<NodeId>()
  const asked: { hub: NodeId; at: number }[] = []
  const open = new Map<NodeId, { hub: ServerHttp2Session; socket: Duplex }>()
  const membership = { members: () => members, changed: createEmitter(), nameOf: (node: NodeId) => `the hub ${node}` }
  const upgrade: Transport['upgrade'] = async (node, request) => {
    expect(request).toMatchObject({ path: '/peer/v1/tunnel', protocol: 'fcn-tunnel', directly: true })
    asked.push({ hub: node, at: clock.monotonic() })
    if (down.has(node)) throw new FcnError('unreachable', 'It does not answer.')
    const [near, far] = await socketPair({ allowHalfOpen: false })
    const hub = performServerHandshake(far)
    hub.on('error', () => undefined)
    hub.on('stream', (stream, headers) => {
      stream.on('error', () => undefined)
      if (headers[':method'] === 'CONNECT') stream.respond({ ':status': 200 })
    })
    open.set(node, { hub, socket: near })
    return { headers: {}, socket: near }
  }
  const tunnels = createTunnels({
    ...{ self, transport: { upgrade }, membership, clock, random: createFakeRandom() },
    incoming: () => undefined,
  })
  onTestFinished(() => tunnels.stop())
  const state = (hub: NodeId) => tunnels.views().find(({ id }) => id === hub)?.state
  const isUp = (hub: NodeId) => eventually(`the tunnel to ${hub} is up`, () => state(hub) === 'up', 3_000)
  return {
    ...{ tunnels, down, open, asked, state, isUp, membership },
    tries: (hub: NodeId) => asked.filter((each) => each.hub === hub).length,
    async breakOff(hub: NodeId) {
      open.get(hub)?.hub.destroy()
      await eventually('it is down', () => state(hub) !== 'up', 3_000)
    },
    async say(change: (member: Member) => Member | null) {
      members = members.flatMap((member) => change(member) ?? [])
      membership.changed.emit()
      await clock.advance(250)
      await turns(5)
    },
  }
}

describe('tunnels to hubs', () => {
  it('are two per mesh, of which members are told', async () => {
    const { tunnels, asked } = world([one, two, three])
    tunnels.start()
    tunnels.start()
    await eventually('two are up', () => tunnels.via('m').length === 2, 3_000)
    expect(asked).toHaveLength(2)
    expect(tunnels.views()).toMatchObject([
      { state: 'up', meshes: ['m'], problem: null },
      { state: 'up', meshes: ['m'], problem: null },
    ])
    expect(tunnels.views().map(({ name, id }) => name === `the hub ${id}`)).toEqual([true, true])
    expect(tunnels.via('another')).toEqual([])
  })

  it('are tried again less and less often, with the reason told meanwhile', async () => {
    const { tunnels, asked, down } = world([one])
    down.add(one)
    tunnels.start()
    await clock.advance(600_000)
    expect(tunnels.views()).toMatchObject([{ state: 'down', problem: { code: 'unreachable' } }])
    expect(tunnels.via('m')).toEqual([])
    const pauses = asked.map(({ at }, place) => at - (asked[place - 1]?.at ?? 0)).slice(1)
    pauses.forEach((pause, place) => {
      const ceiling = Math.min(60_000, 1_000 * 2 ** place)
      expect(pause).toBeGreaterThanOrEqual(ceiling / 2)
      expect(pause).toBeLessThanOrEqual(ceiling)
    })
  })

  it('are tried at once when the hub is back, and not at every other change', async () => {
    const { tunnels, down, say, tries, isUp } = world([one])
    down.add(one)
    tunnels.start()
    await clock.advance(200_000)
    const before = tries(one)
    for (let i = 0; i < 20; i++) await say((member) => ({ ...member, lastSeen: i }))
    expect(tries(one) - before).toBeLessThanOrEqual(1)
    await say((member) => ({ ...member, state: 'offline' }))
    down.delete(one)
    await say((member) => ({ ...member, state: 'online' }))
    await isUp(one)
  })

  it('are tried at once where a hub has moved to, also when it was online all the time', async () => {
    const { tunnels, down, say, isUp, tries } = world([one])
    down.add(one)
    tunnels.start()
    await clock.advance(200_000)
    await say((member) => ({ ...member, addresses: ['https://10.0.0.1:3000'] }))
    const before = tries(one)
    down.delete(one)
    await say((member) => ({ ...member, addresses: ['https://10.0.0.2:3000'] }))
    await isUp(one)
    expect(tries(one)).toBe(before + 1)
  })

  it('ask whether a hub that has moved is still there', async () => {
    const { tunnels, say, isUp, open } = world([one])
    tunnels.start()
    await isUp(one)
    await turns(20)
    let pings = 0
    open.get(one)?.hub.on('ping', () => pings++)
    await say((member) => ({ ...member, addresses: ['https://10.0.0.2:3000'] }))
    await eventually('it is asked', () => pings > 0, 3_000)
    expect(pings).toBe(1)
  })

  it('that break keep their hub in the record for a minute, and no other is chosen meanwhile', async () => {
    const { tunnels, asked, down, breakOff, say } = world([one, two, three])
    tunnels.start()
    await eventually('two are up', () => tunnels.via('m').length === 2, 3_000)
    const [first = '', second = ''] = tunnels.via('m')
    const spare = [one, two, three].find((hub) => hub !== first && hub !== second) as NodeId
    down.add(first)
    await breakOff(first)
    let changes = 0
    tunnels.changed.subscribe(() => changes++)
    await pass(30_000)
    await say((member) => member)
    expect(new Set(tunnels.via('m'))).toEqual(new Set([first, second]))
    expect(asked.some(({ hub }) => hub === spare)).toBe(false)
    changes = 0
    await pass(30_500)
    expect(tunnels.via('m')).not.toContain(first)
    expect(changes).toBeGreaterThan(0)
    await eventually('another is chosen', () => tunnels.via('m').includes(spare), 3_000)
  })

  it('come back by themselves after a break', async () => {
    const { tunnels, breakOff, isUp, tries } = world([one])
    tunnels.start()
    await isUp(one)
    await breakOff(one)
    expect(tunnels.via('m')).toEqual([one])
    await clock.advance(1_000)
    await isUp(one)
    expect(tries(one)).toBe(2)
  })

  it('that break at once again and again are made less and less often', async () => {
    const { tunnels, breakOff, isUp, tries, state } = world([one])
    tunnels.start()
    for (let i = 0; i < 6; i++) {
      await isUp(one)
      await breakOff(one)
      await clock.advance(i < 5 ? 2 ** i * 1_000 : 15_000)
    }
    expect(state(one)).not.toBe('up')
    expect(tries(one)).toBe(6)
  })

  it('go to another hub when one does not take this node', async () => {
    const { tunnels, down } = world([one, two, three])
    tunnels.start()
    await eventually('two are up', () => tunnels.via('m').length === 2, 3_000)
    const chosen = tunnels.via('m')
    tunnels.stop()
    down.add(chosen[0] as NodeId)
    tunnels.start()
    for (let i = 0; i < 10; i++) {
      await clock.advance(1_000)
      await turns(20)
    }
    await eventually('two are up', () => tunnels.via('m').length === 2, 3_000)
    expect(tunnels.via('m')).not.toContain(chosen[0])
  })

  it('end when the hub is removed, and a minute after it is no hub any more', async () => {
    const { tunnels, open, say, isUp } = world([one, two])
    tunnels.start()
    await isUp(one)
    await isUp(two)
    const removed = { by: { id: 'x', name: 'x' }, at: 1, how: 'removed' as const }
    await say((member) => (member.nodeId === one ? { ...member, removed, state: 'removed' } : { ...member, hub: false }))
    await eventually('the one is closed', () => open.get(one)?.socket.destroyed, 3_000)
    expect(tunnels.via('m')).toEqual([])
    expect(open.get(two)?.socket.destroyed).toBe(false)
    await pass(60_000)
    await eventually('the other is closed', () => open.get(two)?.socket.destroyed, 3_000)
  })

  it('ask at once when the network is another', async () => {
    const { tunnels, down, tries } = world([one])
    down.add(one)
    tunnels.start()
    await clock.advance(100_000)
    const before = tries(one)
    tunnels.networkChanged()
    expect(tries(one)).toBe(before + 1)
  })

  it('for one dial last until nobody has used them for a minute', async () => {
    const { tunnels, open } = world([])
    tunnels.start()
    const stream = await tunnels.dial(two, one, signal())
    expect(tunnels.views()).toEqual([]) // no mesh counts on it
    await pass(50_000)
    await turns(20)
    await pass(50_000)
    expect(open.get(two)?.socket.destroyed).toBe(false)
    stream.destroy()
    await turns(50)
    await pass(55_000)
    const again = await tunnels.dial(two, one, signal())
    again.destroy()
    await turns(50)
    await pass(55_000)
    expect(open.get(two)?.socket.destroyed).toBe(false)
    await pass(10_000)
    await eventually('it is closed', () => open.get(two)?.socket.destroyed, 3_000)
    await eventually('no timer is left', () => clock.pending === 0, 3_000)
  })

  it('for one dial give the reason when the hub does not answer, and are not tried again', async () => {
    const { tunnels, down, tries } = world([])
    down.add(two)
    tunnels.start()
    await expect(tunnels.dial(two, one, signal())).rejects.toMatchObject({ code: 'unreachable' })
    await clock.advance(600_000)
    expect(tries(two)).toBe(1)
    expect(clock.pending).toBe(0)
    await expect(tunnels.dial(two, one, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone')
  })

  it('leave no connection and no timer when they are stopped, and dial no more', async () => {
    const { tunnels, open, down, isUp, membership } = world([one, two])
    down.add(two)
    tunnels.start()
    await isUp(one)
    membership.changed.emit()
    tunnels.stop()
    tunnels.stop()
    await eventually('it is closed', () => open.get(one)?.socket.destroyed, 3_000)
    await eventually('no timer is left', () => clock.pending === 0, 3_000)
    await expect(tunnels.dial(one, two, signal())).rejects.toMatchObject({ code: 'not_running' })
    expect(tunnels.via('m')).toEqual([])
  })
})
