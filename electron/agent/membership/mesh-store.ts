/**
 * What membership keeps across restarts, in SQLite: own meshes with our admission, other members' records, requests
 * and joins. Each write is its own transaction; whatever was announced to others is on disk before.
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { z } from 'zod'
import { failure } from '../../contract/failure.ts'
import { joinView, meshRole } from '../../contract/snapshot.ts'
import type { MeshId, NodeId } from '../components.ts'
import { blocklistSchema } from './blocklist.ts'
import { transaction } from '../support/transaction.ts'
import { inviteSchema } from './invite-store.ts'

export const membershipSchema = `
CREATE TABLE IF NOT EXISTS meshes (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, root_key TEXT NOT NULL, role TEXT NOT NULL, admissions TEXT NOT NULL,
  joined_at REAL NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS members (
  mesh_id TEXT NOT NULL REFERENCES meshes (id) ON DELETE CASCADE, node_id TEXT NOT NULL, record TEXT NOT NULL, last_seen REAL,
  PRIMARY KEY (mesh_id, node_id)
) STRICT;
CREATE TABLE IF NOT EXISTS farewells (mesh_id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS join_requests (
  id TEXT PRIMARY KEY, mesh_id TEXT NOT NULL REFERENCES meshes (id) ON DELETE CASCADE, node_id TEXT NOT NULL, public_key TEXT NOT NULL,
  name TEXT NOT NULL, address TEXT NOT NULL, os TEXT, state TEXT NOT NULL, admissions TEXT, created_at REAL NOT NULL,
  expires_at REAL NOT NULL, UNIQUE (mesh_id, node_id)
) STRICT;
CREATE TABLE IF NOT EXISTS joins (
  id TEXT PRIMARY KEY, url TEXT NOT NULL, wanted TEXT, state TEXT NOT NULL, approver TEXT, mesh TEXT, request TEXT, problem TEXT,
  created_at REAL NOT NULL
) STRICT;
`

/** Comparison codes and invites; rows from before have none. */
const joiningSchema = `
ALTER TABLE join_requests ADD COLUMN code TEXT;
ALTER TABLE join_requests ADD COLUMN invite TEXT;
ALTER TABLE join_requests ADD COLUMN codes_differ INTEGER NOT NULL DEFAULT 0;
ALTER TABLE joins ADD COLUMN pinned TEXT;
ALTER TABLE joins ADD COLUMN secret TEXT;
ALTER TABLE joins ADD COLUMN nonce TEXT;
ALTER TABLE joins ADD COLUMN code TEXT;
ALTER TABLE joins ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;
`

/** Who is in no more, whose role changed, and what this node did with root keys. */
const noticesSchema = `
CREATE TABLE IF NOT EXISTS notices (
  mesh_id TEXT NOT NULL REFERENCES meshes (id) ON DELETE CASCADE, id TEXT NOT NULL, notice TEXT NOT NULL, PRIMARY KEY (mesh_id, id)
) STRICT;
CREATE TABLE IF NOT EXISTS former_meshes (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, by_id TEXT NOT NULL, by_name TEXT NOT NULL, at REAL NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS recovery_contacts (
  mesh_id TEXT NOT NULL REFERENCES meshes (id) ON DELETE CASCADE, node_id TEXT NOT NULL, PRIMARY KEY (mesh_id, node_id)
) STRICT;
ALTER TABLE meshes ADD COLUMN recovery_exported_at REAL;
`

/** Version 2 of the database. */
export const trustSchema = [blocklistSchema, inviteSchema, joiningSchema, noticesSchema].join('\n')

const json = <S extends z.ZodType>(of: S) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(of)
const flag = z.number().transform((value) => value === 1)
const tokens = json(z.array(z.string()))

const meshRow = z
  .object({
    id: z.string(),
    name: z.string(),
    root_key: z.string(),
    role: meshRole,
    admissions: tokens,
    joined_at: z.number(),
    recovery_exported_at: z.number().nullable(),
  })
  .transform(({ root_key: rootKey, joined_at: joinedAt, recovery_exported_at: recoveryExportedAt, ...rest }) => ({
    ...rest,
    rootKey,
    joinedAt,
    recoveryExportedAt,
  }))
export type MeshRow = z.infer<typeof meshRow>

