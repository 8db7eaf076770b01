import { describe, expect, it } from 'vitest'
import type { Knock } from '../../../../electron/agent/support/knock.ts'
import { createLineWatch } from '../../../../electron/agent/support/line-watch.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

const door = { host: '192.0.2.7', port: 3000 }

function watching() {
  const clock = createFakeClock()
  const machine: { says: Knock; knocks: number } = { says: 'taken', knocks: 0 }
  const watch = createLineWatch({
    clock,
    async knock(_door, limit) {
      machine.knocks++
      if (machine.says === 'silent') await new Promise<void>((resolve) => clock.after(limit, resolve))
      return machine.says
    },
  })
  let lost = 0
  const follow = () => watch.follow(door, () => void lost++)
  return { clock, machine, follow, lost: () => lost }
}

describe('a line to another machine', () => {
  it.each<Knock>(['taken', 'refused'])(
    'is trusted while its machine answers a knock with “%s”, however long nothing comes',
    async (says) => {
      const { clock, machine, follow, lost } = watching()
      machine.says = says
      follow()
      await clock.advance(600_000)
      expect(lost()).toBe(0)
      expect(machine.knocks).toBeGreaterThan(600)
    },
  )

  it('is lost within two seconds when its machine says nothing any more, and everybody who waits hears it once', async () => {
    const { clock, machine, follow, lost } = watching()
    follow()
    follow()
    await clock.advance(60_000)
    machine.says = 'silent'
    await clock.advance(2_000)
    expect(lost()).toBe(2)
    await clock.advance(60_000)
    expect(lost()).toBe(2)
  })

  it('is not lost by two knocks that nobody answers', async () => {
    const { clock, machine, follow, lost } = watching()
    follow()
    machine.says = 'silent'
    await clock.advance(1_000)
    machine.says = 'taken'
    await clock.advance(60_000)
    expect(lost()).toBe(0)
  })

  it('is not knocked at while words come', async () => {
    const { clock, machine, follow, lost } = watching()
    const line = follow()
    machine.says = 'silent'
    for (let word = 0; word < 100; word++) {
      await clock.advance(350)
      line.heard()
    }
    expect([machine.knocks, lost()]).toEqual([0, 0])
  })

  it('is not judged by this machine’s own sleep', async () => {
    const { clock, machine, follow, lost } = watching()
    const asleep = { ...clock, monotonic: () => clock.monotonic() + sleptFor }
    let sleptFor = 0
    const watch = createLineWatch({ clock: asleep, knock: async () => machine.says })
    let gone = 0
    watch.follow(door, () => void gone++)
    follow()
    await clock.advance(1_000)
    sleptFor = 3_600_000
    await clock.advance(10_000)
    expect([gone, lost()]).toEqual([0, 0])
  })

  it('is left alone when nobody waits', async () => {
    const { clock, machine, follow } = watching()
    const lines = [follow(), follow()]
    for (const line of lines) line.leave()
    await clock.advance(60_000)
    expect([machine.knocks, clock.pending]).toEqual([0, 0])
  })
})
