import { expect, it } from 'vitest'
import { createHealth } from '../../../../electron/agent/health.ts'
import { createJoinNotes } from '../../../../electron/agent/membership/join-notes.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createMemoryAudit } from '../../../fakes/memory-audit.ts'

it('a warning that codes differed stays for a day after the last time', async () => {
  const clock = createFakeClock()
  const health = createHealth({ clock })
  const self = { id: 'A', name: 'anna' }
  const notes = createJoinNotes({ audit: createMemoryAudit(), health, clock, self: () => self, meshName: () => 'Home' })
  const differ = () => notes.codesDiffered({ id: 'B', name: 'ben' }, { told: self, mesh: 'Home' })
  differ()
  await clock.advance(12 * 3_600_000)
  differ()
  await clock.advance(23 * 3_600_000)
  notes.sweep()
  expect(health.list()).toMatchObject([{ code: 'codes_differed', severity: 'warning' }])
  await clock.advance(3_600_000)
  notes.sweep()
  expect(health.list()).toEqual([])
})

it('refusals of a flood get few lines of their own', async () => {
  const clock = createFakeClock()
  const audit = createMemoryAudit()
  const notes = createJoinNotes({
    audit,
    health: createHealth({ clock }),
    clock,
    self: () => ({ id: 'A', name: 'anna' }),
    meshName: () => 'Home',
  })
  const flood = () => {
    for (let i = 0; i < 1_000; i++) {
      const caller = { kind: 'node', id: `M${i}`, publicKey: '', address: `203.0.113.${i % 256}` } as const
      notes.refused(caller, 'mallory', 'too_many')
      notes.inviteRefused(caller, 'mallory', 'invite_unknown')
    }
  }
  flood()
  expect(audit.recorded).toHaveLength(100)
  await clock.advance(3_600_000)
  flood()
  expect(audit.recorded).toHaveLength(106)
})
