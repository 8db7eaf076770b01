/** One mesh as this node knows it: an immutable value, with what follows from its evidence worked out. Pure. */
import type { NodeId } from '../components.ts'
import { type Link, subjectOf } from './admission.ts'
import type { MemberRecord } from './member-record.ts'
import { type MemberTable, tableDigest } from './member-table.ts'
import type { MeshRow } from './mesh-store.ts'
import { boundedBook, counts, type Notice, type NoticeBook } from './notice.ts'
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
  const name = judgement.statement?.name ?? mesh.name
  return { ...mesh, name, role, chain, admissions: chain.map(({ token }) => token), evidence, judgement }
}

/** With a record taken in; judged anew only when it brings another admission. */
export function withTable(mesh: OwnMesh, table: MemberTable, { node }: { node: NodeId }): OwnMesh {
  const [before, after] = [mesh.table.get(node), table.get(node)]
  const same = before && after && admissionsOf(before) === admissionsOf(after)
  return same ? { ...mesh, table } : judged({ ...mesh, table })
}

const admissionsOf = ({ statement }: MemberRecord) => statement.admissions.join(' ')

function evidenceOf({ chain, table, notices }: Grounds): Evidence {
  const contents = [...notices.values()].map(({ content }) => content)
  const chains = [chain, ...[...table.values()].map((record) => record.chain)]
  return {
    chains: [...chains, ...contents.flatMap((content) => (content.kind === 'admission' ? [content.chain] : []))],
    revocations: contents.flatMap((content) => (content.kind === 'revocation' ? [content] : [])),
    statements: contents.flatMap((content) => (content.kind === 'mesh' ? [content] : [])),
  }
}

/** Whether a node is in the mesh now, by its record and everything that is known. */
export function isPresent({ table, judgement }: OwnMesh, node: NodeId): boolean {
  return table.get(node)?.statement.left === false && judgement.of(node)?.state === 'member'
}

/** Records that are compared with others and passed on: not those of removed nodes. */
export function validTable({ table, judgement }: OwnMesh): MemberTable {
  return new Map([...table].filter(([node]) => judgement.of(node)?.state === 'member'))
}

export function countingNotices({ notices, judgement }: OwnMesh): Notice[] {
  return [...notices.values()].filter((notice) => counts(notice, judgement))
}

/** Equal when two members hold the same records and notices. */
export function meshDigest(mesh: OwnMesh): string {
  const ids = countingNotices(mesh).map(({ id }) => id)
  return digestOf([tableDigest(validTable(mesh)), ...ids.toSorted()].join('\n'))
}
