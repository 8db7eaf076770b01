/** Version 1 of the database; landed, never edited. */
export const auditSchema = `CREATE TABLE IF NOT EXISTS audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  action TEXT NOT NULL,
  actor TEXT NOT NULL,
  actor_id TEXT,
  subject TEXT,
  subject_id TEXT,
  outcome TEXT NOT NULL,
  details TEXT NOT NULL
) STRICT;`

/**
 * Version 2 of the database: the chain. `audit_chain` has one row: the last entry that retention removed (the anchor,
 * from which the chain begins) and the newest entry (the head, from which an entry cut off the end is noticed). The
 * triggers make SQLite itself refuse to change entries, to remove any but the oldest, and to insert any but the next.
 * Entries of version 1 have no hash yet; `chainOldEntries` gives them theirs, which is the one update allowed.
 */
export const auditChainSchema = `
ALTER TABLE audit ADD COLUMN hash TEXT NOT NULL DEFAULT '';
CREATE TABLE audit_chain (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  anchor_seq INTEGER NOT NULL,
  anchor_hash TEXT NOT NULL,
  head_seq INTEGER NOT NULL,
  head_hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_chain SELECT 1, coalesce(min(seq), 1) - 1, '', coalesce(min(seq), 1) - 1, '' FROM audit;

CREATE INDEX audit_by_action ON audit (action);
CREATE INDEX audit_by_outcome ON audit (outcome);
CREATE INDEX audit_by_actor ON audit (actor_id);
CREATE INDEX audit_by_subject ON audit (subject_id);

CREATE TRIGGER audit_only_appends BEFORE INSERT ON audit
WHEN NEW.hash = '' OR NEW.seq <> (SELECT head_seq + 1 FROM audit_chain)
BEGIN SELECT RAISE(ABORT, 'the audit log only takes the next entry'); END;
CREATE TRIGGER audit_moves_head AFTER INSERT ON audit
BEGIN UPDATE audit_chain SET head_seq = NEW.seq, head_hash = NEW.hash; END;
CREATE TRIGGER audit_keeps_entries BEFORE UPDATE OF seq, at, action, actor, actor_id, subject, subject_id, outcome, details ON audit
BEGIN SELECT RAISE(ABORT, 'entries of the audit log never change'); END;
CREATE TRIGGER audit_keeps_hashes BEFORE UPDATE OF hash ON audit WHEN OLD.hash <> ''
BEGIN SELECT RAISE(ABORT, 'entries of the audit log never change'); END;
CREATE TRIGGER audit_removes_oldest BEFORE DELETE ON audit WHEN OLD.seq > (SELECT anchor_seq FROM audit_chain)
BEGIN SELECT RAISE(ABORT, 'only retention removes entries of the audit log'); END;
CREATE TRIGGER audit_chain_advances BEFORE UPDATE ON audit_chain
WHEN NEW.anchor_seq < OLD.anchor_seq OR NEW.head_seq < OLD.head_seq OR NEW.anchor_seq > NEW.head_seq
BEGIN SELECT RAISE(ABORT, 'the audit chain never goes back'); END;
CREATE TRIGGER audit_chain_stays BEFORE DELETE ON audit_chain
BEGIN SELECT RAISE(ABORT, 'the audit chain never goes back'); END;
`
