import { describe, expect, it } from 'vitest'
import { createHealth } from '../../../electron/agent/health.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

const warning = (code: string, more: object = {}) => ({
  ...{ code, severity: 'warning' as const, title: code, text: code, action: null, ...more },
})

function listening() {
  const clock = createFakeClock()
  const health = createHealth({ clock })
  const seen = { changes: 0 }
  health.changed.subscribe(() => void (seen.changes += 1))
  return { clock, health, seen, codes: () => health.list().map(({ code }) => code) }
}

describe('the list of warnings', () => {
  it('has each code once, with the time it was raised first and its newest words', async () => {
    const { clock, health } = listening()
    health.raise(warning('a'))
    const since = clock.now()
    await clock.advance(1_000)
    health.raise({ ...warning('a'), title: 'new words' })
    expect(health.list()).toMatchObject([{ code: 'a', title: 'new words', since }])
  })

  it('shows a warning with a delay only when it lasts, also when it is raised again meanwhile', async () => {
    const { clock, health, codes, seen } = listening()
    health.raise(warning('blip', { delay: 5_000 }))
    await clock.advance(4_900)
    health.raise(warning('blip', { delay: 5_000 }))
    expect(codes()).toEqual([])
    await clock.advance(100)
    expect(codes()).toEqual(['blip'])
    expect(seen.changes).toBe(1)
  })

  it('tells nobody of a blip', async () => {
    const { clock, health, codes, seen } = listening()
    health.raise(warning('blip', { delay: 5_000 }))
    await clock.advance(3_000)
    health.clear('blip')
    await clock.advance(60_000)
    expect([codes(), seen.changes, clock.pending]).toEqual([[], 0, 0])
  })

  it('hides consequences while their cause is shown, and no longer', async () => {
    const { clock, health, codes } = listening()
    health.raise(warning('effect', { dependsOn: ['cause'] }))
    health.raise(warning('cause', { delay: 1_000 }))
    expect(codes()).toEqual(['effect'])
    await clock.advance(1_000)
    expect(codes()).toEqual(['cause'])
    health.clear('cause')
    expect(codes()).toEqual(['effect'])
  })
})
