/**
 * Member records: what a node says of itself in a mesh, signed with its own key and carrying its admission. Anybody may
 * relay one, nobody can alter it, and of two the one with the greater version counts.
 */
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { displayName } from '../../contract/settings.ts'
import type { MeshRole } from '../../contract/snapshot.ts'
import type { NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import { idOfPublicKey } from '../identity/node-id.ts'
import { idText, maxRecordBytes, recordVersion } from '../protocol/messages.ts'
import { type Link, openChain, subjectOf } from './admission.ts'
import { peekToken, signToken, verifyToken } from './signed-token.ts'
import { tellCapability, tellService, toldCapability, toldService } from './told-offers.ts'

/** Addresses in one record, those at hubs included. */
export const maxAddresses = 16

export const memberStatement = z.object({
  mesh: idText,
  node: idText,
  /** SubjectPublicKeyInfo of the node (DER, base64url). */
  key: z.string().max(512),
  version: recordVersion,
  name: displayName,
  addresses: z.array(z.string().max(300)).max(maxAddresses),
  capabilities: z.array(toldCapability).max(32),
  services: z.array(toldService).max(256),
  software: z.string().max(64),
  os: z.string().max(128),
  /** Absent when it is not so, as in records of older nodes. */
  metered: z.boolean().optional(),
  /** It relays for members of this mesh; counts only while it is an admin. */
  hub: z.boolean().optional(),
  /** The node has left the mesh; only a newer record with a valid admission brings it back. */
  left: z.boolean(),
  rootKey: z.string().max(512),
  admissions: z.array(z.string().max(2048)).min(1).max(8),
})
export type MemberStatement = z.infer<typeof memberStatement>

/** A record whose signature and admission were checked. Whether the admission still counts is another matter (standing.ts). */
export interface MemberRecord {
  readonly token: string
  readonly statement: MemberStatement
  readonly chain: readonly Link[]
  /** As its admission says. */
  readonly role: MeshRole
  /** Who let it in; the mesh id for the founder. */
  readonly admittedBy: NodeId
}

/** Signs a record of at most 16 KiB; services that would not fit are left out, the last ones first. */
export async function signMemberRecord(statement: MemberStatement, privateKey: KeyObject): Promise<string> {
  const capabilities = statement.capabilities.map(tellCapability)
  const services = statement.services.map(tellService)
  for (;;) {
    const token = await signToken('fcn-member', { ...statement, capabilities, services }, privateKey)
    if (token.length <= maxRecordBytes) return token
    if (services.length === 0) throw new FcnError('too_large', 'This node says more about itself than fits in its member record.')
    services.length = Math.floor(services.length * 0.8)
  }
}

/** Throws `untrusted` or `too_large` unless the record is its node's own and its node was admitted to its mesh. */
export async function openMemberRecord(token: string): Promise<MemberRecord> {
  if (token.length > maxRecordBytes) throw new FcnError('too_large', 'A member record is longer than 16 KiB.')
  const statement = peekToken(token, memberStatement)
  if (idOfPublicKey(Buffer.from(statement.key, 'base64url')) !== statement.node) throw mismatch()
  await verifyToken(token, 'fcn-member', statement.key)
  const chain = await openChain(statement.mesh, statement)
  const admitted = subjectOf(chain)
  if (admitted.node !== statement.node || admitted.key !== statement.key) throw mismatch()
  return { token, statement, chain, role: admitted.role, admittedBy: admitted.by }
}

/** Mesh, node and version that a record claims, to skip known ones before the costly check. */
export function peekMemberRecord(token: string): Pick<MemberStatement, 'mesh' | 'node' | 'version'> {
  return peekToken(token, memberStatement.pick({ mesh: true, node: true, version: true }))
}

/** The next version of a node's own record: grows across restarts, even when the clock was set back. */
export function nextVersion(last: number, now: number): number {
  return Math.max(last + 1, Math.floor(now))
}

function mismatch(): FcnError {
  return new FcnError('untrusted', 'A member record does not belong to the node it names.')
}
