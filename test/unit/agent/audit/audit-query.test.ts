import { beforeEach, describe, expect, it } from 'vitest'
import type { CallArgs } from '../../../../electron/contract/calls.ts'
import { auditStatement } from '../../../../electron/agent/audit/audit-query.ts'
import { createAuditDatabase } from '../../../fakes/audit-database.ts'

const mia = 'K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ'
let store: ReturnType<typeof createAuditDatabase>
let start: number

beforeEach(async () => {
  store = createAuditDatabase()
  const { audit, clock } = store
  start = clock.now()
  audit.record({ action: 'mesh.created', actor: 'attic', actorId: 'A', subject: 'Maple 100% Street', outcome: 'ok' })
  await clock.advance(1000)
  audit.record({ action: 'member.approved', actor: 'attic', actorId: 'A', subject: 'mia', subjectId: mia, outcome: 'ok' })
  await clock.advance(1000)
  audit.record({ action: 'member_x', actor: 'Mia', actorId: mia, subject: 'files', outcome: 'refused' })
  await clock.advance(1000)
  audit.record({ action: 'peer.forgotten', actor: 'attic', subject: 'old', subjectId: 'http://192.168.1.9:3000', outcome: 'failed' })
})

const found = (query: Partial<CallArgs<'audit.list'>>) => store.audit.list({ limit: 10, ...query }).map(({ seq }) => seq)

describe('the filters of the audit log', () => {
  it.each([
    ['everything', {}, [4, 3, 2, 1]],
    ['the beginning of an action', { action: 'member.' }, [2]],
    ['a whole action', { action: 'mesh.created' }, [1]],
    ['an outcome', { outcome: 'refused' }, [3]],
    ['a node on either side, by id', { peer: mia }, [3, 2]],
    ['a node on either side, by name', { peer: 'MIA' }, [3, 2]],
    ['a legacy peer', { peer: 'http://192.168.1.9:3000' }, [4]],
    ['a part of a name', { text: 'maple' }, [1]],
    ['a sign that means something to LIKE', { text: '0% s' }, [1]],
    ['no other sign in its place', { text: '0_' }, []],
    ['several together', { action: 'm', peer: mia, outcome: 'ok' }, [2]],
    ['what is before an entry', { before: 3, text: 'mia' }, [2]],
  ] as const)('find %s', (_what, query, seqs) => {
    expect(found(query)).toEqual(seqs)
  })

  it('find what happened in a time, both ends included', () => {
    expect(found({ since: start + 1000, until: start + 2000 })).toEqual([3, 2])
  })

  it.each([{ action: 'member.' }, { outcome: 'refused' }, { peer: mia }, { before: 3 }] as const)('look %j up in an index', (query) => {
    const { sql, values } = auditStatement({ limit: 10, ...query })
    const plan = store.database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[]
    expect(plan.map(({ detail }) => detail).join('\n')).toMatch(/USING (INDEX|INTEGER PRIMARY KEY)/u)
  })
})
