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

const verifyAsync = promisify(verify)

/** Name, addresses, capabilities and services of a node: characters of a record besides its key and its admission. */
const otherDetails = 600

type Signer = Pick<TestKey, 'id' | 'publicKey' | 'privateKey'>

// a key given with options around it, or as DER, costs Node a caught exception each time: half as much as the check itself
const signatureOf = (text: string, key: KeyObject) => sign('sha256', Buffer.from(text), key).toString('base64url')
const check = (text: string, signature: string, key: KeyObject) =>
  verifyAsync('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64url'))
const keyOf = (spki: Buffer) => createPublicKey(`-----BEGIN PUBLIC KEY-----\n${spki.toString('base64')}\n-----END PUBLIC KEY-----\n`)

const admissionText = (node: NodeId) => `admission ${node}`
const statementText = ({ node, incarnation, gone }: Omit<Statement, 'token'>) => `statement ${node} ${incarnation} ${gone}`
const proofText = ({ node, asker, nonce }: Omit<ProofOfLife, 'token'>) => `proof ${node} ${asker} ${nonce}`
const bodyOf = ({ node, version, left }: Omit<SignedRecord, 'token'>, key: string, admission: string) =>
  `${node} ${version} ${left} ${key} ${admission} ${'~'.repeat(otherDetails)}`

/**
 * `each`: every node checks every signature itself, as it will. `once`: what one node has checked, no other checks again:
 * a start in which N machines make N checks at the same time then takes on two cores what it takes on N of them.
 */
export type Checks = 'each' | 'once'

/** A mesh with a root key of its own. */
export function createSignedMesh(checks: Checks) {
  /** By signature. */
  const made = new Map<string, { text: string; holds: Promise<boolean> }>()
  const admittedHere = new Map<NodeId, KeyObject>()
  const root = createTestKey()
  const rootKey = createPublicKey(root.privateKey)

  function holds(text: string, signature: string, key: KeyObject): Promise<boolean> {
    if (checks === 'each') return check(text, signature, key)
    const known = made.get(signature)
    if (known?.text === text) return known.holds
    const result = check(text, signature, key)
    made.set(signature, { text, holds: result })
    return result
  }

  function record({ id, publicKey, privateKey }: Signer, version: number): SignedRecord {
    const fields = { node: id, version, left: false }
    const body = Buffer.from(bodyOf(fields, publicKey, signatureOf(admissionText(id), root.privateKey))).toString('base64url')
    return { ...fields, token: `${body}.${signatureOf(body, privateKey)}` }
  }

  /** What the core of one node is given. Remembers the keys of those whose admission it has checked. */
  function trustOf({ id, privateKey }: Signer): SwimTrust {
    const admitted = checks === 'once' ? admittedHere : new Map<NodeId, KeyObject>()

    async function admittedKey(node: NodeId, spki: string, admission: string): Promise<KeyObject | null> {
      const known = admitted.get(node)
      if (known) return known
      const der = Buffer.from(spki, 'base64url')
      if (idOfPublicKey(der) !== node || !(await holds(admissionText(node), admission, rootKey))) return null
      const key = keyOf(der)
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
      admits: (_record, notice) => notice === null,
    }
  }

  return { record, trustOf }
}
