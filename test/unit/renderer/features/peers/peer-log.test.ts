import { describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../../../electron/contract/audit.ts'
import { logOf, readPeerLog } from '../../../../../renderer/features/peers/peer-log.ts'
import { auditLog } from '../../../../fixtures/answers.ts'
import { idFor } from '../../../../fixtures/household-peers.ts'

const first = auditLog[0] as AuditEntry
const entry = (seq: number, action: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  ...first,
  ...{ seq, at: seq * 1_000, action, outcome: 'ok', details: {}, actorId: 'peer' },
  ...more,
})

describe('the part of the audit log about one peer', () => {
  it('tells how its key was proved, by the newest admission that says so', () => {
    const proofOf = (...found: AuditEntry[]) => logOf([], found, 'peer').verified
    expect(proofOf(entry(1, 'member.approved', { details: { how: 'code' } }))).toEqual({ how: 'code', at: 1_000 })
    expect(
      proofOf(entry(1, 'member.approved', { details: { how: 'code' } }), entry(2, 'member.readmitted', { details: { how: 'invite' } })),
    ).toEqual({ how: 'invite', at: 2_000 })
    expect(proofOf(entry(1, 'mesh.joined', { details: { how: 'pinned' } }))).toEqual({ how: 'known', at: 1_000 })
  })

  it('calls nothing a proof that was refused or does not say how', () => {
    const proofOf = (...found: AuditEntry[]) => logOf([], found, 'peer').verified
    expect(proofOf(entry(1, 'member.approved', { outcome: 'refused', details: { how: 'code' } }))).toBeNull()
    expect(proofOf(entry(1, 'member.approved'), entry(2, 'member.promoted', { details: { how: 'code' } }))).toBeNull()
    expect(proofOf(entry(1, 'member.approved', { details: { how: 'telepathy' } }))).toBeNull()
  })

  it('knows the last time it used something, and not what was used of it', () => {
    const found = [entry(1, 'capability.used'), entry(2, 'service.used'), entry(3, 'service.used', { actorId: 'somebody' })]
    expect(logOf([], found, 'peer').lastUse?.seq).toBe(2)
    expect(logOf([], [entry(3, 'service.used', { actorId: 'somebody' })], 'peer').lastUse).toBeNull()
  })

  it('asks for this peer only, and shows three lines', async () => {
    const asked: unknown[] = []
    const log = await readPeerLog((name, input) => {
      asked.push(input)
      expect(name).toBe('audit.list')
      return Promise.resolve(auditLog) as never
    }, idFor('mia-laptop'))
    expect(log.recent).toEqual(auditLog.slice(0, 3))
    expect(log.lastUse?.action).toBe('capability.used')
    for (const input of asked) expect(input).toMatchObject({ peer: idFor('mia-laptop') })
  })
})
