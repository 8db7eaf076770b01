import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { desktopPresence } from '../../../electron/shell/presence.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

function monitor(seconds: () => number, onBattery = () => false) {
  return Object.assign(new EventEmitter(), { getSystemIdleTime: seconds, isOnBatteryPower: onBattery })
}

const presenceOf = (told: ReturnType<typeof monitor>, platform: NodeJS.Platform, session?: string, clock = createFakeClock()) =>
  desktopPresence({ monitor: told as never, clock }, { platform, session })

describe('what a desktop tells of its person', () => {
  it.each([
    ['darwin', undefined],
    ['win32', undefined],
    ['linux', 'x11'],
  ] as const)('%s (%s) is believed', (platform, session) => {
    let seconds = 0
    const { idleMs } = presenceOf(
      monitor(() => seconds),
      platform,
      session,
    )
    expect(idleMs()).toBe(0)
    seconds = 90
    expect(idleMs()).toBe(90_000)
  })

  it('0 seconds on Wayland are no person until there was another number', () => {
    let seconds = 0
    const { idleMs } = presenceOf(
      monitor(() => seconds),
      'linux',
      'wayland',
    )
    expect([idleMs(), idleMs()]).toEqual([null, null])
    seconds = 3
    expect(idleMs()).toBe(3_000)
    seconds = 0
    expect(idleMs()).toBe(0)
  })
})

describe('a locked screen', () => {
  it('is used by nobody since it was locked, also where nothing else is told', async () => {
    const clock = createFakeClock()
    const told = monitor(() => 0)
    const { idleMs } = presenceOf(told, 'linux', 'wayland', clock)
    told.emit('lock-screen')
    await clock.advance(60_000)
    told.emit('lock-screen')
    expect(idleMs()).toBe(60_000)
    told.emit('unlock-screen')
    expect(idleMs()).toBeNull()
  })

  it('does not make a person come back who has been away for longer', () => {
    const told = monitor(() => 900)
    const { idleMs } = presenceOf(told, 'win32')
    told.emit('lock-screen')
    expect(idleMs()).toBe(900_000)
  })
})

describe('what a desktop tells of its power', () => {
  it('is announced while the node runs, and not afterwards', async () => {
    let onBattery = false
    const events = monitor(
      () => 0,
      () => onBattery,
    )
    const { power } = presenceOf(events, 'darwin')
    const heard: unknown[] = []
    power?.changed.subscribe(() => heard.push(power.onBattery()))
    await power?.start()
    await power?.start()
    onBattery = true
    events.emit('on-battery')
    onBattery = false
    events.emit('on-ac')
    expect(heard).toEqual([true, false])
    await power?.stop()
    events.emit('on-battery')
    expect(heard).toHaveLength(2)
    expect(['on-ac', 'on-battery'].map((name) => events.listenerCount(name))).toEqual([0, 0])
  })

  it('is nothing on Linux, where the kernel is asked instead', () => {
    expect(
      presenceOf(
        monitor(() => 0),
        'linux',
        'x11',
      ).power,
    ).toBeNull()
  })
})
