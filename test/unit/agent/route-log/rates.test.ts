import { describe, expect, it } from 'vitest'
import { arrived, attic, carried, createRouteLogBench, mia } from '../../../fakes/route-log.ts'

const direct = { ...attic, path: 'direct' as const }
const own = { id: 'ME', name: 'desk', path: 'local' as const }

describe('rates', () => {
  it('count requests and bytes of the last ten seconds, then are gone', async () => {
    const { routeLog, clock } = await createRouteLogBench()
    for (let second = 0; second < 20; second++) {
      for (let index = 0; index < 3; index++) carried(routeLog, { end: { bytesIn: 1_000, bytesOut: 9_000 } })
      await clock.advance(1_000)
    }
    expect(routeLog.rates()).toEqual([
      { id: 'to ai ATTIC', peer: attic, direction: 'to', what: 'ai', underWay: 0, requestsPerSecond: 3, bytesPerSecond: 30_000 },
    ])
    await clock.advance(5_000)
    expect(routeLog.rates()).toMatchObject([{ requestsPerSecond: 1.5, bytesPerSecond: 15_000 }])
    await clock.advance(6_000)
    expect(routeLog.rates()).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('keep directions, peers and capabilities apart, and take services together', async () => {
    const { routeLog, services, clock } = await createRouteLogBench()
    await services.share({ id: 'wiki', name: 'Wiki', port: 80 })
    await services.share({ id: 'files', name: 'Files', port: 81 })
    carried(routeLog)
    carried(routeLog, { node: { ...mia, path: 'relayed' } })
    for (const what of ['wiki', 'files']) carried(routeLog, { arrived: { from: attic, kind: 'service', what }, node: own })
    carried(routeLog, { node: own }) // nobody else has to do with it
    await clock.advance(1_000)
    expect(routeLog.rates().map(({ id, requestsPerSecond }) => [id, requestsPerSecond])).toEqual([
      ['to ai ATTIC', 0.1],
      ['to ai MIA', 0.1],
      ['from services ATTIC', 0.2],
    ])
  })

  it('show a long stream while it runs, when its carrier tells', async () => {
    const { routeLog, clock } = await createRouteLogBench()
    const traffic = { bytesIn: 0, bytesOut: 0 }
    const route = routeLog.open(arrived())
    route.carriedBy(traffic)
    route.sentTo(direct)
    for (let second = 0; second < 15; second++) {
      traffic.bytesOut += 2_000_000
      await clock.advance(1_000)
    }
    expect(routeLog.rates()).toMatchObject([{ underWay: 1, bytesPerSecond: 2_000_000 }])
    expect(routeLog.list({ limit: 1 })).toMatchObject([{ bytesOut: 30_000_000, result: 'running' }])
  })

  it('move a request that is passed on to the way to the next node', async () => {
    const { routeLog, clock } = await createRouteLogBench()
    const route = routeLog.open(arrived())
    route.sentTo(direct)
    await clock.advance(1_000)
    expect(routeLog.rates()).toMatchObject([{ id: 'to ai ATTIC', underWay: 1 }])
    route.sentTo({ ...mia, path: 'direct' })
    await clock.advance(1_000)
    expect(routeLog.rates().map(({ id, underWay }) => [id, underWay])).toEqual([
      ['to ai ATTIC', 0],
      ['to ai MIA', 1],
    ])
    route.ended({ bytesIn: 0, bytesOut: 0, code: null, cancelled: false })
    await clock.advance(20_000)
    expect(routeLog.rates()).toEqual([])
  })

  it('do not grow without bound, whatever is asked', async () => {
    const { routeLog, clock } = await createRouteLogBench()
    const routes = Array.from({ length: 3_000 }, (_, index) => {
      const route = routeLog.open(arrived({ kind: 'service', what: `s${index}` }))
      route.sentTo({ id: `N${index}`, name: 'x', path: 'direct' })
      return route
    })
    await clock.advance(1_000)
    expect(routeLog.rates().length).toBeLessThanOrEqual(1_000)
    for (const route of routes) route.ended({ bytesIn: 0, bytesOut: 0, code: null, cancelled: false })
    await clock.advance(30_000)
    expect(routeLog.rates()).toEqual([])
  })
})

describe('services', () => {
  it('of this node are called by their id, whatever the request called them', async () => {
    const { routeLog, services } = await createRouteLogBench()
    await services.share({ id: 'wiki', name: 'Our Wiki', port: 80 })
    carried(routeLog, { arrived: { from: mia, kind: 'service', what: 'Our Wiki' }, node: own })
    carried(routeLog, { arrived: { kind: 'service', what: 'our wiki' }, node: own })
    carried(routeLog, { arrived: { kind: 'service', what: 'wiki' } })
    expect(routeLog.list({ limit: 9, what: 'wiki' })).toHaveLength(3)
    expect(routeLog.counters().counters.map(({ direction, what }) => `${direction} ${what}`)).toEqual([
      ...['from service:wiki', 'local service:wiki', 'to service:other'],
    ])
  })
})

describe('counters', () => {
  it('count ends, bytes, retries and what is under way, by way, thing and peer', async () => {
    const { routeLog } = await createRouteLogBench()
    carried(routeLog)
    carried(routeLog, { end: { code: 'timeout' } })
    carried(routeLog, { end: { cancelled: true } })
    const retried = routeLog.open(arrived())
    retried.sentTo({ ...mia, path: 'direct' })
    retried.sentTo(direct)
    expect(routeLog.counters().counters).toEqual([
      {
        ...{ direction: 'to', what: 'capability:ai', peer: 'ATTIC', ended: { ok: 1, failed: 1, cancelled: 1 } },
        ...{ bytesIn: 30, bytesOut: 270, retries: 1, underWay: 1 },
      },
      {
        ...{ direction: 'to', what: 'capability:ai', peer: 'MIA', ended: { ok: 0, failed: 0, cancelled: 0 } },
        ...{ bytesIn: 0, bytesOut: 0, retries: 0, underWay: 0 },
      },
    ])
  })

  it('go on where they were after a rest', async () => {
    const { routeLog, clock } = await createRouteLogBench()
    carried(routeLog)
    await clock.advance(60_000)
    carried(routeLog)
    expect(routeLog.counters().counters).toMatchObject([{ ended: { ok: 2 } }])
  })

  it('put durations into buckets that include the smaller ones', async () => {
    const { routeLog, clock } = await createRouteLogBench()
    for (const ms of [1, 40, 200_000]) {
      const route = routeLog.open(arrived())
      route.sentTo(direct)
      await clock.advance(ms)
      route.ended({ bytesIn: 0, bytesOut: 0, code: null, cancelled: false })
    }
    const [{ buckets, count, sum } = { buckets: [], count: 0, sum: 0 }] = routeLog.counters().durations
    expect([count, sum]).toEqual([3, 200.041])
    const at = (bound: number) => buckets.find(({ seconds }) => seconds === bound)?.count
    expect([at(0.001), at(0.025), at(0.05), at(120)]).toEqual([1, 1, 2, 2])
  })

  it('name own services only, and are of a bounded number', async () => {
    const { routeLog, services } = await createRouteLogBench()
    await services.share({ id: 'wiki', name: 'Wiki', port: 80 })
    carried(routeLog, { arrived: { from: mia, kind: 'service', what: 'wiki' }, node: own })
    carried(routeLog, { arrived: { from: mia, kind: 'service', what: 'no such' }, node: own })
    for (let index = 0; index < 200; index++) {
      carried(routeLog, { arrived: { kind: 'service', what: `typed ${index}` }, node: { id: `N${index}`, name: 'x', path: 'direct' } })
    }
    const { counters } = routeLog.counters()
    expect(new Set(counters.map(({ what }) => what))).toEqual(new Set(['service:wiki', 'service:other']))
    expect(new Set(counters.map(({ peer }) => peer)).size).toBeLessThanOrEqual(52)
    expect(counters.reduce((sum, { ended }) => sum + ended.ok, 0)).toBe(202)
  })

  it('count what found nobody to serve it', async () => {
    const { routeLog } = await createRouteLogBench()
    routeLog.open(arrived()).ended({ bytesIn: 0, bytesOut: 0, code: 'no_peer', cancelled: false })
    expect(routeLog.counters().counters).toMatchObject([{ direction: 'to', peer: '', ended: { failed: 1 }, underWay: 0 }])
  })
})
