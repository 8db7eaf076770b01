import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import type { LegacyPeers } from '../../../../electron/agent/components.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { createLegacyStore, legacySchema, type LegacyRecord } from '../../../../electron/agent/legacy/legacy-store.ts'
import { createLegacyTable } from '../../../../electron/agent/legacy/legacy-table.ts'
import { createMeshFiles } from '../../../../electron/agent/legacy/mesh-files.ts'
import type { MeshFile } from '../../../../electron/contract/mesh-file.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

function bench() {
  const database = new DatabaseSync(':memory:')
  database.exec(legacySchema)
  const registered: string[] = []
  const register: LegacyPeers['register'] = async ({ url }) => {
    if (url.includes('169.254.')) throw new FcnError('refused_address', 'This address is not allowed.')
    database.prepare(`INSERT INTO legacy_peers VALUES (?, '', '', '[]', 'import', NULL, 0, 0, NULL)`).run(url)
    registered.push(url)
    return { peer: {} as never, added: true }
  }
  const files = createMeshFiles({
    ...{ database, id: 'me', clock: createFakeClock(), resources: { current: () => null } },
    self: () => ({ name: 'me', addresses: [], capabilities: [], services: [], version: '1', os: 'test' }),
    membership: { meshes: () => [], members: () => [], policyOf: () => null },
    policies: { setForMesh: () => Promise.reject(new Error('nobody decides here')) },
    legacyPeers: { list: () => [], register },
  })
  const take = (file: MeshFile) => files.import(file, { policies: false })
  return { database, files, registered, take }
}

const node = (index: number) => ({ id: `n${index}`, name: 'n', url: `http://10.1.0.${index}:3000` })

describe('a mesh.json that is taken in', () => {
  it('is taken whole but for the nodes that are refused', async () => {
    const { registered, take } = bench()
    const { added, skipped } = await take({ nodes: [node(1), { id: 'x', name: 'x', url: 'http://169.254.169.254' }, node(2)] })
    expect({ added, skipped }).toMatchObject({ added: 2, skipped: [{ name: 'x', problem: { code: 'refused_address' } }] })
    expect(registered).toEqual([node(1).url, node(2).url])
  })

  it('cannot grow without end, however often somebody invents fields', async () => {
    const { files, registered, take } = bench()
    const part = (index: number) => ({ nodes: [node(index)], [`field-${index}`]: 'x'.repeat(1_000_000) })
    for (const index of [1, 2, 3, 4]) await take(part(index))
    await expect(take(part(5))).rejects.toMatchObject({ code: 'too_large' })
    expect(registered).toHaveLength(4)
    expect(files.export(null)).not.toHaveProperty('field-5')
  })

  it('cannot be nested so deeply that it could not be written any more', async () => {
    const { files, registered, take } = bench()
    const deep = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`) as unknown
    for (const file of [
      { nodes: [node(1)], deep },
      { nodes: [{ ...node(1), services: [{ deep }] }] },
      { nodes: [node(1)], policies: { deep } },
    ]) {
      await expect(take(file)).rejects.toMatchObject({ code: 'invalid_input' })
    }
    expect(registered).toEqual([])
    expect(() => JSON.stringify(files.export(null))).not.toThrow()
  })

  it('is taken one after the other, so that no two are mixed up', async () => {
    const { files, take } = bench()
    const parts = Array.from({ length: 20 }, (_, index) => ({ nodes: [node(index)], [`field-${index}`]: index }))
    await Promise.all(parts.map(take))
    expect(files.export(null)).toMatchObject(Object.fromEntries(parts.map((_, index) => [`field-${index}`, index])))
  })
})

describe('what is kept of a legacy peer', () => {
  it('is written only when a file says something new, since it is synced again and again', () => {
    const database = new DatabaseSync(':memory:')
    database.exec(legacySchema)
    const store = createLegacyStore(database)
    let saves = 0
    const save = (record: LegacyRecord) => {
      saves += 1
      store.save(record)
    }
    const table = createLegacyTable({ store: { ...store, save }, clock: createFakeClock() })
    const record: LegacyRecord = {
      ...{ url: 'http://10.0.0.1:3000', givenUrl: 'http://10.0.0.1:3000/', name: 'nas', capabilities: ['storage'], foundVia: 'import' },
      ...{ apiKey: null, openToAnyone: false, registeredAt: 1, lastSeen: null },
    }
    for (let times = 0; times < 3; times++) table.put(record.url, () => ({ ...record, capabilities: ['storage'] }))
    expect(saves).toBe(1)
    table.put(record.url, () => ({ ...record, name: 'attic' }))
    expect(store.all()).toMatchObject([{ name: 'attic' }])
  })
})
