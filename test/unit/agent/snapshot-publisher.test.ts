import { describe, expect, it } from 'vitest'
import { applyChange, type Change } from '../../../electron/contract/patch.ts'
import type { Snapshot } from '../../../electron/contract/snapshot.ts'
import { createSnapshotPublisher } from '../../../electron/agent/snapshot-publisher.ts'
import { createEmitter } from '../../../electron/agent/support/signal.ts'
import { noModels } from '../../fixtures/ai.ts'
import { notPaused } from '../../fixtures/sharing.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

const empty = {
  meshes: {},
  peers: {},
  requests: {},
  joins: {},
  capabilities: {},
  services: {},
  invites: {},
  blocked: {},
  grants: {},
  policies: {},
  hubs: {},
  tunnels: {},
  health: {},
  discovered: {},
  ...{ rates: {}, syncTokens: {}, syncHubs: {} },
  routed: { revision: 0, running: 0 },
  network: { interfaces: [], looking: false, scan: null },
  resources: null,
  sharing: notPaused,
  ai: noModels(),
}

const setUp = async () => {
  const clock = createFakeClock()
  const source = createEmitter()
  const state = { content: { ...empty, settings: { name: 'a' }, node: { name: 'a' } } as unknown as Snapshot }
  const collected = { times: 0 }
  const collect = () => (collected.times++, state.content)
  const publisher = createSnapshotPublisher({ clock }, { epoch: 'e', collect, sources: [source] })
  await publisher.start()
  const seen: Change[] = []
  const leave = publisher.changes.subscribe((change) => seen.push(change))
  const set = (part: object) => {
    state.content = { ...state.content, ...part }
    source.emit()
  }
  return { clock, publisher, seen, set, leave, collected }
}

describe('snapshot publisher', () => {
  it('merges changes that come together into one', async () => {
    const { clock, publisher, seen, set } = await setUp()
    const before = publisher.get()
    set({ node: { name: 'b' } })
    set({ peers: { x: { id: 'x' } } })
    await clock.advance(50)
    expect(seen).toHaveLength(1)
    expect(applyChange(before, seen[0] as Change)).toEqual(publisher.get())
  })

  it('announces nothing when nothing is different', async () => {
    const { clock, publisher, seen, set } = await setUp()
    publisher.get()
    set({ node: { name: 'a' } })
    await clock.advance(1000)
    expect(seen).toEqual([])
    expect(publisher.get().revision).toBe(0)
  })

  it('is never older than the last change, and leaves no gap when asked in between', async () => {
    const { clock, publisher, seen, set } = await setUp()
    publisher.get()
    set({ node: { name: 'b' } })
    expect(publisher.get().node.name).toBe('b')
    set({ node: { name: 'c' } })
    await clock.advance(50)
    expect(seen.map((change) => change.revision)).toEqual([1, 2])
  })

  it('is silent after its stop', async () => {
    const { clock, publisher, seen, set } = await setUp()
    publisher.get()
    set({ node: { name: 'b' } })
    await publisher.stop()
    set({ node: { name: 'c' } })
    await clock.advance(1000)
    expect(seen).toEqual([])
  })
  it('collects nothing while nobody listens', async () => {
    const { clock, publisher, set, leave, collected } = await setUp()
    publisher.get()
    set({ node: { name: 'b' } })
    leave()
    collected.times = 0
    set({ node: { name: 'c' } })
    await clock.advance(1000)
    expect(collected.times).toBe(0)
    expect(publisher.get().node.name).toBe('c')
  })

  it('tells who comes back what happened while nobody listened', async () => {
    const { clock, publisher, set, leave } = await setUp()
    const before = publisher.get()
    leave()
    set({ node: { name: 'b' } })
    await clock.advance(1000)
    const late: Change[] = []
    publisher.changes.subscribe((change) => late.push(change))
    await clock.advance(50)
    expect(late).toHaveLength(1)
    expect(applyChange(before, late[0] as Change)?.node.name).toBe('b')
  })
})
