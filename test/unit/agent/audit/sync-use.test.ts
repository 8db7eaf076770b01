import { describe, expect, it } from 'vitest'
import { createLineSums } from '../../../../electron/agent/audit/line-sums.ts'
import { createSyncUse } from '../../../../electron/agent/audit/sync-use.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createMemoryAudit } from '../../../fakes/memory-audit.ts'

const caller = { kind: 'plain', address: '192.168.1.9', loopback: false } as const
const token = { id: 't1', name: 'Grandma’s box', createdAt: 0, lastUsedAt: null, lastUsedFrom: null }
const nothing = { added: 0, updated: 3, skipped: 0 }

describe('the audit log of hub sync', () => {
  it('names the token, the address and what a sync brought', () => {
    const audit = createMemoryAudit()
    createSyncUse({ audit, sums: createLineSums({ audit, clock: createFakeClock() }) }).synced(caller, token, { ...nothing, added: 2 })
    expect(audit.recorded).toEqual([
      {
        ...{ action: 'mesh.synced', actor: 'Grandma’s box', actorId: 't1', outcome: 'ok' },
        details: { address: '192.168.1.9', added: 2, updated: 3, skipped: 0 },
      },
    ])
  })

  it('cannot be filled by syncing in a loop', async () => {
    const [audit, clock] = [createMemoryAudit(), createFakeClock()]
    const sums = createLineSums({ audit, clock })
    const use = createSyncUse({ audit, sums })
    for (let times = 0; times < 500; times++) use.synced(caller, null, nothing)
    await clock.advance(60_000)
    await sums.stop()
    expect(audit.recorded).toMatchObject([
      { action: 'mesh.synced', actor: 'Router API key', details: { count: 1 } },
      { action: 'mesh.synced', details: { count: 499 } },
    ])
  })
})