const memberRow = z
  .object({ mesh_id: z.string(), node_id: z.string(), record: z.string(), last_seen: z.number().nullable() })
  .transform((row) => ({ mesh: row.mesh_id, node: row.node_id, record: row.record, lastSeen: row.last_seen }))

const formerMeshRow = z
  .object({ id: z.string(), name: z.string(), by_id: z.string(), by_name: z.string(), at: z.number() })
  .transform(({ by_id, by_name, ...rest }) => ({ ...rest, by: { id: by_id, name: by_name } }))
/** A mesh this node was removed from. */
export type FormerMeshRow = z.infer<typeof formerMeshRow>

const recoveryContactRow = z
  .object({ mesh_id: z.string(), node_id: z.string() })
  .transform(({ mesh_id: mesh, node_id: node }) => ({ mesh, node }))

const requestRow = z
  .object({
    id: z.string(),
    mesh_id: z.string(),
    node_id: z.string(),
    public_key: z.string(),
    name: z.string(),
    address: z.string(),
    os: z.string().nullable(),
    state: z.enum(['pending', 'approved', 'rejected']),
    admissions: tokens.nullable(),
    created_at: z.number(),
    expires_at: z.number(),
    /** To compare with the joiner's screen; null when it came with an invite. */
    code: z.string().nullable(),
    /** Id of the invite it came with. */
    invite: z.string().nullable(),
    /** Why it was declined. */
    codes_differ: flag,
  })
  .transform(({ mesh_id: mesh, node_id: node, public_key: publicKey, created_at: createdAt, expires_at: expiresAt, ...rest }) => {
    const { codes_differ: codesDiffer, ...same } = rest
    return { ...same, mesh, node, publicKey, createdAt, expiresAt, codesDiffer }
  })
export type RequestRow = z.infer<typeof requestRow>

const joinRow = z
  .object({
    id: z.string(),
    url: z.string(),
    /** Id or name of the mesh the user asked for. */
    wanted: z.string().nullable(),
    state: joinView.shape.state,
    approver: json(joinView.shape.approver),
    mesh: json(joinView.shape.mesh),
    request: z.string().nullable(),
    problem: json(failure.nullable()),
    created_at: z.number(),
    /** The only node that may answer: given by the user, or by the invite. */
    pinned: z.string().nullable(),
    /** Of the invite (base64url); gone when the join has ended. */
    secret: z.string().nullable(),
    /** This side's nonce (base64url), from the ask until the approver has taken the reveal. */
    nonce: z.string().nullable(),
    code: z.string().nullable(),
    confirmed: flag,
  })
  .transform(({ created_at: createdAt, ...rest }) => ({ ...rest, createdAt }))
export type JoinRow = z.infer<typeof joinRow>

export type MeshStore = ReturnType<typeof createMeshStore>

