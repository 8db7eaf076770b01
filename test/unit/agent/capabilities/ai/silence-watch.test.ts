import { describe, expect, it } from 'vitest'
import { createSilenceWatch } from '../../../../../electron/agent/capabilities/ai/serving/silence-watch.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'

function watching({ alive = true } = {}) {
  const clock = createFakeClock()
  const engine = { alive, asked: 0 }
  const lost: string[] = []
  const line = { cut: () => {}, heard: 0, left: 0 }
  const watch = createSilenceWatch({
    clock,
    isAlive: async () => {
      engine.asked++
      return engine.alive
    },
    follow(onGone) {
      line.cut = onGone
      return { heard: () => void line.heard++, leave: () => void line.left++ }
    },
    onLost: ({ code }) => void lost.push(code),
  })
  return { clock, engine, line, lost, watch }
}

describe('a silent engine', () => {
  it('is asked whether it is there after ten seconds, and waited for when it is', async () => {
    const { clock, engine, lost } = watching()
    await clock.advance(9_999)
    expect(engine.asked).toBe(0)
    await clock.advance(60_000)
    expect(engine.asked).toBeGreaterThan(3)
    expect(lost).toEqual([])
  })

  it('is given up when it does not answer twice', async () => {
    const { clock, engine, lost } = watching({ alive: false })
    await clock.advance(10_000)
    expect(engine.asked).toBe(2)
    expect(lost).toEqual(['backend_failed'])
    await clock.advance(600_000)
    expect(lost).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })

  it('is given up at once when its machine cannot be reached any more', async () => {
    const { clock, line, lost, watch } = watching()
    watch.heard(true)
    line.cut()
    expect(lost).toEqual(['backend_failed'])
    line.cut()
    await clock.advance(600_000)
    expect([lost.length, line.heard, line.left]).toEqual([1, 1, 1])
    expect(clock.pending).toBe(0)
  })

  it('is given up after ten minutes without a word, and after two in the middle of an answer, however alive it seems', async () => {
    const before = watching()
    await before.clock.advance(599_000)
    expect(before.lost).toEqual([])
    await before.clock.advance(20_000)
    expect(before.lost).toEqual(['timeout'])
    const inside = watching()
    inside.watch.heard(true)
    await inside.clock.advance(119_000)
    expect(inside.lost).toEqual([])
    await inside.clock.advance(20_000)
    expect(inside.lost).toEqual(['timeout'])
  })

  it('is not asked while it speaks, nor while nobody listens', async () => {
    const { clock, engine, lost, watch } = watching({ alive: false })
    for (let second = 0; second < 60; second++) {
      await clock.advance(1_000)
      watch.heard(true)
    }
    watch.hold(true)
    await clock.advance(300_000)
    expect(engine.asked).toBe(0)
    watch.hold(false)
    await clock.advance(10_000)
    expect(lost).toEqual(['backend_failed'])
  })

  it('is forgotten when the answer is over', async () => {
    const { clock, engine, watch } = watching({ alive: false })
    watch.stop()
    await clock.advance(60_000)
    expect(engine.asked).toBe(0)
    expect(clock.pending).toBe(0)
  })
})
