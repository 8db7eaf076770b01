import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { FcnError, toFcnError } from '../errors.ts'

/** SQLite result codes used below (sqlite.org/rescode.html). */
const sqliteBusy = 5

/**
 * Opens the node's database and brings it up to date. The connection holds SQLite's exclusive lock until it is closed
 * or the process ends, however it ends: that is what keeps two nodes off one data folder.
 *
 * `migrations[i]` leads from version i to i + 1 and is never edited after a release. Throws `already_running` when
 * another process holds the file, `unreadable_database` when it is damaged, foreign, from a newer program, or empty
 * although the node has been `usedBefore`, `disk_full`; the file is left as it is.
 */
export function openDatabase(file: string, migrations: readonly string[], { usedBefore = false } = {}): DatabaseSync {
  let database: DatabaseSync | undefined
  try {
    const found = existsSync(file)
    // SQLite takes a file that a full disk or a lost write has left without content for a new database
    if (usedBefore && found && statSync(file).size === 0) throw unreadable(file, 'it is empty, but this node has been used before')
    // SQLite would create it with the umask's mode; it holds keys of others, so it is the owner's only
    if (!found) closeSync(openSync(file, 'a', 0o600))
    database = new DatabaseSync(file)
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;')
    database.exec('BEGIN EXCLUSIVE; COMMIT;')
    checkContent(database, file)
    migrate(database, file, migrations)
    return database
  } catch (error) {
    database?.close()
    throw explain(error, file)
  }
}

function checkContent(database: DatabaseSync, file: string): void {
  const row = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string } | undefined
  if (row?.quick_check !== 'ok') throw unreadable(file, `damaged: ${row?.quick_check ?? 'no answer to its check'}`)
}

function migrate(database: DatabaseSync, file: string, migrations: readonly string[]): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number }
  if (version > migrations.length) throw unreadable(file, 'written by a newer version of this program')
  for (const [index, migration] of migrations.entries()) {
    if (index >= version) database.exec(`BEGIN; ${migration}; PRAGMA user_version = ${index + 1}; COMMIT;`)
  }
}

function explain(error: unknown, file: string): FcnError {
  if (error instanceof FcnError) return error
  const code = (error as { errcode?: number }).errcode
  if (code !== undefined && (code & 0xff) === sqliteBusy) {
    return new FcnError('already_running', 'Another node is running on this data folder.', {
      action: 'Use the one that runs (fcn status), or choose another folder with --data.',
      cause: error,
    })
  }
  const known = toFcnError(error)
  if (known.code === 'disk_full') return known
  return unreadable(file, error instanceof Error ? error.message : 'unknown error', error)
}

function unreadable(file: string, why: string, cause?: unknown): FcnError {
  return new FcnError('unreadable_database', `The database ${file} cannot be read: ${why}.`, {
    action: 'Nothing was changed. Put the file back from a backup, or move it away to start with an empty one and join your meshes again.',
    cause,
  })
}
