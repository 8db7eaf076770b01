import { describe, expect, it } from 'vitest'
import { createFailedAttempts } from '../../../../electron/agent/api/failed-attempts.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

describe('wrong keys', () => {
  it('are ten at once, then one in ten seconds, for each address', async () => {
    const clock = createFakeClock()
    const attempts = createFailedAttempts({ clock })
    for (let count = 0; count < 10; count++) {
      attempts.check('a')
      attempts.count('a')
    }
    expect(() => attempts.check('a')).toThrow(expect.objectContaining({ code: 'too_many', details: { retryAfter: 10 } }))
    attempts.check('b')
    await clock.advance(10_000)
    attempts.check('a')
  })
})
