import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CapabilityLimits } from '../../../../electron/contract/routing.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { createServingLimits } from '../../../../electron/agent/routing/serving-limits.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

const ai = { kind: 'capability', capability: 'ai' } as const

function start(limits: Partial<CapabilityLimits>) {
  const paused: { by: FcnError | null } = { by: null }
  const clock = createFakeClock()
  const given: CapabilityLimits = { concurrent: 2, concurrentPerPeer: 2, queue: 10, bandwidthPerPeer: null, ...limits }
  const serving = createServingLimits({ clock, limitsFor: () => given, refusalOf: () => paused.by })
  const started: string[] = []
  const late: FcnError[] = []
  const enter = (peer: string, name = peer) =>
    serving.enter(
      ai,
      peer,
      () => started.push(name),
      (error) => late.push(error),
    )
  return { clock, serving, started, late, enter, paused }
}

const refusal = (task: () => unknown): FcnError => {
  try {
    task()
  } catch (error) {
    if (error instanceof FcnError) return error
    throw error
  }
  throw new Error('It was not refused.')
}

describe('what peers may take at once', () => {
  it('is bounded for all and for one; the next is served when one ends', () => {
    const { started, enter } = start({ concurrent: 3, concurrentPerPeer: 2 })
    const leave = enter('a', 'a1')
    for (const name of ['a2', 'a3']) enter('a', name)
    enter('b', 'b1')
    enter('c', 'c1')
    expect(started).toEqual(['a1', 'a2', 'b1'])
    leave()
    expect(started).toEqual(['a1', 'a2', 'b1', 'a3'])
  })

  it('is nothing for those who wait when sharing is paused meanwhile; what runs goes on', () => {
    const { clock, started, late, enter, paused } = start({ concurrent: 1 })
    const leave = enter('a')
    for (const name of ['b', 'c']) enter(name)
    paused.by = new FcnError('paused', 'Not now.')
    leave()
    expect([started, late.map(({ code }) => code), clock.pending]).toEqual([['a'], ['paused', 'paused'], 0])
    paused.by = null
    enter('d')
    expect(started).toEqual(['a', 'd'])
  })

  it('is given to those who wait in turn, however many requests one of them has', () => {
    const { started, enter } = start({ concurrent: 1 })
    const leaves = [enter('a', 'a1')]
    for (const name of ['a2', 'a3', 'a4']) leaves.push(enter('a', name))
    leaves.push(enter('b', 'b1'), enter('c', 'c1'))
    const order = ['a1']
    while (order.length < 6) {
      const running = started.at(-1) as string
      leaves[['a1', 'a2', 'a3', 'a4', 'b1', 'c1'].indexOf(running)]?.()
      order.push(started.at(-1) as string)
    }
    expect(order).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'a4'])
  })

  it('lets so many wait and refuses the rest, with the time to wait', async () => {
    const { clock, started, enter } = start({ concurrent: 1, queue: 1 })
    const leave = enter('a')
    enter('b')
    const busy = refusal(() => enter('c'))
    expect(busy).toMatchObject({ code: 'busy', details: { retryAfter: expect.any(Number) } })
    await clock.advance(80_000)
    leave()
    enter('d')
    expect(started).toEqual(['a', 'd']) // b has waited too long by then
    enter('e')
    expect(refusal(() => enter('f')).details?.['retryAfter']).toBeGreaterThan(10)
  })

  it('tells whoever waits too long, and lets nobody in who has left the queue', async () => {
    const { clock, started, late, enter } = start({ concurrent: 1 })
    const leave = enter('a')
    enter('b')
    const cancel = enter('c')
    cancel()
    await clock.advance(30_000)
    expect(late).toMatchObject([{ code: 'busy' }])
    leave()
    expect(started).toEqual(['a'])
  })

  it('is less while this node uses it itself, which never waits', () => {
    const { serving, started, enter } = start({ concurrent: 2 })
    const ends = [serving.own(ai), serving.own(ai), serving.own(ai)]
    enter('a')
    expect(started).toEqual([])
    for (const end of ends) end()
    expect(started).toEqual(['a'])
  })

  it('never goes beyond its bounds, and nobody is forgotten, whatever comes and goes', () => {
    const step = fc.record({ peer: fc.constantFrom('a', 'b', 'c'), leave: fc.nat(20) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), (steps, all, one) => {
        const { serving } = start({ concurrent: all, concurrentPerPeer: one, queue: 1_000 })
        const running = new Map<number, string>()
        const open: { id: number; leave: () => void }[] = []
        let entered = 0
        const check = () => {
          expect(running.size).toBeLessThanOrEqual(all)
          for (const those of Map.groupBy(running.values(), (peer) => peer).values()) expect(those.length).toBeLessThanOrEqual(one)
        }
        const leave = (place: number) => {
          const [gone] = open.splice(place, 1)
          if (gone === undefined) return
          running.delete(gone.id)
          gone.leave()
          check()
        }
        for (const { peer, leave: place } of steps) {
          const id = entered++
          open.push({
            id,
            leave: serving.enter(
              ai,
              peer,
              () => running.set(id, peer),
              () => undefined,
            ),
          })
          check()
          leave(place)
        }
        while (open.length > 0) {
          expect(running.size).toBeGreaterThan(0) // while somebody waits, somebody is served
          leave(open.findIndex(({ id }) => running.has(id)))
        }
      }),
    )
  })
})

describe('the limit on bytes', () => {
  it('is one per peer, and none when there is none', () => {
    expect(start({}).serving.rate(ai, 'a')).toBeNull()
    const { serving } = start({ bandwidthPerPeer: 10_000 })
    expect(serving.rate(ai, 'a')).toBe(serving.rate(ai, 'a'))
    expect(serving.rate(ai, 'a')).not.toBe(serving.rate(ai, 'b'))
  })

  it('makes whoever has had its share wait until more is due, and saves nothing up', async () => {
    const { clock, serving } = start({ bandwidthPerPeer: 10_000 })
    const rate = serving.rate(ai, 'a')
    expect(rate?.passed(1_000)).toBe(100)
    expect(rate?.passed(1_000)).toBe(200)
    await clock.advance(5_000)
    expect(rate?.passed(1_000)).toBe(100)
    expect(rate?.passed(10)).toBeGreaterThan(100)
  })
})
