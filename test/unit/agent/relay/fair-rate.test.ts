import { beforeEach, describe, expect, it } from 'vitest'
import { createFairRate } from '../../../../electron/agent/relay/fair-rate.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts'

type Rate = ReturnType<typeof createFairRate>

const megabyte = 1_000_000

let clock: FakeClock
let limit: number | null
let rate: Rate
beforeEach(() => {
  clock = createFakeClock()
  limit = megabyte
  rate = createFairRate({ clock }, () => limit)
})

/** Connections of one pair that send all they can; `pause`: ms between two pieces. */
function pair({ connections, piece = 16_384, pause = 0 }: { connections: number; piece?: number; pause?: number }) {
  const share = rate.share()
  let bytes = 0
  let waited = 0
  let running = true
  const send = () => {
    if (!running) return
    bytes += piece
    const at = clock.monotonic()
    const next = () => {
      waited = Math.max(waited, clock.monotonic() - at)
      clock.after(pause, send) // never within the call itself, as streams do
    }
    if (share.passed(piece, next)) next()
  }
  for (let i = 0; i < connections; i++) send()
  return { bytes: () => bytes, waited: () => waited, stop: () => void (running = false) }
}

describe('a rate for all', () => {
  it.each([64 * 1024, megabyte, 12 * megabyte, 200 * megabyte])(
    'of %d bytes per second holds over 10 s within 5 %',
    async (bytesPerSecond) => {
      limit = bytesPerSecond
      const pairs = [pair({ connections: 3, piece: bytesPerSecond / 256 }), pair({ connections: 1, piece: bytesPerSecond / 64 })]
      await clock.advance(10_000)
      const passed = pairs.reduce((sum, { bytes }) => sum + bytes(), 0)
      expect(passed / (bytesPerSecond * 10)).toBeGreaterThan(0.95)
      expect(passed / (bytesPerSecond * 10)).toBeLessThan(1.05)
    },
  )

  it.each([megabyte, 12 * megabyte, 100 * megabyte])(
    'of %d bytes per second is parted equally, however many connections each pair has',
    async (bytesPerSecond) => {
      limit = bytesPerSecond
      const [many, one] = [pair({ connections: 10 }), pair({ connections: 1 })]
      await clock.advance(10_000)
      expect(many.bytes() / one.bytes()).toBeGreaterThan(0.9)
      expect(many.bytes() / one.bytes()).toBeLessThan(1.1)
    },
  )

  it('lets nobody wait while there is room', async () => {
    const light = pair({ connections: 1, piece: 1_000, pause: 10 })
    await clock.advance(5_000)
    expect(light.waited()).toBe(0)
    expect(light.bytes()).toBeGreaterThan(450_000)
  })

  it('does not slow down who needs less than its part', async () => {
    const [heavy, light] = [pair({ connections: 10 }), pair({ connections: 1, piece: 1_000, pause: 10 })]
    await clock.advance(10_000)
    expect(light.waited()).toBeLessThanOrEqual(5)
    expect(light.bytes()).toBeGreaterThan(900_000)
    expect(heavy.bytes()).toBeGreaterThan(8 * megabyte)
  })

  it('gives what has been free for a while to nobody afterwards', async () => {
    const early = pair({ connections: 1, piece: 1_000 })
    early.stop()
    await clock.advance(60_000)
    const late = pair({ connections: 4 })
    await clock.advance(1_000)
    expect(late.bytes()).toBeLessThan(1.2 * megabyte)
  })

  it('lets those go on who wait when the limit is taken away or raised', async () => {
    for (const next of [null, 1_000 * megabyte]) {
      limit = 16 * 1024
      const waiting = pair({ connections: 20, piece: 65_536, pause: 1 })
      await clock.advance(10)
      const before = waiting.bytes()
      limit = next
      await clock.advance(300)
      waiting.stop()
      expect(waiting.bytes()).toBeGreaterThanOrEqual(before + 20 * 65_536)
      limit = null
      await clock.advance(1_000)
    }
    expect(clock.pending).toBe(0)
  })
})
