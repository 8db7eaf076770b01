import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { createSetup } from '../../../electron/agent/setup.ts'
import { createMetaStore, metaSchema } from '../../../electron/agent/store/meta-store.ts'
import { createEmitter } from '../../../electron/agent/support/signal.ts'
import type { MeshView, PeerView } from '../../../electron/contract/snapshot.ts'
import { calm } from '../../fixtures/snapshot.ts'
import { joinView } from '../../fixtures/views.ts'

const mesh = Object.values(calm().meshes)[0] as MeshView
const legacyPeer = Object.values(calm().peers).find(({ kind }) => kind === 'legacy') as PeerView

/** A node's memory, and what it is in: both outlive a restart. */
function createMachine() {
  const database = new DatabaseSync(':memory:')
  database.exec(metaSchema)
  const meta = createMetaStore(database)
  const state = { meshes: [] as MeshView[], joins: [] as ReturnType<typeof joinView>[], peers: [] as PeerView[] }
  const membershipChanged = createEmitter()
  const legacyChanged = createEmitter()
  return {
    meta,
    change(next: Partial<typeof state>) {
      Object.assign(state, next)
      membershipChanged.emit()
      legacyChanged.emit()
    },
    async start() {
      const setup = createSetup({
        meta,
        membership: { meshes: () => state.meshes, joins: () => state.joins, changed: membershipChanged },
        legacy: { list: () => state.peers, changed: legacyChanged },
      })
      await setup.start()
      return setup
    },
  }
}

describe('the setup of a node', () => {
  it('is open at its first page on a new node', async () => {
    expect((await createMachine().start()).view()).toEqual({ state: 'open', page: 'computer' })
  })

  it('goes on at the same page after a restart', async () => {
    const machine = createMachine()
    const before = await machine.start()
    before.set({ page: 'share' })
    before.set({ state: 'left' })
    await before.stop()
    expect((await machine.start()).view()).toEqual({ state: 'left', page: 'share' })
  })

  it.each([
    ['a mesh', { meshes: [mesh] }],
    ['a join under way', { joins: [joinView()] }],
    ['a legacy peer', { peers: [legacyPeer] }],
  ])('is not needed by a node that had %s before there was one, and stays so when that is gone', async (_what, used) => {
    const machine = createMachine()
    machine.change(used)
    const setup = await machine.start()
    expect(setup.view().state).toBe('finished')
    machine.change({ meshes: [], joins: [], peers: [] })
    await setup.stop()
    expect((await machine.start()).view().state).toBe('finished')
  })

  it('is not needed when a mesh was made elsewhere before anybody began', async () => {
    const machine = createMachine()
    const setup = await machine.start()
    machine.change({ meshes: [mesh] })
    expect(setup.view().state).toBe('finished')
  })

  it('goes on when its own page made the mesh', async () => {
    const machine = createMachine()
    const setup = await machine.start()
    setup.set({ page: 'mesh' })
    machine.change({ meshes: [mesh] })
    expect(setup.view()).toEqual({ state: 'open', page: 'mesh' })
  })

  it('that was finished or dismissed does not open itself by going through its pages again', async () => {
    const machine = createMachine()
    const setup = await machine.start()
    setup.set({ state: 'dismissed' })
    setup.set({ page: 'start' })
    expect(setup.view()).toEqual({ state: 'dismissed', page: 'start' })
  })

  it('tells of each change once', async () => {
    const setup = await createMachine().start()
    let changes = 0
    setup.changed.subscribe(() => changes++)
    setup.set({ page: 'mesh' })
    setup.set({ page: 'mesh' })
    setup.set({})
    expect(changes).toBe(1)
  })

  it('does not come up again when a newer version has kept something it does not know', async () => {
    const machine = createMachine()
    machine.meta.set('setup', '{"state":"open","page":"payment"}')
    expect((await machine.start()).view().state).toBe('finished')
  })

  it('hears nothing more once it was stopped', async () => {
    const machine = createMachine()
    const setup = await machine.start()
    await setup.stop()
    machine.change({ meshes: [mesh] })
    expect(machine.meta.get('setup')).toBeNull()
  })
})
