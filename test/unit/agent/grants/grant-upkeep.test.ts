import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { createGrantStore, grantsSchema } from '../../../../electron/agent/grants/grant-store.ts'
import { createGrantUpkeep } from '../../../../electron/agent/grants/grant-upkeep.ts'
import { createGrants } from '../../../../electron/agent/grants/grants.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import type { MeshView } from '../../../../electron/contract/snapshot.ts'
import { createMemoryServices } from '../../../fakes/memory-services.ts'
import { createTestKey } from '../../../fakes/test-identity.ts'

const [home, club] = [createTestKey().id, createTestKey().id]

async function upkeep(meshes: string[]) {
  const database = new DatabaseSync(':memory:')
  database.exec(grantsSchema)
  const grants = createGrants({ store: createGrantStore(database) })
  const services = createMemoryServices()
  const changed = createEmitter()
  const part = createGrantUpkeep({
    grants,
    services,
    membership: { changed, meshes: () => meshes.map((id) => ({ id }) as MeshView) },
  })
  const left = () => grants.list().map(({ id }) => id)
  return { grants, services, changed, part, left, meshes }
}

describe('the rules of what is gone', () => {
  it('are dropped when a mesh is left, and at the start when it was left before', async () => {
    const { grants, changed, part, left, meshes } = await upkeep([home])
    for (const mesh of [home, club]) grants.set({ mesh, resource: '*', rule: 'nobody' })
    await part.start()
    await part.start()
    expect(left()).toEqual([`${home} *`])
    meshes.pop()
    changed.emit()
    expect(left()).toEqual([])
  })

  it('are dropped when a service is unshared, not before it is shared', async () => {
    const { grants, services, part, left } = await upkeep([home])
    for (const resource of ['service:box', 'service:later', 'capability:ai']) grants.set({ mesh: home, resource, rule: 'nobody' })
    await services.share({ id: 'box', name: 'Box', port: 1 })
    await part.start()
    await services.share({ id: 'more', name: 'More', port: 2 })
    expect(left()).toHaveLength(3)
    await services.unshare('box')
    expect(left()).toEqual([`${home} service:later`, `${home} capability:ai`])
  })

  it('stay as they are once it has stopped', async () => {
    const { grants, changed, part, left, meshes } = await upkeep([home])
    grants.set({ mesh: home, resource: '*', rule: 'nobody' })
    await part.start()
    await part.stop()
    meshes.pop()
    changed.emit()
    expect(left()).toHaveLength(1)
  })
})
