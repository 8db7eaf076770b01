import { beforeEach, describe, expect, it } from 'vitest'
import { race } from '../../../../electron/agent/transport/race.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts'

const going = () => new AbortController().signal

let clock: FakeClock
beforeEach(() => void (clock = createFakeClock()))

/** Ways that answer or fail when the test says so. */
function track() {
  const tries = new Map<string, { at: number; signal: AbortSignal; work: (result: string) => void; fail: (error: Error) => void }>()
  const discarded: string[] = []
  const failures: string[] = []
  const parts = {
    clock,
    run: (url: string, signal: AbortSignal) =>
      new Promise<string>((work, fail) => {
        tries.set(url, { at: clock.monotonic(), signal, work, fail })
      }),
    discard: (result: string) => void discarded.push(result),
    failed: (url: string) => void failures.push(url),
  }
  const begun = () => [...tries].map(([url, { at }]) => [url, at])
  return { parts, tries, discarded, failures, begun }
}

describe('a race of addresses', () => {
  it('begins them in order, each with a head start of 250 ms', async () => {
    const { parts, begun, tries } = track()
    const result = race(['a', 'b', 'c'], parts, going())
    await clock.advance(1_000)
    expect(begun()).toEqual([
      ['a', 0],
      ['b', 250],
      ['c', 500],
    ])
    tries.get('b')?.work('over b')
    expect(await result).toEqual({ url: 'b', result: 'over b' })
    expect(clock.pending).toBe(0)
  })

  it('goes on at once after a failure, which gives the next one a whole head start', async () => {
    const { parts, begun, tries, failures } = track()
    const result = race(['a', 'b', 'c'], parts, going())
    await clock.advance(100)
    tries.get('a')?.fail(new Error('refused'))
    await clock.advance(249)
    expect(begun()).toEqual([
      ['a', 0],
      ['b', 100],
    ])
    await clock.advance(1)
    expect(begun()).toHaveLength(3)
    tries.get('c')?.work('over c')
    expect(await result).toMatchObject({ url: 'c' })
    expect(failures).toEqual(['a'])
  })

  it('begins nothing more once one has won, gives the others up and discards what comes too late', async () => {
    const { parts, begun, tries, discarded, failures } = track()
    const result = race(['a', 'b', 'c'], parts, going())
    await clock.advance(250)
    tries.get('b')?.work('over b')
    await result
    expect(tries.get('a')?.signal.aborted).toBe(true)
    tries.get('a')?.work('over a')
    await clock.advance(10_000)
    expect(begun()).toHaveLength(2)
    expect(discarded).toEqual(['over a'])
    expect(failures).toEqual([])
  })

  it('tells no failure of one that lost', async () => {
    const { parts, tries, failures } = track()
    const result = race(['a', 'b'], parts, going())
    await clock.advance(250)
    tries.get('b')?.work('over b')
    await result
    tries.get('a')?.fail(new Error('given up'))
    await clock.advance(1_000)
    expect(failures).toEqual([])
  })

  it('gives null when all have failed, and at once when there are none', async () => {
    const { parts, tries, failures } = track()
    const result = race(['a', 'b'], parts, going())
    await clock.advance(250)
    tries.get('a')?.fail(new Error('refused'))
    await clock.advance(1)
    tries.get('b')?.fail(new Error('refused'))
    expect(await result).toBeNull()
    expect(failures).toEqual(['a', 'b'])
    expect(await race([], parts, going())).toBeNull()
    expect(clock.pending).toBe(0)
  })

  it('ends with the reason of the caller, and discards what comes after that', async () => {
    const { parts, tries, discarded } = track()
    const caller = new AbortController()
    const result = race(['a', 'b'], parts, caller.signal)
    caller.abort(new Error('changed its mind'))
    await expect(result).rejects.toThrow('changed its mind')
    expect(tries.get('a')?.signal.aborted).toBe(true)
    tries.get('a')?.work('over a')
    await clock.advance(1_000)
    expect(discarded).toEqual(['over a'])
    expect(tries.size).toBe(1)
    await expect(race(['c'], parts, caller.signal)).rejects.toThrow('changed its mind')
    expect(tries.size).toBe(1)
  })
})
