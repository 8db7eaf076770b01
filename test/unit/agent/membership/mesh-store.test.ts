import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { createMeshStore, membershipSchema, trustSchema } from '../../../../electron/agent/membership/mesh-store.ts'

it('joins and requests from before there were codes are read back, without one', () => {
  const database = new DatabaseSync(':memory:')
  database.exec(membershipSchema)
  database.exec(`
    INSERT INTO meshes VALUES ('mesh', 'Home', '', 'admin', '[]', 1);
    INSERT INTO join_requests VALUES ('r', 'mesh', 'BEN', 'key', 'ben', '10.0.0.9', NULL, 'pending', NULL, 1, 2);
    INSERT INTO joins VALUES ('j', 'http://10.0.0.1:3000', NULL, 'waiting', '{"id":"A","name":"anna"}', 'null', 'r', 'null', 1);
  `)
  database.exec(trustSchema)
  const store = createMeshStore(database)
  expect(store.requests()).toMatchObject([{ id: 'r', code: null, invite: null, codesDiffer: false }])
  const [join] = store.joins()
  expect(join).toMatchObject({ id: 'j', code: null, pinned: null, secret: null, nonce: null, confirmed: false })
  if (join) store.saveJoin({ ...join, confirmed: true, code: '123456' })
  expect(store.joins()).toEqual([{ ...join, confirmed: true, code: '123456' }])
})

it('a mesh that is saved again keeps its members and requests', () => {
  const database = new DatabaseSync(':memory:')
  database.exec('PRAGMA foreign_keys = ON')
  database.exec(membershipSchema + trustSchema)
  const store = createMeshStore(database)
  const mesh = { id: 'mesh', name: 'Home', rootKey: '', recoveryExportedAt: null, role: 'member', admissions: ['a'], joinedAt: 1 } as const
  store.saveMesh({ ...mesh, admissions: ['a'] })
  store.saveMember('mesh', 'BEN', 'record')
  store.saveMesh({ ...mesh, name: 'Maple Street', role: 'admin', admissions: ['b'] })
  expect(store.meshes()).toEqual([{ ...mesh, name: 'Maple Street', role: 'admin', admissions: ['b'] }])
  expect(store.members()).toHaveLength(1)
})
