import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChange, change, diffSnapshots, type Patch, patch } from '../../../electron/contract/patch.ts'
import type { Snapshot } from '../../../electron/contract/snapshot.ts'
import { capabilityView, meshView, nodeView, peerView, serviceView, snapshotOf } from '../../fixtures/views.ts'

const id = fc.oneof(fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', 'toString', ''), fc.string({ maxLength: 3 }))
const text = fc.string({ maxLength: 3 })

/** Objects by id that keep `__proto__` as an ordinary key, as JSON.parse does. */
const byId = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(id, value), { maxLength: 5 }).map((entries) => {
    const record: Record<string, T> = {}
    for (const [key, entry] of entries) {
      Object.defineProperty(record, key, { value: entry, enumerable: true, configurable: true, writable: true })
    }
    return record
  })

const snapshots: fc.Arbitrary<Snapshot> = fc
  .record({
    node: fc.record({ name: text, urls: fc.array(text, { maxLength: 2 }) }).map(nodeView),
    settings: fc
      .record({ name: text, port: fc.option(fc.nat(3), { nil: undefined }) })
      .map((some) => ({ ...snapshotOf().settings, ...some })),
    meshes: byId(fc.record({ name: text }).map(meshView)),
    peers: byId(
      fc.record({ name: text, state: fc.constantFrom('online', 'offline'), meshes: fc.array(text, { maxLength: 2 }) }).map(peerView),
    ),
    capabilities: byId(fc.record({ enabled: fc.boolean() }).map(capabilityView)),
    services: byId(fc.record({ port: fc.nat(3) }).map(serviceView)),
  })
  .map(snapshotOf)

const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown

/** What arrives at a face after the change has crossed a wire. */
const afterWire = (patches: Patch[], revision = 2, epoch = 'epoch-1') => change.parse(json({ epoch, revision, patches }))

describe('snapshot patches', () => {
  it('carry a change of every part of the state', () => {
    const before = snapshotOf()
    const parts = Object.keys(before).filter((key) => key !== 'epoch' && key !== 'revision')
    const silent = parts.filter((key) => diffSnapshots(before, { ...before, [key]: { new: { id: 'new' } } }).length === 0)
    expect(silent).toEqual([])
  })

  it('turn the one snapshot into the other, over a wire too', () => {
    fc.assert(
      fc.property(snapshots, snapshots, (before, after) => {
        const applied = applyChange(before, afterWire(diffSnapshots(before, after)))
        expect(json(applied)).toEqual(json({ ...after, revision: 2 }))
      }),
    )
  })

  it('are none between equal snapshots, and never touch what did not change', () => {
    fc.assert(
      fc.property(snapshots, (before) => {
        expect(diffSnapshots(before, structuredClone(before))).toEqual([])
      }),
    )
    const before = snapshotOf()
    const after = snapshotOf({ peers: { ...before.peers, new: peerView({ id: 'new' }) } })
    const applied = applyChange(before, { epoch: 'epoch-1', revision: 2, patches: diffSnapshots(before, after) })
    expect(applied?.meshes).toBe(before.meshes)
    expect(applied?.peers['NASAAAA-BBBBBBB-CCCCCCC-DDDDDDD']).toBe(before.peers['NASAAAA-BBBBBBB-CCCCCCC-DDDDDDD'])
    expect(before.peers).not.toHaveProperty('new')
  })

  it('do not see an absent field and an undefined one as a difference', () => {
    const before = snapshotOf()
    const after = snapshotOf({ settings: { ...before.settings, port: undefined } })
    expect(diffSnapshots(before, after)).toEqual([])
    expect(diffSnapshots(after, before)).toEqual([])
    // as many fields, and yet not the same ones
    const one = snapshotOf({ settings: { ...before.settings, port: 1, host: undefined } })
    const other = snapshotOf({ settings: { ...before.settings, port: undefined, host: '127.0.0.1' } })
    expect(diffSnapshots(one, other)).toHaveLength(1)
  })

  it('keep nothing for a revision that is already there', () => {
    const current = snapshotOf({ revision: 5 })
    const patches: Patch[] = [{ op: 'drop', key: 'meshes', id: meshView().id }]
    expect(applyChange(current, { epoch: 'epoch-1', revision: 5, patches })).toBe(current)
    expect(applyChange(current, { epoch: 'epoch-1', revision: 1, patches })).toBe(current)
  })

  it('ask for a whole snapshot when a revision was missed or the agent has restarted', () => {
    const current = snapshotOf({ revision: 5 })
    expect(applyChange(current, { epoch: 'epoch-1', revision: 7, patches: [] })).toBeNull()
    expect(applyChange(current, { epoch: 'epoch-2', revision: 6, patches: [] })).toBeNull()
  })

  it('cannot reach anything but what a snapshot holds', () => {
    for (const key of ['__proto__', 'epoch', 'revision', 'constructor']) {
      expect(patch.safeParse({ op: 'put', key, id: 'x', value: {} }).success).toBe(false)
      expect(patch.safeParse({ op: 'set', key, value: {} }).success).toBe(false)
    }
    const patches: Patch[] = [{ op: 'put', key: 'peers', id: '__proto__', value: { polluted: true } }]
    const next = applyChange(snapshotOf(), { epoch: 'epoch-1', revision: 2, patches })
    expect(Object.keys(next?.peers ?? {})).toContain('__proto__')
    expect({}).not.toHaveProperty('polluted')
  })
})
