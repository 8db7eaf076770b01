import { describe, expect, it } from 'vitest'
import { nextAsk } from '../../../../electron/agent/discovery/ask-schedule.ts'

const calm = { looking: false, verifying: false }

describe('questions to the network', () => {
  it('come at growing intervals, at least doubling, up to an hour', () => {
    const delays = Array.from({ length: 30 }, (_, asked) => nextAsk(asked, calm).delay)
    expect(delays[0]).toBe(1_000)
    for (const [index, delay] of delays.slice(1).entries()) expect(delay === 3_600_000 || delay >= 2 * (delays[index] ?? 0)).toBe(true)
    expect(delays.at(-1)).toBe(3_600_000)
  })

  it('are at rest, a minute after the start, less than one in 30 seconds', () => {
    let at = 0
    const times = Array.from({ length: 12 }, (_, asked) => (at += nextAsk(asked, calm).delay))
    const later = times.filter((time) => time > 60_000)
    for (const [index, time] of later.slice(1).entries()) expect(time - (later[index] ?? 0)).toBeGreaterThan(30_000)
  })

  it('come often while somebody looks, and a few times to verify a node that moved', () => {
    expect(nextAsk(1_000, { looking: true, verifying: false })).toEqual({ delay: 750, hurried: 350 })
    expect([0, 8, 9].map((asked) => nextAsk(asked, { looking: false, verifying: true }).delay)).toEqual([750, 750, 3_600_000])
  })
})
