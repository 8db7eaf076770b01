import { describe, expect, it } from 'vitest'
import { arrived, attic, carried, createRouteLogBench, mia } from '../../../fakes/route-log.ts'

const query = { limit: 100 }
const direct = { ...attic, path: 'direct' as const }

describe('route log', () => {
  it('says where a request was sent while it runs, and where it ran once an answer came', async () => {
    const { routeLog, clock } = await createRouteLogBench()
    const route = routeLog.open(arrived({ requestId: 'abc', mesh: 'M', method: 'POST' }))
    expect(routeLog.list(query)).toMatchObject([
      { requestId: 'abc', sentTo: null, ranOn: null, path: null, result: 'running', duration: null },
    ])
    route.sentTo(direct)
    expect(routeLog.list(query)).toMatchObject([{ sentTo: attic, ranOn: null, path: 'direct', status: null }])
    await clock.advance(40)
    route.answered(201)
    expect(routeLog.list(query)).toMatchObject([{ sentTo: attic, ranOn: attic, status: 201, result: 'running' }])
    await clock.advance(60)
    route.ended({ bytesIn: 3, bytesOut: 5, code: null, cancelled: false })
    expect(routeLog.list(query)).toEqual([
      {
        id: expect.any(String) as string,
        ...{ requestId: 'abc', at: clock.now() - 100, from: null, kind: 'capability', what: 'ai', mesh: 'M', method: 'POST' },
        ...{ sentTo: attic, ranOn: attic, path: 'direct', retries: 0, status: 201, bytesIn: 3, bytesOut: 5, duration: 100 },
        ...{ result: 'ok', code: null },
      },
    ])
  })

  it('names the node that was asked last, and counts those before it', async () => {
    const { routeLog } = await createRouteLogBench()
    const route = routeLog.open(arrived())
    route.sentTo(direct)
    route.answered(503)
    route.sentTo({ ...mia, path: 'relayed' })
    expect(routeLog.list(query)).toMatchObject([{ sentTo: mia, ranOn: null, status: null, path: 'relayed', retries: 1 }])
  })

  it('keeps the first end of a request', async () => {
    const { routeLog } = await createRouteLogBench()
    const route = routeLog.open(arrived())
    route.ended({ bytesIn: 0, bytesOut: 0, code: 'no_peer', cancelled: false })
    route.sentTo(direct)
    route.answered(200)
    route.ended({ bytesIn: 1, bytesOut: 1, code: null, cancelled: false })
    expect(routeLog.list(query)).toMatchObject([{ result: 'failed', code: 'no_peer', sentTo: null, bytesIn: 0 }])
  })

  it('tells a caller that went away from a failure', async () => {
    const { routeLog } = await createRouteLogBench()
    carried(routeLog, { end: { cancelled: true } })
    expect(routeLog.list(query)).toMatchObject([{ result: 'cancelled', code: null }])
  })

  it('lists newest first in pages, over memory and disk, without gap or repetition', async () => {
    const { routeLog, clock } = await createRouteLogBench()
    const old = routeLog.open(arrived({ requestId: 'old' })) // still under way when 720 newer ones have come and gone
    for (let round = 0; round < 4; round++) {
      for (let index = 0; index < 180; index++) carried(routeLog, { arrived: { requestId: `${round}-${index}` } })
      await clock.advance(1_000)
    }
    const seen: string[] = []
    let before: string | undefined
    for (;;) {
      const page = routeLog.list({ limit: 97, ...(before === undefined ? {} : { before }) })
      seen.push(...page.map(({ requestId }) => requestId))
      before = page.at(-1)?.id
      if (page.length < 97) break
    }
    expect(seen).toHaveLength(721)
    expect(new Set(seen).size).toBe(721)
    expect([seen[0], seen.at(-1)]).toEqual(['3-179', 'old'])
    old.ended({ bytesIn: 0, bytesOut: 0, code: null, cancelled: false })
  })

  it.each([
    ['memory', 0],
    ['disk', 2_000],
  ])('finds in %s by peer on either side (id or name), thing, result, part of a name and time', async (_where, wait) => {
    const bench = await createRouteLogBench()
    carried(bench.routeLog, { arrived: { requestId: 'to attic' } })
    carried(bench.routeLog, {
      arrived: { requestId: 'from mia', from: mia, kind: 'service', what: 'files' },
      node: { id: 'ME', name: 'desk', path: 'local' },
    })
    carried(bench.routeLog, { arrived: { requestId: 'failed', what: 'storage' }, end: { code: 'unreachable' } })
    await bench.clock.advance(wait)
    const { routeLog } = wait === 0 ? bench : await bench.again()
    const found = (filter: object) => routeLog.list({ ...query, ...filter }).map(({ requestId }) => requestId)
    expect(found({ peer: 'Attic' })).toEqual(['failed', 'to attic'])
    expect(found({ peer: 'MIA' })).toEqual(['from mia'])
    expect(found({ what: 'files' })).toEqual(['from mia'])
    expect(found({ result: 'failed' })).toEqual(['failed'])
    expect(found({ result: 'running' })).toEqual([])
    expect(found({ peer: 'attic', what: 'ai' })).toEqual(['to attic'])
    expect(found({ text: 'TTi' })).toEqual(['failed', 'to attic'])
    expect(found({ text: 'file' })).toEqual(['from mia'])
    expect(found({ text: '%' })).toEqual([])
    const [newest] = routeLog.list(query)
    expect(found({ since: newest?.at })).toHaveLength(3)
    expect(found({ since: (newest?.at ?? 0) + 1 })).toEqual([])
  })

  it('refuses a page mark that is no id', async () => {
    const { routeLog } = await createRouteLogBench()
    expect(() => routeLog.list({ ...query, before: 'not an id' })).toThrow(/no id of a routed request/u)
  })

  it('survives a restart, and gives ids that no run before had', async () => {
    const first = await createRouteLogBench()
    carried(first.routeLog, { arrived: { requestId: 'kept' } })
    first.routeLog.open(arrived({ requestId: 'cut off' })).sentTo(direct)
    const before = first.routeLog.list(query).map(({ id }) => id)
    const { routeLog } = await first.again()
    expect(routeLog.list(query)).toMatchObject([
      { id: before[0], requestId: 'cut off', result: 'failed', code: 'not_running' },
      { id: before[1], requestId: 'kept', result: 'ok' },
    ])
    carried(routeLog, { arrived: { requestId: 'new' } })
    expect(routeLog.list(query).map(({ requestId }) => requestId)).toEqual(['new', 'cut off', 'kept'])
    expect(before).not.toContain(routeLog.list(query)[0]?.id)
  })

  it('gives new ids also after a run that was cut off before it wrote anything', async () => {
    const first = await createRouteLogBench()
    const lost = first.routeLog.open(arrived())
    const [cut] = first.routeLog.list(query)
    const { routeLog } = await createRouteLogBench(first.database, first.clock)
    routeLog.open(arrived())
    expect(routeLog.list(query)[0]?.id).not.toBe(cut?.id)
    lost.ended({ bytesIn: 0, bytesOut: 0, code: null, cancelled: false })
  })
})

