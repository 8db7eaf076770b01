import { describe, expect, it } from 'vitest'
import { createPaced } from '../../../../renderer/store/paced.ts'

/** Time that moves only when told to, and at most one thing to be called later. */
function standingTime() {
  let now = 0
  let due: { at: number; run: () => void } | null = null
  return {
    now: () => now,
    later(run: () => void, delay: number) {
      due = { at: now + delay, run }
      return () => {
        due = null
      }
    },
    pass(ms: number) {
      now += ms
      if (due === null || due.at > now) return
      const { run } = due
      due = null
      run()
    },
  }
}

describe('a state that changes faster than anybody reads', () => {
  const setUp = () => {
    const time = standingTime()
    const shown: number[] = []
    return { time, shown, paced: createPaced((value: number) => shown.push(value), 100, time) }
  }

  it('is shown at once after a rest', () => {
    const { time, shown, paced } = setUp()
    paced.put(1)
    time.pass(100)
    paced.put(2)
    expect(shown).toEqual([1, 2])
  })

  it('is shown at most once an interval, then the newest, and never older than an interval', () => {
    const { time, shown, paced } = setUp()
    for (let value = 0; value < 50; value++) {
      paced.put(value)
      time.pass(20)
    }
    expect(shown[0]).toBe(0)
    expect(shown).toHaveLength(11)
    expect(shown.at(-1)).toBe(49)
  })

  it('is shown without waiting when asked to, once', () => {
    const { time, shown, paced } = setUp()
    paced.put(1)
    paced.put(2)
    paced.flush()
    time.pass(1_000)
    paced.flush()
    expect(shown).toEqual([1, 2])
  })

  it('is not shown after the end', () => {
    const { time, shown, paced } = setUp()
    paced.put(1)
    paced.put(2)
    paced.stop()
    time.pass(1_000)
    expect(shown).toEqual([1])
  })
})
