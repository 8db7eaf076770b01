import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { MeshPolicy } from '../../../../electron/agent/components.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { createOverrideStore, policyOverridesSchema } from '../../../../electron/agent/policies/override-store.ts'
import { createPolicies } from '../../../../electron/agent/policies/policies.ts'
import { createPolicyUpkeep } from '../../../../electron/agent/policies/policy-upkeep.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import type { PolicyRules } from '../../../../electron/contract/routing.ts'
import { meshNamed } from '../../../fixtures/named-views.ts'

const home = meshNamed('Home')
const by = { id: 'anna', name: 'anna' }

/** A membership of one mesh whose only admin is this node, and the part on top of it. */
function bench() {
  const database = new DatabaseSync(':memory:')
  database.exec(policyOverridesSchema)
  const meshes = [home, meshNamed('Club')]
  const decided = new Map<string, MeshPolicy>()
  const policiesChanged = createEmitter<string>()
  const membership = {
    changed: createEmitter(),
    policiesChanged,
    meshes: () => meshes,
    policyOf: (mesh: string, capability: string) => decided.get(`${mesh} ${capability}`) ?? null,
    async setPolicy(mesh: string, capability: string, rules: PolicyRules | null) {
      if (mesh !== home.id) throw new FcnError('not_admin', 'No admin.')
      const version = (decided.get(`${mesh} ${capability}`)?.version ?? 0) + 1
      decided.set(`${mesh} ${capability}`, { rules, by, at: 5, version })
      policiesChanged.emit(mesh)
    },
  }
  const open = () => createPolicies({ membership, store: createOverrideStore(database) })
  const policies = open()
  let changes = 0
  policies.changed.subscribe(() => changes++)
  return { database, meshes, membership, policies, open, changes: () => changes }
}

describe('the rules for a request made here', () => {
  it('are none, then the mesh’s, then this node’s own, and the mesh’s again', async () => {
    const { policies } = bench()
    const rules = () => policies.rulesFor(home.id, 'ai')
    expect(rules()).toEqual({})
    await policies.setForMesh(home.id, 'ai', { onlyDirect: true })
    expect(rules()).toEqual({ onlyDirect: true })
    policies.setOverride(home.id, 'ai', { maxDistance: 5 })
    expect(rules()).toEqual({ maxDistance: 5 })
    expect(policies.rulesFor(home.id, 'storage')).toEqual({})
    policies.setOverride(home.id, 'ai', null)
    expect(rules()).toEqual({ onlyDirect: true })
  })

  it('may be none at all against those of the mesh', async () => {
    const { policies } = bench()
    await policies.setForMesh(home.id, 'ai', { onlyDirect: true })
    policies.setOverride(home.id, 'ai', { onlyDirect: false, preferredNodes: [] })
    expect(policies.rulesFor(home.id, 'ai')).toEqual({})
    expect(policies.list()).toMatchObject([{ rules: { onlyDirect: true }, override: {} }])
  })
})

describe('policies', () => {
  it('are listed where there are any, with who decided and when, and each change is announced', async () => {
    const { policies, changes } = bench()
    const id = `${home.id} ai`
    expect(await policies.setForMesh(home.id, 'ai', { onlyDirect: true })).toEqual({
      ...{ id, mesh: home.id, capability: 'ai', rules: { onlyDirect: true }, by, at: 5, version: 1, override: null },
    })
    policies.setOverride(home.id, 'storage', { replication: 2 })
    expect(policies.list().map(({ id: each }) => each)).toEqual([`${home.id} storage`, id])
    expect(changes()).toBe(2)
    expect(await policies.setForMesh(home.id, 'ai', { preferredNodes: [] })).toMatchObject({ rules: null, by: null, at: null, version: 2 })
    policies.setOverride(home.id, 'storage', null)
    expect(policies.list()).toEqual([])
  })

  it('of a mesh are refused where membership refuses, and own ones for a mesh that is not there', async () => {
    const { policies, meshes } = bench()
    await expect(policies.setForMesh(meshes[1]?.id ?? '', 'ai', {})).rejects.toMatchObject({ code: 'not_admin' })
    expect(() => policies.setOverride('elsewhere', 'ai', {})).toThrow(expect.objectContaining({ code: 'not_found' }) as Error)
  })
})

describe('own policies', () => {
  it('survive a restart, and what makes no sense on disk is not taken for none', () => {
    const { policies, open, database } = bench()
    policies.setOverride(home.id, 'ai', { onlyDirect: true })
    expect(open().rulesFor(home.id, 'ai')).toEqual({ onlyDirect: true })
    database.exec(`UPDATE policy_overrides SET rules = '{"onlyDirect":"perhaps"}'`)
    expect(open).toThrow('onlyDirect')
  })

  it('go with the mesh that was left, now or before the start', async () => {
    const { policies, membership, meshes, open, database } = bench()
    const club = meshes[1]?.id ?? ''
    for (const mesh of [home.id, club]) policies.setOverride(mesh, 'ai', { onlyDirect: true })
    const upkeep = createPolicyUpkeep({ policies, membership })
    await upkeep.start()
    meshes.pop()
    membership.changed.emit()
    expect(policies.rulesFor(club, 'ai')).toEqual({})
    await upkeep.stop()
    meshes.pop()
    membership.changed.emit()
    expect(policies.rulesFor(home.id, 'ai')).toEqual({ onlyDirect: true })
    const again = createPolicyUpkeep({ policies: open(), membership })
    await again.start()
    await again.stop()
    expect(database.prepare('SELECT count(*) AS count FROM policy_overrides').get()).toEqual({ count: 0 })
  })
})
