export const grantsSchema = `CREATE TABLE IF NOT EXISTS grants (
  mesh_id TEXT NOT NULL, resource TEXT NOT NULL, rule TEXT, exceptions TEXT NOT NULL, PRIMARY KEY (mesh_id, resource)
) STRICT;`
import type { DatabaseSync } from 'node:sqlite'
export const createGrantStore = (database: DatabaseSync) => ({ database })
