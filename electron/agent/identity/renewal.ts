/**
 * A new identity for this node, asked for while it runs and made at its next start. The old key, its certificate and the root
 * keys are moved aside to `identity-<old id>/` in the data folder, never deleted; what belongs to the old key in the database
 * is emptied. A journal in the database says how far it has come, so that it may be cut off anywhere and goes on:
 * `asked <old id>` → files moved, one by one → one transaction: tables emptied, `emptied <old id>` → a new key is made and
 * bound → no journal.
 */
import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { NodeId } from '../components.ts'
import type { MetaStore } from '../store/meta-store.ts'
import { nextFile, systemDisk } from '../support/durable-file.ts'

/** Tables of what was said with, to, or because of the old key; children before their parents. Blocked keys stay blocked. */
export const leftBehind = [
  'members',
  'join_requests',
  'joins',
  'invites',
  'notices',
  'recovery_contacts',
  'former_meshes',
  'farewells',
  'grants',
  'policy_overrides',
  'hub_roles',
  'routes',
  'ai_usage',
  'node_addresses',
  'meshes',
]

/** Files and folders of the old key. */
const movedAside = ['meshes', 'identity.crt', 'identity.key']

export const asideFolder = (dataDir: string, old: NodeId): string => join(dataDir, `identity-${old}`)

/** From now on the next start makes a new identity; `old` is the one of now. */
export const askRenewal = (meta: MetaStore, old: NodeId): void => meta.set('renewal', `asked ${old}`)

/**
 * Carries out what was asked, or goes on with it. Afterwards there is no key, or the new one already, and `isNew` says that
 * one may be made. Safe to be cut off at any moment and called again.
 */
export async function carryOutRenewal(
  { database, meta, move = rename }: { database: DatabaseSync; meta: MetaStore; move?: (from: string, to: string) => Promise<void> },
  dataDir: string,
): Promise<{ isNew: boolean }> {
  const [step, old] = meta.get('renewal')?.split(' ') ?? []
  if (step === 'asked' && old !== undefined) {
    await moveAside(dataDir, { old, move })
    emptyTables(database, old)
  }
  return { isNew: meta.get('renewal') !== null && meta.get('node_id') === null }
}

/** The new key is bound to the database. */
export const endRenewal = (meta: MetaStore): void => meta.delete('renewal')

async function moveAside(
  dataDir: string,
  { old, move }: { old: NodeId; move: (from: string, to: string) => Promise<void> },
): Promise<void> {
  const folder = asideFolder(dataDir, old)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await systemDisk.remove(nextFile(join(dataDir, 'identity.key')))
  for (const name of movedAside) {
    // until the tables are empty no new key is made: what is here is the old one
    if (existsSync(join(dataDir, name))) await move(join(dataDir, name), freePath(join(folder, name)))
  }
  await systemDisk.flushFolder(folder)
  await systemDisk.flushFolder(dataDir)
}

/** An old key that was put back by hand and is left behind once more does not overwrite what was moved before. */
function freePath(path: string): string {
  let free = path
  for (let number = 2; existsSync(free); number++) free = `${path}.${number}`
  return free
}

function emptyTables(database: DatabaseSync, old: NodeId): void {
  const rows = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[]
  const present = new Set(rows.map(({ name }) => name))
  database.exec('BEGIN IMMEDIATE')
  try {
    for (const table of leftBehind) if (present.has(table)) database.exec(`DELETE FROM ${table}`)
    database.exec("DELETE FROM meta WHERE key = 'node_id'")
    database.prepare("UPDATE meta SET value = ? WHERE key = 'renewal'").run(`emptied ${old}`)
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}
