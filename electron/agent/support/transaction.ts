import type { DatabaseSync } from 'node:sqlite'

/** All that `task` writes or nothing; a savepoint, because somebody else's transaction may be open. */
export function transaction(database: DatabaseSync, task: () => void): void {
  database.exec('SAVEPOINT task')
  try {
    task()
    database.exec('RELEASE task')
  } catch (error) {
    database.exec('ROLLBACK TO task; RELEASE task')
    throw error
  }
}
