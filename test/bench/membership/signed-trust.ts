/**
 * Real signatures (ECDSA P-256, SHA-256) for cores under measurement, in tokens of about the real size: a record carries
 * its node's key and an admission signed by the root of the mesh, and both signatures are checked.
 */
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import type { NodeId } from '../../../electron/agent/components.ts'
import { idOfPublicKey } from '../../../electron/agent/identity/node-id.ts'
import type { ProofOfLife, SignedRecord, Statement, SwimTrust } from '../../../electron/agent/membership/swim/ports.ts'
import { createTestKey, type TestKey } from '../../fakes/test-identity.ts'

const check = promisify(verify)

/** Name, addresses, capabilities and services of a node: characters of a record besides its key and its admission. */
const otherDetails = 600

type Signer = Pick<TestKey, 'id' | 'publicKey' | 'privateKey'>

const signatureOf = (text: string, key: KeyObject) =>
  sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')
const holds = (text: string, signature: string, key: KeyObject) =>
  check('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))

const admissionText = (node: NodeId) => `admission ${node}`
const statementText = ({ node, incarnation, gone }: Omit<Statement, 'token'>) => `statement ${node} ${incarnation} ${gone}`
const proofText = ({ node, asker, nonce }: Omit<ProofOfLife, 'token'>) => `proof ${node} ${asker} ${nonce}`
const bodyOf = ({ node, version, left }: Omit<SignedRecord, 'token'>, key: string, admission: string) =>
  `${node} ${version} ${left} ${key} ${admission} ${'~'.repeat(otherDetails)}`

export type SignedMesh = ReturnType<typeof createSignedMesh>

/** A mesh with a root key of its own. */
export function createSignedMesh() {
  const root = createTestKey()
  const rootKey = createPublicKey(root.privateKey)

  function record({ id, publicKey, privateKey }: Signer, version: number): SignedRecord {
    const fields = { node: id, version, left: false }
    const body = Buffer.from(bodyOf(fields, publicKey, signatureOf(admissionText(id), root.privateKey))).toString('base64url')
    return { ...fields, token: `${body}.${signatureOf(body, privateKey)}` }
  }

  /** What the core of one node is given. Remembers the keys of those whose admission it has checked. */
  function trustOf({ id, privateKey }: Signer): SwimTrust {
    const admitted = new Map<NodeId, KeyObject>()

    async function admittedKey(node: NodeId, spki: string, admission: string): Promise<KeyObject | null> {
      const known = admitted.get(node)
      if (known) return known
      const der = Buffer.from(spki, 'base64url')
      if (idOfPublicKey(der) !== node || !(await holds(admissionText(node), admission, rootKey))) return null
      const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
      admitted.set(node, key)
      return key
    }

    /** Of a member, whose record was checked before. */
    async function signedBy(node: NodeId, text: string, token: string): Promise<boolean> {
      const key = admitted.get(node)
      return key !== undefined && (await holds(text, token, key))
    }

    return {
      sign: (statement) => signatureOf(statementText({ node: id, ...statement }), privateKey),
      prove: (question) => signatureOf(proofText({ node: id, ...question }), privateKey),
      async checkRecord({ token, ...fields }) {
        const [body = '', signature = ''] = token.split('.')
        const text = Buffer.from(body, 'base64url').toString()
        const [, , , spki = '', admission = ''] = text.split(' ')
        if (text !== bodyOf(fields, spki, admission)) return false
        const key = await admittedKey(fields.node, spki, admission)
        return key !== null && holds(body, signature, key)
      },
      checkStatement: (statement) => signedBy(statement.node, statementText(statement), statement.token),
      checkProof: (proof) => signedBy(proof.node, proofText(proof), proof.token),
      checkNotice: () => false,
      readmits: () => false,
    }
  }

  return { record, trustOf }
}
