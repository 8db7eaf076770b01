/**
 * The six digits that two people compare when a node joins, and the commitment that keeps a man in the middle from
 * choosing them. The joiner commits to a nonce before it sees the approver's, and reveals it only afterwards (Vaudenay,
 * "Secure Communications over Insecure Channels Based on Short Authenticated Strings", CRYPTO 2005): whoever stands in
 * between has to fix its own nonces before it can know either code, and so has one guess in a million. Byte layout and
 * test vector: README.md, "Joining".
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { MeshId, NodeId } from '../components.ts'

/** Bytes of each side's nonce. */
export const nonceBytes = 32

/** A side of a join, by the key that its TLS connection has proved. */
export interface Party {
  id: NodeId
  /** SubjectPublicKeyInfo (DER). */
  key: Uint8Array
  nonce: Uint8Array
}

/** SHA-256 over a label and the joiner's nonce. */
export function joinCommitment(nonce: Uint8Array): Uint8Array {
  return createHash('sha256').update('fcn-join-commitment-v1').update(nonce).digest()
}

/** Whether `nonce` is the one that `commitment` was made for. */
export function opens(commitment: Uint8Array, nonce: Uint8Array): boolean {
  return nonce.length === nonceBytes && commitment.length === 32 && timingSafeEqual(commitment, joinCommitment(nonce))
}

/** Six digits that agree on both screens only when both saw the same mesh, keys and nonces. */
export function comparisonCode(mesh: MeshId, joiner: Party, approver: Party): string {
  const hash = createHash('sha256').update('fcn-comparison-code-v1')
  for (const id of [mesh, joiner.id, approver.id]) hash.update(id).update('\0')
  for (const bytes of [joiner.key, approver.key, joiner.nonce, approver.nonce]) hash.update(bytes)
  // 2^64 is so far above a million that no code is likelier than another by more than 10^-13
  return String(hash.digest().readBigUInt64BE() % 1_000_000n).padStart(6, '0')
}
