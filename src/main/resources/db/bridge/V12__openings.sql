-- Each time that a run opened sealed test tasks, written before its first call on them. Tasks: the
-- hashes of their inputs. Earlier: what the lineage's tests of before count for on these tasks, by
-- which the level is worked out.
CREATE TABLE test_openings (
  run_id      TEXT PRIMARY KEY REFERENCES runs (id),
  lineage_id  TEXT NOT NULL,
  sandbox     INTEGER NOT NULL CHECK (sandbox IN (0, 1)),
  number      INTEGER NOT NULL,
  earlier     REAL NOT NULL,
  level       REAL NOT NULL,
  tasks_json  TEXT NOT NULL,
  opened_at   INTEGER NOT NULL
);
CREATE INDEX test_openings_by_lineage ON test_openings (lineage_id, sandbox);

-- A proposal can be superseded by a newer one of its lineage. SQLite cannot change a CHECK, so the
-- column is made again.
ALTER TABLE proposals RENAME COLUMN state TO state_before;
ALTER TABLE proposals ADD COLUMN state TEXT NOT NULL DEFAULT 'waiting'
  CHECK (state IN ('waiting', 'promoted', 'rejected', 'superseded'));
UPDATE proposals SET state = state_before;
ALTER TABLE proposals DROP COLUMN state_before;
CREATE INDEX proposals_by_lineage ON proposals (lineage_id, state);
