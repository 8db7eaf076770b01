import { describe, expect, it } from 'vitest'
import { createNodeStatistics, decay } from '../../../../electron/agent/routing/node-statistics.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

function start() {
  const clock = createFakeClock()
  const statistics = createNodeStatistics({ clock })
  const fail = (times: number) => {
    for (let time = 0; time < times; time++) statistics.failed('a', 1)
  }
  return { clock, statistics, fail }
}

describe('the cost of a node', () => {
  it('is the latency times the requests that would wait', () => {
    const { statistics } = start()
    statistics.answered('a', 99)
    expect(statistics.cost('a', 1)).toBe(100)
    statistics.began('a')
    statistics.began('a')
    expect(statistics.cost('a', 1)).toBe(300)
    statistics.ended('a')
    statistics.ended('a')
    expect(statistics.cost('a', 1)).toBe(100)
  })

  it('rises at once with a peak and falls slowly with better times', async () => {
    const { clock, statistics } = start()
    statistics.answered('a', 10)
    statistics.answered('a', 500)
    expect(statistics.cost('a', 0)).toBe(501)
    statistics.answered('a', 10)
    expect(statistics.cost('a', 0)).toBeCloseTo(501)
    await clock.advance(decay)
    statistics.answered('a', 10)
    expect(statistics.cost('a', 0)).toBeCloseTo(500 / Math.E + 10 * (1 - 1 / Math.E) + 1)
  })

  it('is forgiven when nobody asks, down to what the way takes', async () => {
    const { clock, statistics } = start()
    statistics.answered('a', 2_000)
    await clock.advance(3 * decay)
    expect(statistics.cost('a', 5)).toBeCloseTo(2_000 / Math.E ** 3 + 1)
    await clock.advance(100 * decay)
    expect(statistics.cost('a', 5)).toBe(6)
  })

  it('of one that fails fast is not the lower for it', () => {
    const { statistics } = start()
    statistics.answered('good', 80)
    statistics.failed('a', 1)
    expect(statistics.cost('a', 1)).toBeGreaterThan(statistics.cost('good', 1))
  })

  it('rises while requests wait for a word, before any answer says so', async () => {
    const { clock, statistics } = start()
    statistics.answered('a', 10)
    statistics.began('a')
    await clock.advance(300)
    statistics.began('a')
    await clock.advance(100)
    expect(statistics.cost('a', 1)).toBe((250 + 1) * 3) // they have waited 400 and 100 ms
    statistics.heard('a', 400)
    expect(statistics.cost('a', 1)).toBe((100 + 1) * 3) // a stream that has begun waits no more
    statistics.heard('a', 100)
    statistics.ended('a')
    statistics.ended('a')
    expect(statistics.cost('a', 1)).toBeLessThan(12)
  })

  it('of a stranger is that of its way, else of a slow home network', () => {
    const { statistics } = start()
    expect(statistics.cost('new', 3)).toBe(4)
    expect(statistics.cost('new', null)).toBe(21)
  })
})

describe('a failing node', () => {
  it('is left alone after five failures in a row, not after four', () => {
    const { statistics, fail } = start()
    fail(4)
    expect(statistics.isFailing('a')).toBe(false)
    fail(1)
    expect(statistics.isFailing('a')).toBe(true)
  })

  it('is left alone when most of its answers fail, though not in a row', () => {
    const { statistics, fail } = start()
    for (let round = 0; round < 6; round++) {
      fail(3)
      statistics.answered('a', 1)
    }
    fail(3)
    expect(statistics.isFailing('a')).toBe(true)
  })

  it('is kept when it fails now and then', () => {
    const { statistics, fail } = start()
    for (let round = 0; round < 100; round++) {
      fail(1)
      statistics.answered('a', 1)
      statistics.answered('a', 1)
      expect(statistics.isFailing('a')).toBe(false)
    }
  })

  it('is tried with one request when its time is over: a good answer brings it back, a bad one doubles the time', async () => {
    const { clock, statistics, fail } = start()
    fail(5)
    await clock.advance(999)
    expect(statistics.isFailing('a')).toBe(true)
    await clock.advance(1)
    expect(statistics.isFailing('a')).toBe(false)
    statistics.began('a')
    expect(statistics.isFailing('a')).toBe(true)
    fail(1)
    statistics.ended('a')
    await clock.advance(1_999)
    expect(statistics.isFailing('a')).toBe(true)
    await clock.advance(1)
    statistics.began('a')
    statistics.answered('a', 5)
    statistics.ended('a')
    expect(statistics.isFailing('a')).toBe(false)
    fail(1)
    expect(statistics.isFailing('a')).toBe(false)
  })

  it('whose trial was cancelled is tried again', async () => {
    const { clock, statistics, fail } = start()
    fail(5)
    await clock.advance(1_000)
    statistics.began('a')
    statistics.ended('a')
    expect(statistics.isFailing('a')).toBe(false)
  })
})

describe('what is kept', () => {
  it('is bounded, and never what is under way', () => {
    const { statistics } = start()
    statistics.began('busy')
    for (let count = 0; count < 10_000; count++) statistics.answered(`n${count}`, 5)
    expect(statistics.underWay('busy')).toBe(1)
    expect(statistics.cost('n0', 1)).toBe(2)
    expect(statistics.cost('n9999', 1)).toBe(6)
  })
})
