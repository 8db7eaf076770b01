import { describe, expect, it } from 'vitest'
import { createTrafficHistory } from '../../../../electron/agent/route-log/traffic-history.ts'
import { trafficView } from '../../../../electron/contract/traffic.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { attic, carried, createRouteLogBench, mia } from '../../../fakes/route-log.ts'

const step = 15_000
const minute = 60_000
const start = Date.UTC(2026, 0, 1)

function createHistory() {
  const clock = createFakeClock(start)
  const history = createTrafficHistory({ clock })
  /** What was carried happens now. */
  const carry = (received: number, sent = 0, mesh: string | null = 'm') => {
    history.count(mesh, received, sent)
    history.turn()
  }
  return { clock, history, carry, received: () => history.read().total.received }
}

describe('the history of traffic', () => {
  it('has one point in 15 s, averaged over it, as many as the node has run for', async () => {
    const { clock, history, carry } = createHistory()
    carry(30_000, 1_500)
    await clock.advance(step)
    expect(history.read().total).toEqual({ received: [2_000, 0], sent: [100, 0] })
    carry(15_000)
    await clock.advance(step)
    expect(history.read().total.received).toEqual([2_000, 1_000, 0])
  })

  it('averages the point that grows over what it has lasted, but not over less than 5 s', async () => {
    const { clock, carry, received, history } = createHistory()
    carry(30_000)
    expect(received()).toEqual([6_000])
    await clock.advance(10_000)
    expect(received()).toEqual([3_000])
    expect(history.read()).toMatchObject({ at: start + 10_000, lasted: 10_000, step })
  })

  it('forgets what is older than a quarter of an hour, and never has more points', async () => {
    const { clock, carry, received } = createHistory()
    carry(15_000)
    await clock.advance(15 * minute)
    expect(received()).toHaveLength(61)
    expect(received()[0]).toBe(1_000)
    await clock.advance(step)
    expect(received()).toEqual(Array.from({ length: 61 }, () => 0))
    await clock.advance(24 * 60 * minute)
    expect(trafficView.parse(createHistory().history.read()).total.received).toHaveLength(1)
    expect(received()).toHaveLength(61)
  })

  it('has zeros for the time in which nothing moved, although nothing ran then', async () => {
    const { clock, carry, received } = createHistory()
    carry(15_000)
    await clock.advance(4 * step)
    carry(30_000)
    await clock.advance(step)
    expect(received()).toEqual([1_000, 0, 0, 0, 2_000, 0])
    expect(clock.pending).toBe(0)
  })

  it('tells meshes apart while something moved in them, and counts what belongs to none in the total only', async () => {
    const { clock, history, carry } = createHistory()
    carry(15_000, 0, 'a')
    carry(30_000, 0, 'b')
    carry(45_000, 0, null)
    await clock.advance(step)
    const { total, meshes } = history.read()
    expect(total.received).toEqual([6_000, 0])
    expect(Object.entries(meshes).map(([mesh, { received }]) => [mesh, received])).toEqual([
      ['a', [1_000, 0]],
      ['b', [2_000, 0]],
    ])
    await clock.advance(16 * minute)
    expect(history.read().meshes).toEqual({})
  })

  it('is bounded: of many meshes only some are told apart, none is lost from the total', async () => {
    const { clock, history } = createHistory()
    for (let index = 0; index < 500; index++) history.count(`mesh ${index}`, 15, 0)
    history.turn()
    for (let index = 500; index < 1_000; index++) history.count(`mesh ${index}`, 15, 0)
    history.turn()
    await clock.advance(step)
    const { total, meshes } = history.read()
    expect(total.received).toEqual([1_000, 0])
    expect(Object.keys(meshes).length).toBeLessThanOrEqual(64)
  })

  it('takes a wall clock that runs ahead for sleep: what was before it is that much older', async () => {
    const { clock, carry, received } = createHistory()
    carry(15_000)
    clock.setWallClock(start + 2 * step)
    expect(received()).toEqual([1_000, 0, 0])
    clock.setWallClock(start + 60 * minute)
    expect(received()).toEqual(Array.from({ length: 61 }, () => 0))
  })

  it('does not notice a wall clock that is set back, or corrected by a little', async () => {
    const { clock, history, carry } = createHistory()
    carry(15_000)
    clock.setWallClock(start - 60 * minute)
    await clock.advance(step)
    expect(history.read()).toMatchObject({ at: start - 60 * minute + step, total: { received: [1_000, 0] } })
    clock.setWallClock(clock.now() + 5_000)
    expect(history.read().total.received).toEqual([1_000, 0])
  })
})

describe('the traffic of routed requests', () => {
  const own = { id: 'ME', name: 'desk', path: 'local' as const }

  it('is what came over the network: answers of peers and what they send are received, the rest is sent', async () => {
    const { routeLog, clock } = await createRouteLogBench()
    carried(routeLog, { arrived: { mesh: 'm' }, node: { ...attic, path: 'direct' }, end: { bytesIn: 1_500, bytesOut: 150_000 } })
    carried(routeLog, { arrived: { mesh: 'm', from: mia }, node: own, end: { bytesIn: 15_000, bytesOut: 3_000 } })
    carried(routeLog, { node: own, end: { bytesIn: 9e9, bytesOut: 9e9 } }) // inside this machine
    await clock.advance(step)
    const { total, meshes } = routeLog.traffic()
    expect(total).toEqual({ received: [11_000, 0], sent: [300, 0] })
    expect(meshes['m']).toEqual(total)
  })

  it('shows a long stream while it runs, in the time in which it ran', async () => {
    const { routeLog, clock } = await createRouteLogBench()
    const traffic = { bytesIn: 0, bytesOut: 0 }
    const route = routeLog.open({ requestId: 'r', from: null, kind: 'capability', what: 'ai', mesh: null, method: 'GET' })
    route.carriedBy(traffic)
    route.sentTo({ ...attic, path: 'direct' })
    for (let second = 0; second < 30; second++) {
      traffic.bytesOut += 2_000_000
      await clock.advance(1_000)
    }
    const [first = 0, second = 0] = routeLog.traffic().total.received
    expect(first).toBeGreaterThan(1_800_000)
    expect(second).toBeGreaterThan(1_800_000)
  })

  it('needs no timer when nothing moves', async () => {
    const { routeLog, clock } = await createRouteLogBench()
    carried(routeLog)
    await clock.advance(minute)
    expect(clock.pending).toBe(0)
    expect(routeLog.traffic().total.received).toHaveLength(5)
  })
})