describe('what it costs', () => {
  it('has no timer and says nothing at rest', async () => {
    const { routeLog, clock, announced } = await createRouteLogBench()
    expect(clock.pending).toBe(0)
    carried(routeLog)
    await clock.advance(20_000)
    const said = announced()
    expect(clock.pending).toBe(0)
    await clock.advance(3_600_000)
    expect(announced()).toBe(said)
  })

  it('has one timer and at most one word a second, however much passes', async () => {
    const { routeLog, clock, announced } = await createRouteLogBench()
    for (let tenth = 0; tenth < 100; tenth++) {
      for (let index = 0; index < 50; index++) carried(routeLog)
      await clock.advance(100)
      expect(clock.pending).toBe(1)
    }
    expect(announced()).toBeLessThanOrEqual(10)
    expect(announced()).toBeGreaterThan(8)
  })

  it('looks less often at requests on which nothing moves', async () => {
    const { routeLog, clock, announced } = await createRouteLogBench()
    routeLog.open(arrived()).sentTo(direct)
    await clock.advance(20_000)
    const said = announced()
    await clock.advance(60_000)
    expect(announced()).toBe(said)
    expect(clock.pending).toBe(1)
    carried(routeLog)
    await clock.advance(250)
    expect(announced()).toBe(said + 1)
  })

  it('keeps a bounded number of entries on disk, none older than the audit log keeps', async () => {
    const { routeLog, clock, database } = await createRouteLogBench()
    const rows = () => (database.prepare('SELECT count(*) AS count FROM routes').get() as { count: number }).count
    for (let second = 0; second < 150; second++) {
      for (let index = 0; index < 250; index++) carried(routeLog)
      await clock.advance(1_000)
      expect(rows()).toBeLessThanOrEqual(21_000)
    }
    expect(rows()).toBeGreaterThanOrEqual(20_000)
    await clock.advance(31 * 86_400_000)
    carried(routeLog, { arrived: { requestId: 'young' } })
    await clock.advance(1_000)
    expect(rows()).toBe(1)
  })

  it('goes on when it cannot write, and says so once', async () => {
    const { routeLog, clock, database, log } = await createRouteLogBench()
    database.exec('ALTER TABLE routes RENAME TO gone')
    for (let second = 0; second < 3; second++) {
      carried(routeLog)
      await clock.advance(1_000)
    }
    database.exec('ALTER TABLE gone RENAME TO routes')
    expect(routeLog.list(query)).toHaveLength(3)
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  })
})
