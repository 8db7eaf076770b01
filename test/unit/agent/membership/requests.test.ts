import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { createMeshStore, membershipSchema, trustSchema, type MeshStore } from '../../../../electron/agent/membership/mesh-store.ts'
import { createRequests, type Requests } from '../../../../electron/agent/membership/requests.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts'

let store: MeshStore
let clock: FakeClock
let requests: Requests
let crowdedOut: string[]
let count = 0
const open = () => {
  const opened = createRequests({ store, clock, onCrowded: ({ node }) => crowdedOut.push(node) })
  opened.load()
  return opened
}
beforeEach(() => {
  const database = new DatabaseSync(':memory:')
  database.exec(membershipSchema + trustSchema)
  store = createMeshStore(database)
  store.saveMesh({ id: 'mesh', name: 'Home', rootKey: '', role: 'admin', admissions: [], recoveryExportedAt: null, joinedAt: 0 })
  clock = createFakeClock()
  crowdedOut = []
  requests = open()
})
const ask = (node: string, code: string | null = '123456') =>
  requests.add({
    id: `request ${count++}`,
    mesh: 'mesh',
    node,
    publicKey: 'key',
    name: node,
    address: '10.0.0.9',
    os: null,
    code,
    invite: null,
  })
const rejected = { state: 'rejected', codesDiffer: false } as const

describe('requests', () => {
  it('survive a restart', () => {
    const { row } = ask('ben')
    expect(open().pending()).toEqual([row])
  })

  it('are one per node: asking again takes the place of the first', () => {
    const first = ask('ben')
    const second = ask('ben', '654321')
    expect(second.earlier).toEqual(first.row)
    expect(requests.pending()).toEqual([second.row])
    expect(open().pending()).toEqual([second.row])
  })

  it('from before there were codes are forgotten', () => {
    ask('ben', null)
    expect(open().pending()).toEqual([])
    expect(store.requests()).toEqual([])
  })

  it('are at most 32: the oldest gives way, with a note', () => {
    for (let i = 0; i < 40; i++) ask(`node ${i}`)
    expect(requests.pending()).toHaveLength(32)
    expect(requests.pending()[0]?.node).toBe('node 8')
    expect(crowdedOut).toEqual(['node 0', 'node 1', 'node 2', 'node 3', 'node 4', 'node 5', 'node 6', 'node 7'])
  })

  it('cannot be decided twice, nor after a day', async () => {
    const { row } = ask('ben')
    requests.decide(row.id, { state: 'approved', admissions: ['a'] })
    expect(() => requests.decide(row.id, rejected)).toThrow(expect.objectContaining({ code: 'not_found' }))
    const late = ask('cleo').row
    await clock.advance(24 * 3_600_000)
    expect(() => requests.undecided(late.id)).toThrow(expect.objectContaining({ code: 'expired' }))
    requests.sweep()
    expect(requests.get(late.id)).toBeUndefined()
    expect(requests.get(row.id)).toBeDefined()
  })

  it('wake a waiting asker when they are decided, and let it go after its time', async () => {
    const { row } = ask('ben')
    const ends: string[] = []
    const { signal } = new AbortController()
    void requests.settled(row.id, 1_000, signal).then(() => ends.push('timed out'))
    await clock.advance(1_000)
    expect(ends).toEqual(['timed out'])
    void requests.settled(row.id, 1_000, signal).then(() => ends.push('decided'))
    requests.decide(row.id, { state: 'approved', admissions: [] })
    await clock.advance(0)
    expect(ends).toEqual(['timed out', 'decided'])
    expect(clock.pending).toBe(0)
  })
})
