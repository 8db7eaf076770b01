import { describe, expect, it } from 'vitest'
import { createFailedAttempts } from '../../../../electron/agent/api/failed-attempts.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createMemoryAudit } from '../../../fakes/memory-audit.ts'

function open() {
  const [clock, audit] = [createFakeClock(), createMemoryAudit()]
  const lines = () => audit.recorded.map(({ actor, details }) => [actor, details?.['attempts']])
  return { clock, audit, lines, attempts: createFailedAttempts({ clock, audit }) }
}

describe('wrong keys', () => {
  it('are ten at once, then one in ten seconds, for each address', async () => {
    const { clock, attempts } = open()
    for (let count = 0; count < 10; count++) {
      attempts.check('a')
      attempts.count('a')
    }
    expect(() => attempts.check('a')).toThrow(expect.objectContaining({ code: 'too_many', details: { retryAfter: 10 } }))
    attempts.check('b')
    await clock.advance(10_000)
    attempts.check('a')
  })

  it('are written down: the first at once, those of the next minute as one line', async () => {
    const { clock, attempts, audit, lines } = open()
    attempts.count('a')
    expect(audit.recorded).toEqual([{ action: 'key.refused', actor: 'a', actorId: 'a', outcome: 'refused', details: { attempts: 1 } }])
    for (let count = 0; count < 11; count++) attempts.count('a')
    expect(() => attempts.check('a')).toThrow()
    attempts.count('b')
    await clock.advance(60_000)
    expect(lines()).toEqual([
      ['a', 1],
      ['b', 1],
      ['a', 12],
    ])
    await clock.advance(600_000)
    attempts.count('a')
    expect(lines()).toHaveLength(4)
  })

  it('from many addresses do not fill the log', async () => {
    const { clock, attempts, lines } = open()
    for (let index = 0; index < 3_000; index++) attempts.count(`address ${index}`)
    await clock.advance(60_000)
    expect(lines()).toHaveLength(1_002)
    expect(lines().at(-1)).toEqual(['other addresses', 1_999])
  })
})
