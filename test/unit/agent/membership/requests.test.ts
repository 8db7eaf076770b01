import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { createMeshStore, membershipSchema, trustSchema, type MeshStore } from '../../../../electron/agent/membership/mesh-store.ts'
import { createRequests, type Requests } from '../../../../electron/agent/membership/requests.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts'
import { createKeptLog } from '../../../fakes/kept-log.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'

let store: MeshStore
let clock: FakeClock
let requests: Requests
const random = createFakeRandom(1)
const log = createKeptLog()
const open = () => {
  const opened = createRequests({ store, clock, random, log })
  opened.load()
  return opened
}
beforeEach(() => {
  const database = new DatabaseSync(':memory:')
  database.exec(membershipSchema + trustSchema)
  store = createMeshStore(database)
  store.saveMesh({ id: 'mesh', name: 'Home', rootKey: '', role: 'admin', admissions: [], recoveryExportedAt: null, joinedAt: 0 })
  clock = createFakeClock()
  requests = open()
})
const ask = (node: string, name = node) => requests.ask({ mesh: 'mesh', node, publicKey: 'key', name, address: '10.0.0.9', os: null })

describe('requests', () => {
  it('survive a restart', () => {
    const { row } = ask('ben')
    expect(open().pending()).toEqual([row])
  })

  it('are one per node: asking again renews the first', () => {
    const first = ask('ben')
    const second = ask('ben', 'Ben two')
    expect([first.isNew, second.isNew]).toEqual([true, false])
    expect(requests.pending()).toMatchObject([{ id: first.row.id, name: 'Ben two' }])
  })

  it('begin anew when the last one was declined', () => {
    const first = ask('ben')
    requests.decide(first.row.id, 'rejected', null)
    expect(requests.pending()).toEqual([])
    const second = ask('ben')
    expect(second.isNew).toBe(true)
    expect(second.row.id).not.toBe(first.row.id)
    expect(open().pending()).toHaveLength(1)
  })

  it('are at most 32: the oldest gives way, with a note', () => {
    for (let i = 0; i < 40; i++) ask(`node ${i}`)
    expect(requests.pending()).toHaveLength(32)
    expect(requests.pending()[0]?.node).toBe('node 8')
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(8)
  })

  it('cannot be decided twice, nor after a day', async () => {
    const { row } = ask('ben')
    requests.decide(row.id, 'approved', ['a'])
    expect(() => requests.decide(row.id, 'rejected', null)).toThrow(expect.objectContaining({ code: 'not_found' }))
    const late = ask('cleo').row
    await clock.advance(24 * 3_600_000)
    expect(() => requests.undecided(late.id)).toThrow(expect.objectContaining({ code: 'expired' }))
    requests.sweep()
    expect(requests.get(late.id)).toBeUndefined()
    expect(requests.get(row.id)).toBeDefined()
  })

  it('are limited per address, and for all addresses together', async () => {
    const attempts = (address: string, times: number) => {
      let allowed = 0
      for (let i = 0; i < times; i++) {
        try {
          requests.countAttempt(address)
          allowed++
        } catch (error) {
          expect(error).toMatchObject({ code: 'too_many', details: { retryAfter: expect.any(Number) } })
        }
      }
      return allowed
    }
    expect(attempts('10.0.0.1', 50)).toBe(10)
    await clock.advance(10_000)
    expect(attempts('10.0.0.1', 50)).toBe(1)
    let all = 0
    for (let i = 0; i < 100; i++) all += attempts(`10.1.0.${i}`, 5)
    expect(all).toBeLessThanOrEqual(60)
  })

  it('wake a waiting asker when they are decided, and let it go after its time', async () => {
    const { row } = ask('ben')
    const ends: string[] = []
    const { signal } = new AbortController()
    void requests.settled(row.id, 1_000, signal).then(() => ends.push('timed out'))
    await clock.advance(1_000)
    expect(ends).toEqual(['timed out'])
    void requests.settled(row.id, 1_000, signal).then(() => ends.push('decided'))
    requests.decide(row.id, 'approved', [])
    await clock.advance(0)
    expect(ends).toEqual(['timed out', 'decided'])
    expect(clock.pending).toBe(0)
  })
})
