/** Of a token made here only the hash is kept; one of a hub is kept as the API key of a legacy peer is, in a file only its owner can read. */
export const syncSchema = `
CREATE TABLE IF NOT EXISTS sync_tokens (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, secret_hash TEXT NOT NULL UNIQUE, created_at REAL NOT NULL, last_used_at REAL, last_used_from TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS sync_hubs (
  id TEXT PRIMARY KEY, url TEXT NOT NULL UNIQUE, token TEXT NOT NULL, every TEXT NOT NULL, added_at REAL NOT NULL, last_try_at REAL,
  last_ok TEXT, problem TEXT, failures INTEGER NOT NULL, failing_since REAL
) STRICT;
`
