import { describe, expect, it } from 'vitest'
import type { LocalInterface } from '../../../../electron/agent/network/local-interfaces.ts'
import { createMeteredWatch } from '../../../../electron/agent/network/metered-watch.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createMemorySettings } from '../../../fakes/memory-settings.ts'

const network = (name: string): LocalInterface => ({
  ...{ name, scope: name, ignored: false, kind: 'other', label: name, multicast: true },
  addresses: [{ address: '192.168.1.2', family: 'IPv4', prefix: 24 }],
})

/** A machine on one network; `says` is what NetworkManager answers. */
async function onNetwork(name: string) {
  const clock = createFakeClock()
  const changed = createEmitter()
  const machine = { interfaces: [network(name)], says: null as string | null, asked: 0, hangs: false, slow: 0 }
  const settings = createMemorySettings()
  const watch = createMeteredWatch({
    clock,
    settings,
    network: { changed, current: () => machine.interfaces },
    async askNetworkManager(signal) {
      machine.asked++
      if (machine.slow > 0) await new Promise<void>((resolve) => void clock.after(machine.slow, resolve))
      if (machine.hangs) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
      return machine.says
    },
  })
  let changes = 0
  watch.changed.subscribe(() => changes++)
  await watch.start()
  const move = (to: string) => {
    machine.interfaces = [network(to)]
    changed.emit()
  }
  return { clock, machine, settings, watch, move, changes: () => changes }
}
const saying = (name: string, metered: string) => `GENERAL.DEVICE:${name}\nGENERAL.METERED:${metered}\nIP4.GATEWAY:192.168.1.1\n`

describe('the watch over what a connection costs', () => {
  it('goes by the name at once and by NetworkManager as soon as it has answered', async () => {
    const { clock, machine, watch, move, changes } = await onNetwork('wlan0')
    machine.says = saying('wlan0', 'yes (guessed)')
    expect(watch.current()).toBe(false)
    await clock.advance(0)
    expect(watch.current()).toBe(true)
    machine.says = saying('wlan1', 'no')
    move('wlan1')
    expect(watch.current()).toBe(false)
    await clock.advance(3_000)
    expect([watch.current(), changes()]).toEqual([false, 2])
  })

  it('does what the user says, whatever it looks like', async () => {
    const { clock, settings, watch, changes } = await onNetwork('wwan0')
    await clock.advance(0)
    expect(watch.current()).toBe(true)
    settings.update({ metered: 'no' })
    expect(watch.current()).toBe(false)
    settings.update({ metered: 'yes' })
    expect(watch.current()).toBe(true)
    settings.update({ metered: 'auto' })
    expect([watch.current(), changes()]).toEqual([true, 2])
  })

  it('asks once however often the network changes, and rarely when it does not', async () => {
    const { clock, machine, move } = await onNetwork('wlan0')
    await clock.advance(0)
    expect(machine.asked).toBe(1)
    for (let i = 0; i < 100; i++) {
      move(`wlan${i}`)
      await clock.advance(20)
    }
    await clock.advance(3_000)
    expect(machine.asked).toBe(2)
    await clock.advance(3_600_000)
    expect(machine.asked).toBe(6)
  })

  it('asks again when the network has changed while an answer was awaited', async () => {
    const { clock, machine, move, watch } = await onNetwork('wlan0')
    machine.slow = 2_000
    machine.says = saying('wlan0', 'no')
    await clock.advance(0)
    move('wlan1')
    machine.says = saying('wlan1', 'yes')
    await clock.advance(10_000)
    expect([machine.asked, watch.current()]).toEqual([2, true])
  })

  it('stops while an answer is awaited, and says nothing afterwards', async () => {
    const { clock, machine, watch, move, changes } = await onNetwork('wlan0')
    machine.hangs = true
    machine.says = saying('wlan0', 'yes')
    await clock.advance(0)
    await watch.stop()
    await watch.stop()
    move('wwan0')
    await clock.advance(3_600_000)
    expect([machine.asked, changes()]).toEqual([1, 0])
  })
})
