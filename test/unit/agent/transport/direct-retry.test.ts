import { beforeEach, describe, expect, it } from 'vitest'
import { createDirectRetry } from '../../../../electron/agent/transport/direct-retry.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'

const anna = 'K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ'

let clock: FakeClock
beforeEach(() => void (clock = createFakeClock()))

/** `takes`: how long an attempt lasts, ms. */
function retrying({ takes = 0, works = () => false }: { takes?: number; works?: () => boolean } = {}) {
  const begun: number[] = []
  const aborted: number[] = []
  let running = 0
  let most = 0
  const retry = createDirectRetry({
    clock,
    random: createFakeRandom(),
    attempt: (_node, signal) =>
      new Promise((resolve) => {
        begun.push(clock.monotonic())
        most = Math.max(most, ++running)
        const end = (worked: boolean) => {
          running--
          resolve(worked)
        }
        const cancel = clock.after(takes, () => end(works()))
        signal.addEventListener('abort', () => {
          cancel()
          aborted.push(clock.monotonic())
          end(false)
        })
      }),
  })
  return { retry, begun, aborted, most: () => most }
}

describe('trying a relayed peer directly', () => {
  it('begins 5 to 10 s later, then less and less often up to every 5 min', async () => {
    const { retry, begun } = retrying()
    retry.begin(anna)
    retry.begin(anna)
    await clock.advance(2 * 3_600_000)
    const pauses = begun.map((at, place) => at - (begun[place - 1] ?? 0))
    pauses.forEach((pause, place) => {
      const ceiling = Math.min(300_000, 10_000 * 2 ** place)
      expect(pause).toBeGreaterThanOrEqual(ceiling / 2)
      expect(pause).toBeLessThanOrEqual(ceiling)
    })
    expect(pauses.length).toBeGreaterThan(20)
    retry.stop()
  })

  it('ends when it works', async () => {
    const { retry, begun } = retrying({ works: () => true })
    retry.begin(anna)
    await clock.advance(3_600_000)
    expect(begun).toHaveLength(1)
    expect(retry.all()).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('is done at once after a change, and from the first pause on', async () => {
    const { retry, begun } = retrying()
    retry.begin(anna)
    await clock.advance(1_000_000)
    const now = clock.monotonic()
    begun.length = 0
    retry.again(anna)
    await clock.advance(15_000)
    expect(begun[0]).toBe(now)
    expect(begun[1]).toBeLessThanOrEqual(now + 10_000)
    retry.again('somebody else')
    expect(retry.all()).toEqual([anna])
    retry.stop()
  })

  it('is never done twice at once', async () => {
    const { retry, begun, most } = retrying({ takes: 3_000 })
    retry.begin(anna)
    for (let round = 0; round < 20; round++) {
      retry.again(anna)
      await clock.advance(1_000)
    }
    expect(begun.length).toBeGreaterThan(3)
    expect(most()).toBe(1)
    retry.stop()
  })

  it('leaves no timer and no attempt behind when it ends', async () => {
    const { retry, begun, aborted } = retrying({ takes: 3_000 })
    retry.begin(anna)
    retry.again(anna)
    await clock.advance(1_000)
    retry.end(anna)
    expect(aborted).toEqual([1_000])
    await clock.advance(3_600_000)
    expect(begun).toHaveLength(1)
    retry.begin(anna)
    retry.stop()
    expect(clock.pending).toBe(0)
    expect(retry.all()).toEqual([])
  })
})
