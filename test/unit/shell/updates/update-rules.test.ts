import { describe, expect, it } from 'vitest'
import {
  afterFailure,
  isFinal,
  nothingTried,
  settled,
  startsQuietly,
  times,
  updateMemory,
  waitsFor,
} from '../../../../electron/shell/updates/update-rules.ts'

const begun = { from: '1.0.0', to: '1.1.0', windowOpen: false }

describe('a version that fails', () => {
  it('is tried three times and not a fourth', () => {
    let memory = nothingTried
    const finals = [1, 2, 3].map(() => isFinal((memory = afterFailure(memory, '1.1.0', 'no room')), '1.1.0'))
    expect(finals).toEqual([false, false, true])
    expect(memory.failed).toEqual({ version: '1.1.0', times: 3, problem: 'no room' })
  })

  it('says nothing about the next version', () => {
    const memory = [1, 2, 3].reduce((before) => afterFailure(before, '1.1.0', 'no room'), nothingTried)
    expect(isFinal(memory, '1.2.0')).toBe(false)
    expect(afterFailure(memory, '1.2.0', 'no room').failed?.times).toBe(1)
  })

  it('fits into its file however long it complains', () => {
    expect(updateMemory.safeParse(afterFailure(nothingTried, '1.1.0', 'x'.repeat(10_000))).success).toBe(true)
  })
})

describe('a start after an installation', () => {
  it('as the new version forgets everything', () => {
    expect(settled({ failed: { version: '1.1.0', times: 2, problem: 'x' }, begun }, '1.1.0')).toEqual(nothingTried)
  })

  it('as the old one counts as a failure of the new one', () => {
    expect(settled({ failed: null, begun }, '1.0.0')).toMatchObject({ failed: { version: '1.1.0', times: 1 }, begun: null })
  })

  it('as a third one, put there by a person, is no failure', () => {
    expect(settled({ failed: null, begun }, '2.0.0')).toEqual(nothingTried)
  })

  it('shows no window when none was open, and only after an update that worked', () => {
    expect(startsQuietly({ failed: null, begun }, '1.1.0')).toBe(true)
    expect(startsQuietly({ failed: null, begun: { ...begun, windowOpen: true } }, '1.1.0')).toBe(false)
    expect(startsQuietly({ failed: null, begun }, '1.0.0')).toBe(false)
    expect(startsQuietly(nothingTried, '1.1.0')).toBe(false)
  })
})

describe('an installation', () => {
  const free = { asked: false, automatic: true, inUse: false, windowOpen: false, quietFor: times.quiet }

  it('begins unasked when nobody uses the node and the window is closed', () => {
    expect(waitsFor(free)).toBeNull()
  })

  it.each([
    ['peers', { inUse: true }],
    ['person', { automatic: false }],
    ['window', { windowOpen: true }],
    ['quiet', { quietFor: times.quiet - 1 }],
  ] as const)('waits for %s', (wait, facts) => {
    expect(waitsFor({ ...free, ...facts })).toBe(wait)
  })

  it('is never begun while peers use the node, whoever asks', () => {
    expect(waitsFor({ ...free, asked: true, inUse: true })).toBe('peers')
  })

  it('is begun at once for a person when nobody uses the node', () => {
    expect(waitsFor({ asked: true, automatic: false, inUse: false, windowOpen: true, quietFor: 0 })).toBeNull()
  })
})
