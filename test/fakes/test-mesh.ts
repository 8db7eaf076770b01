import { type Admission, signAdmission } from '../../electron/agent/membership/admission.ts'
import { type MemberStatement, signMemberRecord } from '../../electron/agent/membership/member-record.ts'
import { createTestKey, type TestKey } from './test-identity.ts'

/** A mesh with only its root key: makes admissions and records as its members would. */
export function createTestMesh() {
  const root = createTestKey()
  const admit = (node: Pick<TestKey, 'id' | 'publicKey'>, by: TestKey, change: Partial<Admission> = {}) =>
    signAdmission(
      { mesh: root.id, node: node.id, key: node.publicKey, role: 'member', term: 0, by: by.id, at: 1, ...change },
      by.privateKey,
    )
  const statement = (node: TestKey, admissions: string[], change: Partial<MemberStatement> = {}): MemberStatement => ({
    mesh: root.id,
    node: node.id,
    key: node.publicKey,
    version: 1,
    name: 'anna',
    addresses: ['https://10.0.0.1:3000'],
    capabilities: [],
    services: [],
    software: '0.1.0',
    os: 'test',
    left: false,
    rootKey: root.publicKey,
    admissions,
    ...change,
  })
  const record = async (node: TestKey, change: Partial<MemberStatement> = {}) =>
    signMemberRecord(statement(node, [await admit(node, root)], change), node.privateKey)
  return { root, admit, statement, record }
}
