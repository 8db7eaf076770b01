import { describe, expect, it } from 'vitest'
import type { AuditLog } from '../../../../electron/agent/components.ts'
import { createUsage } from '../../../../electron/agent/routing/usage.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

function watched() {
  const lines: Parameters<AuditLog['record']>[0][] = []
  const clock = createFakeClock()
  return { lines, clock, usage: createUsage({ audit: { record: (entry) => void lines.push(entry) }, clock }) }
}
const by = (id: string, service = 'box') => ({
  peer: { id, name: `name of ${id}` },
  wanted: { kind: 'service', service } as const,
  label: 'Box',
})

describe('usage', () => {
  it('is one line per peer and thing for each minute of use', async () => {
    const { usage, lines, clock } = watched()
    usage.add(by('a'), { bytesIn: 1, bytesOut: 10 })
    usage.add(by('a'), { bytesIn: 2, bytesOut: 20 })
    usage.add(by('b'), { bytesIn: 4, bytesOut: 40 })
    expect(lines).toEqual([])
    await clock.advance(60_000)
    expect(lines).toMatchObject([
      { action: 'service.used', actor: 'name of a', actorId: 'a', subjectId: 'box', details: { requests: 2, bytesIn: 3, bytesOut: 30 } },
      { actorId: 'b', details: { requests: 1, bytesIn: 4, bytesOut: 40 } },
    ])
    await clock.advance(600_000)
    expect(lines).toHaveLength(2)
    usage.add({ ...by('a'), wanted: { kind: 'capability', capability: 'ai' }, label: 'ai' }, { bytesIn: 0, bytesOut: 0 })
    await clock.advance(60_000)
    expect(lines[2]).toMatchObject({ action: 'capability.used', subject: 'ai', subjectId: 'ai' })
  })

  it('is written at once when asked, and nothing twice', async () => {
    const { usage, lines, clock } = watched()
    usage.add(by('a'), { bytesIn: 1, bytesOut: 1 })
    usage.flush()
    await clock.advance(120_000)
    expect(lines).toHaveLength(1)
  })

  it('counts what was refused apart from what was served, by its reason', () => {
    const { usage, lines } = watched()
    usage.add(by('a'), { bytesIn: 1, bytesOut: 1 })
    for (const code of ['not_granted', 'not_granted', 'not_member'] as const) usage.refuse(by('a'), code)
    usage.flush()
    expect(lines.map(({ outcome, details }) => ({ outcome, details }))).toEqual([
      { outcome: 'ok', details: { requests: 1, bytesIn: 1, bytesOut: 1 } },
      { outcome: 'refused', details: { requests: 2, code: 'not_granted' } },
      { outcome: 'refused', details: { requests: 1, code: 'not_member' } },
    ])
  })

  it('holds a bounded number of sums', () => {
    const { usage, lines } = watched()
    for (let index = 0; index < 2_500; index++) usage.add(by(`peer ${index}`), { bytesIn: 0, bytesOut: 0 })
    expect(lines.length).toBe(2_000)
  })
})
