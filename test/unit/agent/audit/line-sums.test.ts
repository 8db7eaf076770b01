import { describe, expect, it } from 'vitest'
import { createLineSums, type Line } from '../../../../electron/agent/audit/line-sums.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createMemoryAudit } from '../../../fakes/memory-audit.ts'

const minute = 60_000
const knock = (address = '192.168.1.77'): Line => ({
  action: 'request.refused',
  actor: address,
  actorId: null,
  outcome: 'refused',
  details: { code: 'unauthorized', address },
})

const setUp = () => {
  const clock = createFakeClock()
  const audit = createMemoryAudit()
  const counts = () => audit.recorded.map(({ details }) => details?.['count'])
  return { clock, audit, counts, sums: createLineSums({ audit, clock }) }
}

describe('sums of lines', () => {
  it('write the first of a kind at once and the rest a minute later', async () => {
    const { sums, clock, audit } = setUp()
    const begin = clock.now()
    sums.add(knock())
    await clock.advance(1000)
    for (let n = 0; n < 41; n++) sums.add(knock())
    expect(audit.recorded).toEqual([{ ...knock(), details: { ...knock().details, count: 1, since: begin } }])
    await clock.advance(minute)
    expect(audit.recorded[1]).toEqual({ ...knock(), details: { ...knock().details, count: 41, since: begin + 1000 } })
    await clock.advance(10 * minute)
    expect(audit.recorded).toHaveLength(2)
    expect(clock.pending).toBe(0)
  })

  it('write one line a minute while it goes on, and start anew after a quiet minute', async () => {
    const { sums, clock, counts } = setUp()
    for (let n = 0; n < 9; n++) {
      sums.add(knock())
      await clock.advance(20_000)
    }
    expect(counts()).toEqual([1, 2, 3, 3])
    await clock.advance(5 * minute)
    sums.add(knock())
    expect(counts()).toEqual([1, 2, 3, 3, 1])
  })

  it('write what is left when they are stopped', async () => {
    const { sums, counts, clock } = setUp()
    for (let n = 0; n < 5; n++) sums.add(knock())
    await sums.stop()
    expect(counts()).toEqual([1, 4])
    expect(clock.pending).toBe(0)
  })

  it('count what is beyond 64 kinds together', async () => {
    const { sums, clock, audit } = setUp()
    for (let n = 0; n < 1000; n++) sums.add(knock(`10.0.0.${n}`))
    await clock.advance(minute)
    expect(audit.recorded).toHaveLength(65)
    expect(audit.recorded.at(-1)).toMatchObject({ action: 'request.refused', details: { others: true, count: 936 } })
  })

  it('lose no count and write few lines, however long a flood from everywhere lasts', async () => {
    const { sums, clock, audit } = setUp()
    let address = 0
    const days = 3
    for (let n = 0; n < days * 24 * 60; n++) {
      for (let k = 0; k < 5; k++) sums.add(knock(`10.0.0.${address++}`))
      await clock.advance(minute)
    }
    expect(audit.recorded.length).toBeLessThan(100 + days * 24 * 6 + 1)
    await sums.stop()
    const total = audit.recorded.reduce((sum, { details }) => sum + Number(details?.['count']), 0)
    expect(total).toBe(address)
  })
})
