import type { NetworkInterfaceInfo } from 'node:os'
import { describe, expect, it } from 'vitest'
import { createNetworkWatch } from '../../../../electron/agent/network/network-watch.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

const card = (address: string) => [{ address, cidr: `${address}/24`, internal: false, family: 'IPv4' }] as NetworkInterfaceInfo[]

async function watching() {
  const clock = createFakeClock()
  const system: Record<string, NetworkInterfaceInfo[]> = { eth0: card('192.168.1.20') }
  const watch = createNetworkWatch({ clock, interfaces: () => system, ignored: () => [], platform: 'linux' })
  const seen = { changes: 0, sleeps: [] as number[] }
  watch.changed.subscribe(() => void (seen.changes += 1))
  watch.woke.subscribe((ms) => void seen.sleeps.push(ms))
  await watch.start()
  return { clock, system, watch, seen }
}

describe('the watch over the network', () => {
  it('tells of an interface or address that came or went, once, within five seconds', async () => {
    const { clock, system, seen } = await watching()
    await clock.advance(20_000)
    expect(seen.changes).toBe(0)
    system['eth0'] = card('192.168.1.21')
    await clock.advance(5_000)
    expect(seen.changes).toBe(1)
    delete system['eth0']
    await clock.advance(5_000)
    system['wlan0'] = card('10.0.0.7')
    await clock.advance(30_000)
    expect(seen.changes).toBe(3)
  })

  it('notices sleep: the wall clock went on and the timers did not', async () => {
    const { clock, seen } = await watching()
    await clock.advance(6_000)
    clock.setWallClock(clock.now() + 3_600_000)
    await clock.advance(5_000)
    expect(seen.sleeps).toEqual([3_600_000])
    expect(seen.changes).toBe(0)
  })

  it('takes a clock that was set back, or a little forward, for no sleep', async () => {
    const { clock, seen } = await watching()
    clock.setWallClock(clock.now() - 7_200_000)
    await clock.advance(5_000)
    clock.setWallClock(clock.now() + 2_000)
    await clock.advance(10_000)
    expect(seen.sleeps).toEqual([])
  })

  it('leaves no timer behind when it is stopped', async () => {
    const { clock, watch } = await watching()
    await watch.stop()
    expect(clock.pending).toBe(0)
  })
})