export function createMeshStore(database: DatabaseSync) {
  const all = (sql: string) => database.prepare(sql).all()
  const run = (sql: string, ...values: SQLInputValue[]) => void database.prepare(sql).run(...values)
  const put = (table: string, row: Record<string, SQLInputValue>) => {
    const columns = Object.keys(row)
    const values = columns.map((column) => `:${column}`)
    database.prepare(`INSERT OR REPLACE INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`).run(row)
  }

  return {
    meshes: (): MeshRow[] => all('SELECT * FROM meshes ORDER BY joined_at').map((row) => meshRow.parse(row)),
    /** Updates in place: a replaced row would take everything that hangs on it with it. */
    saveMesh: ({ id, name, rootKey, role, admissions, joinedAt, recoveryExportedAt }: MeshRow) =>
      run(
        `INSERT INTO meshes (id, name, root_key, role, admissions, joined_at, recovery_exported_at) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, admissions = excluded.admissions,
           recovery_exported_at = excluded.recovery_exported_at`,
        ...[id, name, rootKey, role, JSON.stringify(admissions), joinedAt, recoveryExportedAt],
      ),
    /** Its members and requests go with it. */
    deleteMesh: (id: MeshId) => {
      for (const table of ['members', 'join_requests', 'notices', 'recovery_contacts']) run(`DELETE FROM ${table} WHERE mesh_id = ?`, id)
      run('DELETE FROM meshes WHERE id = ?', id)
    },

    members: () => all('SELECT * FROM members').map((row) => memberRow.parse(row)),
    saveMember: (mesh: MeshId, node: NodeId, record: string) =>
      run(
        `INSERT INTO members (mesh_id, node_id, record) VALUES (?, ?, ?)
         ON CONFLICT (mesh_id, node_id) DO UPDATE SET record = excluded.record`,
        mesh,
        node,
        record,
      ),
    deleteMember: (mesh: MeshId, node: NodeId) => run('DELETE FROM members WHERE mesh_id = ? AND node_id = ?', mesh, node),
    saveLastSeen: (seen: readonly (readonly [NodeId, number])[]) => {
      const save = database.prepare('UPDATE members SET last_seen = ? WHERE node_id = ?')
      transaction(database, () => {
        for (const [node, at] of seen) save.run(at, node)
      })
    },

    /** Our last record in a mesh we have left, for members that were away. */
    farewell: (mesh: MeshId): string | null => {
      const row = database.prepare('SELECT record FROM farewells WHERE mesh_id = ?').get(mesh)
      return row ? z.object({ record: z.string() }).parse(row).record : null
    },
    saveFarewell: (mesh_id: MeshId, record: string) => put('farewells', { mesh_id, record }),
    deleteFarewell: (mesh: MeshId) => run('DELETE FROM farewells WHERE mesh_id = ?', mesh),

    notices: (mesh: MeshId): string[] =>
      database
        .prepare('SELECT notice FROM notices WHERE mesh_id = ?')
        .all(mesh)
        .map((row) => z.object({ notice: z.string() }).parse(row).notice),
    /** All of them or none: a demotion must not be half on disk. */
    changeNotices: (mesh: MeshId, { add, drop }: { add: { id: string; text: string }[]; drop: string[] }) => {
      transaction(database, () => {
        for (const { id, text } of add) put('notices', { mesh_id: mesh, id, notice: text })
        for (const id of drop) run('DELETE FROM notices WHERE mesh_id = ? AND id = ?', mesh, id)
      })
    },

    formerMeshes: (): FormerMeshRow[] => all('SELECT * FROM former_meshes ORDER BY at').map((row) => formerMeshRow.parse(row)),
    saveFormerMesh: ({ id, name, by, at }: FormerMeshRow) => put('former_meshes', { id, name, by_id: by.id, by_name: by.name, at }),
    deleteFormerMesh: (id: MeshId) => run('DELETE FROM former_meshes WHERE id = ?', id),

    /** Members named in a recovery file that this node has not met yet. */
    recoveryContacts: (): { mesh: MeshId; node: NodeId }[] =>
      all('SELECT * FROM recovery_contacts').map((row) => recoveryContactRow.parse(row)),
    saveRecoveryContact: (mesh_id: MeshId, node_id: NodeId) => put('recovery_contacts', { mesh_id, node_id }),
    deleteRecoveryContact: (mesh: MeshId, node: NodeId) =>
      run('DELETE FROM recovery_contacts WHERE mesh_id = ? AND node_id = ?', mesh, node),

    requests: (): RequestRow[] => all('SELECT * FROM join_requests ORDER BY created_at').map((row) => requestRow.parse(row)),
    saveRequest: (row: RequestRow) => {
      const { mesh: mesh_id, node: node_id, publicKey: public_key, createdAt, expiresAt, admissions, codesDiffer, ...same } = row
      const rest = { created_at: createdAt, expires_at: expiresAt, codes_differ: codesDiffer ? 1 : 0 }
      put('join_requests', { ...same, mesh_id, node_id, public_key, admissions: admissions && JSON.stringify(admissions), ...rest })
    },
    deleteRequest: (id: string) => run('DELETE FROM join_requests WHERE id = ?', id),

    joins: (): JoinRow[] => all('SELECT * FROM joins ORDER BY created_at').map((row) => joinRow.parse(row)),
    saveJoin: ({ approver, mesh, problem, createdAt: created_at, confirmed, ...same }: JoinRow) => {
      const nested = { approver: JSON.stringify(approver), mesh: JSON.stringify(mesh), problem: JSON.stringify(problem) }
      put('joins', { ...same, ...nested, created_at, confirmed: confirmed ? 1 : 0 })
    },
    deleteJoin: (id: string) => run('DELETE FROM joins WHERE id = ?', id),
  }
}
