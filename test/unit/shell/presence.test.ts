import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { desktopPresence } from '../../../electron/shell/presence.ts'

function monitor(seconds: () => number, onBattery = () => false) {
  return Object.assign(new EventEmitter(), { getSystemIdleTime: seconds, isOnBatteryPower: onBattery })
}

describe('what a desktop tells of its person', () => {
  it.each([
    ['darwin', undefined],
    ['win32', undefined],
    ['linux', 'x11'],
  ] as const)('%s (%s) is believed', (platform, session) => {
    let seconds = 0
    const { idleMs } = desktopPresence(monitor(() => seconds) as never, { platform, session })
    expect(idleMs()).toBe(0)
    seconds = 90
    expect(idleMs()).toBe(90_000)
  })

  it('0 seconds on Wayland are no person until there was another number', () => {
    let seconds = 0
    const { idleMs } = desktopPresence(monitor(() => seconds) as never, { platform: 'linux', session: 'wayland' })
    expect([idleMs(), idleMs()]).toEqual([null, null])
    seconds = 3
    expect(idleMs()).toBe(3_000)
    seconds = 0
    expect(idleMs()).toBe(0)
  })
})

describe('what a desktop tells of its power', () => {
  it('is announced while the node runs, and not afterwards', async () => {
    let onBattery = false
    const events = monitor(
      () => 0,
      () => onBattery,
    )
    const { power } = desktopPresence(events as never, { platform: 'darwin', session: undefined })
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
    expect(events.eventNames()).toEqual([])
  })

  it('is nothing on Linux, where the kernel is asked instead', () => {
    expect(desktopPresence(monitor(() => 0) as never, { platform: 'linux', session: 'x11' }).power).toBeNull()
  })
})
