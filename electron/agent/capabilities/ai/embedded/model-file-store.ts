import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'

/** Model files that a person chose, by the names under which programs ask for them. */
export const modelFilesSchema = `
  CREATE TABLE model_file (
    model TEXT PRIMARY KEY,
    path TEXT NOT NULL
  ) STRICT;
`

const row = z.object({ model: z.string(), path: z.string() })
export type KeptModelFile = z.infer<typeof row>

export interface ModelFileStore {
  /** In the order in which they were added. */
  all(): KeptModelFile[]
  add(file: KeptModelFile): void
  remove(model: string): void
}

export function createModelFileStore(database: DatabaseSync): ModelFileStore {
  const select = database.prepare('SELECT model, path FROM model_file ORDER BY rowid')
  const insert = database.prepare('INSERT INTO model_file (model, path) VALUES (?, ?)')
  const remove = database.prepare('DELETE FROM model_file WHERE model = ?')
  return {
    all: () => z.array(row).parse(select.all()),
    add: ({ model, path }) => void insert.run(model, path),
    remove: (model) => void remove.run(model),
  }
}
