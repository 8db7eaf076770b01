import { describe, expect, it } from 'vitest'
import { swimRules } from '../../../../../electron/agent/membership/swim/rules.ts'
import { buddiesOf, deputiesOf } from '../../../../../electron/agent/membership/swim/state/buddies.ts'
import { names, self, startSwim } from '../../../../fakes/swim-parts.ts'

type Started = Awaited<ReturnType<typeof startSwim>>

/** Lets time pass while all but `silent` answer at once; gives those that were pinged, in order. */
async function live({ core, clock, sent }: Started, seconds: number, silent: readonly string[] = []): Promise<string[]> {
  const asked: string[] = []
  let read = sent.length
  for (let tick = 0; tick < seconds * 10; tick++) {
    for (const { to, message } of sent.slice(read)) {
      if (message.type !== 'ping') continue
      asked.push(to)
      if (!silent.includes(to)) core.receive(to, { type: 'ack', seq: message.seq })
    }
    read = sent.length
    await clock.advance(100)
  }
  return asked
}

describe('the rounds', () => {
  it.each([4, 8, 15])('of a small mesh of %i others ask a buddy often, a deputy half as often, and others now and then', async (others) => {
    const members = names(others)
    const started = await startSwim({ members })
    const seconds = 600
    const asked = await live(started, seconds)
    const { smallMeshInterval, smallMeshTurns } = swimRules
    const [buddies, deputies] = [buddiesOf, deputiesOf].map((of) => of(self, [self, ...members]))
    for (const node of members) {
      const times = asked.filter((one) => one === node).length
      const turns = buddies?.has(node) ? 1 : deputies?.has(node) ? smallMeshTurns.deputy : smallMeshTurns.other
      const most = (seconds * 1_000) / (smallMeshInterval * turns)
      expect(times).toBeGreaterThanOrEqual(Math.floor(most) - 1)
      expect(times).toBeLessThanOrEqual(most / 0.7)
    }
  })

  it('of a small mesh ask everybody when one does not answer', async () => {
    const members = names(8)
    const started = await startSwim({ members })
    await live(started, 20)
    const [buddy = ''] = buddiesOf(self, [self, ...members])
    expect(new Set(await live(started, 4.5, [buddy]))).toEqual(new Set(members))
  })

  it('of a small mesh miss two buddies that fall silent together within seven seconds', async () => {
    const members = names(7)
    const started = await startSwim({ members })
    await live(started, 20)
    const [deputy = ''] = deputiesOf(self, [self, ...members])
    const [its = ''] = buddiesOf(deputy, [self, ...members])
    await live(started, 5.5, [deputy, its])
    expect([deputy, its].map(started.state)).not.toContain('online')
  })

  it('of two notice within three seconds that the other one is silent', async () => {
    const started = await startSwim({ members: names(1) })
    for (let second = 0; second < 20; second++) {
      await live(started, second / 7)
      const before = started.clock.monotonic()
      while (started.state('NODE-0') === 'online') await started.clock.advance(100)
      expect(started.clock.monotonic() - before).toBeLessThanOrEqual(3_500)
      await live(started, 5)
    }
  })

  it('of a small mesh do not ask who was just heard', async () => {
    const { core, clock, messages } = await startSwim({ members: names(2) })
    for (let tick = 0; tick < 600; tick++) {
      for (const node of names(2)) core.receive(node, { type: 'gossip', rumours: [] })
      await clock.advance(100)
    }
    expect(messages('ping').length).toBe(0)
  })

  it('of a large mesh ask one per second, everybody once in a round', async () => {
    const started = await startSwim({ members: names(40) })
    const asked = await live(started, 41)
    expect(asked.length).toBeGreaterThanOrEqual(40)
    expect(asked.length).toBeLessThanOrEqual(42)
    expect(new Set(asked).size).toBe(40)
  })

  it('of a large mesh ask nobody while others come, but for five seconds at most', async () => {
    const members = names(40)
    const started = await startSwim({ members })
    await live(started, 5)
    const asked: number[] = []
    for (let count = 0; count < 20; count++) {
      const node = `NEW-${count}`
      started.core.setRecord(started.signatures.record({ node, version: 1, left: false }, 0))
      asked.push((await live(started, 0.5)).filter((one) => members.includes(one)).length)
    }
    const sum = (some: number[]) => some.reduce((all, one) => all + one, 0)
    expect(sum(asked.slice(0, 10))).toBe(0)
    expect(sum(asked.slice(10))).toBeGreaterThan(0)
  })

  it('find who is silent, and try now and then whether it is back', async () => {
    const started = await startSwim({ members: names(8) })
    await live(started, 45, ['NODE-3'])
    expect(started.state('NODE-3')).toBe('offline')
    const tries = (await live(started, 60, ['NODE-3'])).filter((node) => node === 'NODE-3').length
    expect(tries).toBeGreaterThanOrEqual(60_000 / swimRules.healInterval / 1.3)
    expect(tries).toBeLessThanOrEqual(60_000 / swimRules.healInterval / 0.7)
    await live(started, 10)
    expect(started.state('NODE-3')).toBe('online')
  })

  it('stand still without a network', async () => {
    const started = await startSwim({ members: names(8) })
    started.core.setNetwork(false)
    expect(await live(started, 60)).toEqual([])
    expect(names(8).map(started.state)).toEqual(names(8).map(() => 'suspect'))
    started.core.setNetwork(true)
    await live(started, 5)
    expect(names(8).map(started.state)).toEqual(names(8).map(() => 'online'))
  })
})
