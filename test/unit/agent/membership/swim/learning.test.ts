import { describe, expect, it } from 'vitest'
import { createLearning } from '../../../../../electron/agent/membership/swim/learning.ts'
import { guardRules } from '../../../../../electron/agent/membership/swim/rules.ts'
import { noFacts } from '../../../../../electron/agent/membership/swim/state/member.ts'
import { createSwimParts, self } from '../../../../fakes/swim-parts.ts'

const node = 'NODE-0'
const heard = { from: 'NODE-1', spread: true }

function setUp() {
  const parts = createSwimParts()
  const settled: string[] = []
  const outdated: number[] = []
  const forged: string[] = []
  const learning = createLearning({
    ...parts,
    settled: (one) => void settled.push(one),
    outdated: (version) => void outdated.push(version),
    forged: (from) => void forged.push(from),
  })
  const { signatures } = parts
  return {
    ...parts,
    learning,
    settled,
    outdated,
    forged,
    statement: (incarnation: number, gone = false) => signatures.statement({ node, incarnation, gone }),
    record: (version: number, of = node, left = false) => signatures.record({ node: of, version, left }, 0),
  }
}

describe('learning', () => {
  it('keeps the newest record and tells others that it is there', () => {
    const { learning, table, gossip, record } = setUp()
    void learning.learn({ ...noFacts(node), record: record(6) }, heard)
    void learning.learn({ ...noFacts(node), record: record(4) }, heard)
    expect(table.get(node)?.record?.version).toBe(6)
    expect(gossip.along()).toEqual([{ kind: 'have', node, version: 6 }])
  })

  it('keeps nothing that was altered, and does not listen for long to who brings it', () => {
    const { learning, table, guard, forged, record } = setUp()
    for (let version = 4; version < 4 + guardRules.strikes; version++)
      void learning.learn({ ...noFacts(node), record: { ...record(version), version: version + 100 } }, heard)
    expect(table.get(node)?.record?.version).toBe(2)
    expect(guard.allowsMessage('NODE-1')).toBe(false)
    expect(forged).toEqual(Array.from({ length: guardRules.strikes }, () => 'NODE-1'))
  })

  it('holds a member for online again that refutes', () => {
    const { learning, table, member, settled, statement } = setUp()
    table.put(member(node, { verdict: 'offline' }))
    void learning.learn({ ...noFacts(node), statement: statement(2) }, heard)
    expect(table.get(node)?.state).toBe('online')
    expect(settled).toEqual([node])
  })

  it('holds a member for offline that says that it stops', () => {
    const { learning, table, statement } = setUp()
    void learning.learn({ ...noFacts(node), statement: statement(2, true) }, heard)
    expect(table.get(node)?.state).toBe('offline')
  })

  it('takes no statement of somebody without a record', () => {
    const { learning, table, signatures } = setUp()
    void learning.learn({ ...noFacts('NEW'), statement: signatures.statement({ node: 'NEW', incarnation: 1, gone: false }) }, heard)
    expect(table.get('NEW')).toBeUndefined()
  })

  it('starts with the belief of the giver about a member that is new to us', () => {
    const { learning, table, record } = setUp()
    void learning.learn({ ...noFacts('NEW'), record: record(2, 'NEW') }, { ...heard, spread: false, offline: true })
    expect(table.get('NEW')?.state).toBe('offline')
  })

  it('never takes back a removal for a record of the same admission', () => {
    const { learning, table, signatures, record } = setUp()
    void learning.learn({ ...noFacts(node), notice: signatures.notice({ node, version: 1 }, 0) }, heard)
    void learning.learn({ ...noFacts(node), record: record(1_000) }, heard)
    expect(table.get(node)?.state).toBe('removed')
  })

  it('reports a record of our own that is newer than ours', () => {
    const { learning, outdated, record } = setUp()
    void learning.learn({ ...noFacts(self), record: record(9, self) }, heard)
    expect(outdated).toEqual([9])
  })

  it('outdoes a statement of an earlier life', () => {
    const { learning, ownLife, signatures } = setUp()
    void learning.learn({ ...noFacts(self), statement: signatures.statement({ node: self, incarnation: 30, gone: true }) }, heard)
    expect(ownLife.statement()).toMatchObject({ incarnation: 31, gone: false })
  })

  it('remembers so many members and no more', () => {
    const { learning, table, record } = setUp()
    for (let index = 0; index <= guardRules.members; index++)
      void learning.learn({ ...noFacts(`MANY-${index}`), record: record(2, `MANY-${index}`) }, { ...heard, spread: false })
    expect(table.size).toBe(guardRules.members)
  })
})
