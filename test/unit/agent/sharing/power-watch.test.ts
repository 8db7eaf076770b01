import { expect, it } from 'vitest'
import { createPowerWatch } from '../../../../electron/agent/sharing/power-watch.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createKeptLog } from '../../../fakes/kept-log.ts'

function household() {
  const clock = createFakeClock()
  const power = { now: false as boolean | null, looks: 0, broken: false }
  const log = createKeptLog()
  const watch = createPowerWatch({
    clock,
    log,
    readPower: async () => {
      power.looks++
      if (power.broken) throw new Error('The driver does not answer.')
      return power.now
    },
  })
  return { clock, power, watch, log }
}

it('the power is known once the node runs, and nothing looks again for nobody', async () => {
  const { clock, power, watch } = household()
  expect(watch.onBattery()).toBeNull()
  await watch.start()
  expect([watch.onBattery(), power.looks, clock.pending]).toEqual([false, 1, 0])
})

it('whoever listens hears of it within half a minute, and nothing is looked at once nobody does', async () => {
  const { clock, power, watch } = household()
  await watch.start()
  const heard: unknown[] = []
  const end = watch.changed.subscribe(() => heard.push(watch.onBattery()))
  power.now = true
  await clock.advance(30_000)
  expect(heard).toEqual([true])
  await clock.advance(30_000)
  expect(heard).toEqual([true])
  end()
  expect(clock.pending).toBe(0)
})

it('a driver that does not answer leaves what was known, and the next look may do better', async () => {
  const { clock, power, watch, log } = household()
  await watch.start()
  watch.changed.subscribe(() => undefined)
  power.broken = true
  await clock.advance(30_000)
  expect(watch.onBattery()).toBe(false)
  expect(log.lines.length).toBeGreaterThan(0)
  Object.assign(power, { broken: false, now: true })
  await clock.advance(30_000)
  expect(watch.onBattery()).toBe(true)
  await watch.stop()
  expect(clock.pending).toBe(0)
})
