/** One mesh as this node knows it: an immutable value, with what follows from its evidence worked out. Pure. */
import { isDeepStrictEqual } from 'node:util'
import type { CapabilityName } from '../../contract/capability.ts'
import type { NodeId } from '../components.ts'
import { type Link, subjectOf } from './admission.ts'
import type { MemberRecord } from './member-record.ts'
import type { MemberTable } from './member-table.ts'
import type { MeshRow } from './mesh-store.ts'
import { admissionNotice, boundedBook, counts, type Notice, type NoticeBook } from './notice.ts'
import type { PolicyStatement } from './policy-statement.ts'
import { digestOf } from './signed-token.ts'
import { type Evidence, judge, type Judgement } from './standing.ts'

export interface OwnMesh extends MeshRow {
  /** This node's own admission. */
  readonly chain: readonly Link[]
  /** The newest record of everybody who was ever a member. */
  readonly table: MemberTable
  readonly notices: NoticeBook
  readonly evidence: Evidence
  readonly judgement: Judgement
  /** This node holds the mesh's root key. */
  readonly hasRootKey: boolean
  /** Equal when two members hold the same notices that count, policies aside; worked out when it is first asked for. */
  readonly noticeDigest: () => string
  /** Equal when the same policies count for two members. */
  readonly policyDigest: () => string
}

export type Grounds = Pick<OwnMesh, 'chain' | 'table' | 'notices' | 'hasRootKey'> & MeshRow

/** Judges anew. A later admission of this node is adopted, and with it its role; the newest statement names the mesh. */
export function judged(mesh: Grounds): OwnMesh {
  const evidence = evidenceOf(mesh)
  const judgement = judge(evidence)
  const notices = boundedBook(mesh.notices, judgement)
  if (notices !== mesh.notices) return judged({ ...mesh, notices })
  const standing = judgement.of(subjectOf(mesh.chain).node)
  const chain = standing?.state === 'member' ? standing.chain : mesh.chain
  const { role } = subjectOf(chain)
  const kept = chain === mesh.chain ? notices : withChain(notices, mesh.chain)
  const name = judgement.statement?.name ?? mesh.name
  return digested({ ...mesh, notices: kept, name, role, chain, admissions: chain.map(({ token }) => token), evidence, judgement })
}

/** With a record taken in; judged anew only when it brings another admission. */
export function withTable(mesh: OwnMesh, table: MemberTable, { node }: { node: NodeId }): OwnMesh {
  const [before, after] = [mesh.table.get(node), table.get(node)]
  const same = before && after && admissionsOf(before) === admissionsOf(after)
  if (same) return digested({ ...mesh, table })
  return judged({ ...mesh, table, notices: before ? withChain(mesh.notices, before.chain) : mesh.notices })
}

/**
 * A node's earlier admission stays known when it shows a later one: evidence only ever grows, so that all judge alike, and
 * who was promoted by an admin that turned out to be none is a member as before.
 */
function withChain(notices: NoticeBook, chain: readonly Link[]): NoticeBook {
  const text = admissionNotice(chain.map(({ token }) => token))
  const id = digestOf(text)
  return notices.has(id) ? notices : new Map([...notices, [id, { id, text, content: { kind: 'admission', chain } }]])
}

const admissionsOf = ({ statement }: MemberRecord) => statement.admissions.join(' ')

function evidenceOf({ chain, table, notices }: Grounds): Evidence {
  const contents = [...notices.values()].map(({ content }) => content)
  const chains = [chain, ...[...table.values()].map((record) => record.chain)]
  return {
    chains: [...chains, ...contents.flatMap((content) => (content.kind === 'admission' ? [content.chain] : []))],
    revocations: contents.flatMap((content) => (content.kind === 'revocation' ? [content] : [])),
    statements: contents.flatMap((content) => (content.kind === 'mesh' ? [content] : [])),
    policies: contents.flatMap((content) => (content.kind === 'policy' ? [content] : [])),
  }
}

/** Whether a node is in the mesh now, by its record and everything that is known. */
export function isPresent({ table, judgement }: OwnMesh, node: NodeId): boolean {
  return table.get(node)?.statement.left === false && judgement.of(node)?.state === 'member'
}

/** Records that are compared with others and passed on: not those of removed nodes. */
export function validTable({ table, judgement }: Pick<OwnMesh, 'table' | 'judgement'>): MemberTable {
  return new Map([...table].filter(([node]) => judgement.of(node)?.state === 'member'))
}

/** Notices to compare with others and to pass on, without the policies, which travel apart. */
export function countingNotices({ notices, judgement }: Pick<OwnMesh, 'notices' | 'judgement'>): Notice[] {
  return [...notices.values()].filter((notice) => notice.content.kind !== 'policy' && counts(notice, judgement))
}

/** Policies to compare with others and to pass on: at most one for each capability. */
export function countingPolicies({ judgement }: Pick<OwnMesh, 'judgement'>): PolicyStatement[] {
  return [...judgement.policies.values()]
}

/** Policies that say something else than what counted before; none of those a node finds when it enters the mesh. */
export function newPolicies(previous: OwnMesh, current: OwnMesh): PolicyStatement[] {
  if (!previous.table.has(subjectOf(previous.chain).node)) return []
  const before = (capability: CapabilityName) => previous.judgement.policies.get(capability)?.rules ?? null
  return countingPolicies(current).filter(({ capability, rules }) => !isDeepStrictEqual(before(capability), rules))
}

function digested(mesh: Omit<OwnMesh, 'noticeDigest' | 'policyDigest'>): OwnMesh {
  return {
    ...mesh,
    noticeDigest: digestWhenAsked(() => countingNotices(mesh).map(({ id }) => id)),
    policyDigest: digestWhenAsked(() => countingPolicies(mesh).map(({ digest }) => digest)),
  }
}

function digestWhenAsked(ids: () => string[]): () => string {
  let known: string | undefined
  return () => (known ??= digestOf(ids().toSorted().join('\n')))
}

/** A node by the name it gives itself; the mesh itself by its own, since its root key signs too. */
export function nameIn(mesh: OwnMesh, node: NodeId): string {
  return node === mesh.id ? mesh.name : (mesh.table.get(node)?.statement.name ?? node)
}

export interface Removal {
  by: { id: NodeId; name: string }
  at: number
}

/** Who removed a node, and when; null for a member, and for a node that never was one. */
export function removalIn(mesh: OwnMesh, node: NodeId): Removal | null {
  const standing = mesh.judgement.of(node)
  if (standing?.state !== 'removed') return null
  const { by, at } = standing.revocation
  return { by: { id: by, name: nameIn(mesh, by) }, at }
}
