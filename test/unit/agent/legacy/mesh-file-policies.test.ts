import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { MeshPolicy } from '../../../../electron/agent/components.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { meshOfFile, rulesOfFile } from '../../../../electron/agent/legacy/mesh-file-policies.ts'
import { createMeshFiles } from '../../../../electron/agent/legacy/mesh-files.ts'
import { legacySchema } from '../../../../electron/agent/legacy/legacy-store.ts'
import type { PolicyRules } from '../../../../electron/contract/routing.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { meshNamed } from '../../../fixtures/named-views.ts'

/** As in the file that their documentation shows. */
const theirs = {
  storage: { replication: 2, preferredNodes: ['node-1'], erasure: 'none' },
  ai: { preferredNodes: ['node-2'], fallbackNodes: ['node-3'] },
  compute: { loadBalancing: 'round-robin', preferredNodes: ['node-1'] },
  lamps: { preferredNodes: ['node-9'] },
}

/** This node in one mesh, as an admin or not. */
function bench({ admin }: { admin: boolean }) {
  const database = new DatabaseSync(':memory:')
  database.exec(legacySchema)
  const decided = new Map<string, MeshPolicy>()
  const decide = (capability: string, rules: PolicyRules | null) =>
    void decided.set(capability, { rules, by: { id: 'me', name: 'me' }, at: 1, version: 1 })
  const files = createMeshFiles({
    ...{ database, id: 'me', clock: createFakeClock(), resources: { current: () => null } },
    self: () => ({ name: 'me', addresses: [], capabilities: [], services: [], version: '1', os: 'test' }),
    membership: { meshes: () => [meshNamed('Home')], members: () => [], policyOf: (_mesh, capability) => decided.get(capability) ?? null },
    policies: {
      async setForMesh(_mesh, capability, rules) {
        if (!admin) throw new FcnError('not_admin', 'This node is no admin.')
        decide(capability, rules)
        return {} as never
      },
    },
    legacyPeers: { list: () => [], register: () => Promise.reject(new Error('nobody is in these files')) },
  })
  return { files, decided, decide }
}

describe('policies of a mesh.json', () => {
  it('are decided for the mesh when an admin imports it, and come out as they went in', async () => {
    const { files, decided } = bench({ admin: true })
    const { policies } = await files.import({ nodes: [], policies: theirs }, { policies: true })
    expect(policies).toEqual({ taken: ['storage', 'compute', 'ai'], kept: [] })
    expect(decided.get('storage')?.rules).toEqual({ replication: 2, preferredNodes: ['node-1'] })
    expect(files.export(null).policies).toEqual(theirs)
  })

  it('are kept for the file only when a member imports it, and it says so', async () => {
    const { files, decided } = bench({ admin: false })
    const { policies } = await files.import({ nodes: [], policies: theirs }, { policies: true })
    expect(policies.kept.map(({ capability, problem }) => [capability, problem.code])).toEqual([
      ['storage', 'not_admin'],
      ['compute', 'not_admin'],
      ['ai', 'not_admin'],
    ])
    expect(decided.size).toBe(0)
    expect(files.export(null).policies).toEqual(theirs)
  })

  it('are never decided by whoever posts a file with the key', async () => {
    const { files, decided } = bench({ admin: true })
    expect((await files.import({ nodes: [], policies: theirs }, { policies: false })).policies).toEqual({ taken: [], kept: [] })
    expect(decided.size).toBe(0)
    expect(files.export(null).policies).toEqual(theirs)
  })

  it('give way to what the mesh decides; fields nobody here knows stay', async () => {
    const { files, decide } = bench({ admin: false })
    await files.import({ nodes: [], policies: theirs }, { policies: true })
    decide('storage', { onlyDirect: true })
    decide('ai', null)
    decide('gateway', { maxDistance: 20 })
    expect(files.export(null).policies).toEqual({
      storage: { erasure: 'none', onlyDirect: true },
      compute: theirs.compute,
      lamps: theirs.lamps,
      gateway: { maxDistance: 20 },
    })
  })

  it('are taken each by itself: one that is no rule says why', () => {
    const policies = { ai: { loadBalancing: 'by-the-moon' }, storage: { replication: 2 }, compute: 'fast', archive: { note: 'none' } }
    const rules = rulesOfFile({ policies })
    expect([...rules.keys()]).toEqual(['storage', 'ai'])
    expect(rules.get('ai')).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('loadBalancing') as string })
    expect(rulesOfFile({ policies: JSON.parse('{"__proto__":{"ai":{"replication":1}}}') as Record<string, unknown> }).size).toBe(0)
  })

  it('are for the mesh the file names, else for the only one', () => {
    const [home, club] = [meshNamed('Home'), meshNamed('Club')]
    expect(meshOfFile({ meshName: ' club ' }, [home, club])).toBe(club)
    expect(meshOfFile({ meshName: 'Free Compute Mesh' }, [home])).toBe(home)
    const refused = (code: string) => expect.objectContaining({ code }) as Error
    expect(() => meshOfFile({ meshName: 'Free Compute Mesh' }, [home, club])).toThrow(refused('ambiguous'))
    expect(() => meshOfFile({}, [])).toThrow(refused('no_mesh'))
  })
})
