-- Runs can wait in a queue. SQLite cannot change a CHECK, so the table is made again; what refers to
-- its rows is checked when all of this is done.

PRAGMA defer_foreign_keys = ON;

CREATE TABLE runs_before AS SELECT * FROM runs;
DROP TABLE runs;

-- Queued: whether the run was put into the queue, and is taken up again by a server when its process
-- has died. The label names the kind of server that may run it; null where any may.
CREATE TABLE runs (
  id                TEXT PRIMARY KEY,
  state             TEXT NOT NULL CHECK (state IN
                      ('queued', 'running', 'waiting_for_approval', 'promoted', 'held', 'failed', 'cancelled', 'interrupted')),
  engine            TEXT NOT NULL,
  camp_path         TEXT NOT NULL,
  session_id        TEXT NOT NULL,
  lineage_id        TEXT NOT NULL,
  baseline_id       TEXT NOT NULL,
  baseline_prompt   TEXT NOT NULL,
  seed              INTEGER NOT NULL,
  sandbox           INTEGER NOT NULL CHECK (sandbox IN (0, 1)),
  request_json      TEXT NOT NULL,
  plan_json         TEXT,
  result_json       TEXT,
  error             TEXT,
  created_at        INTEGER NOT NULL,
  finished_at       INTEGER,
  owner             TEXT,
  lease_until       INTEGER NOT NULL DEFAULT 0,
  cancel_requested  INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
  queued            INTEGER NOT NULL DEFAULT 0 CHECK (queued IN (0, 1)),
  priority          INTEGER NOT NULL DEFAULT 0,
  label             TEXT,
  idempotency_key   TEXT UNIQUE,
  schedule_id       TEXT
);
CREATE INDEX runs_to_do ON runs (queued, finished_at);

INSERT INTO runs (id, state, engine, camp_path, session_id, lineage_id, baseline_id, baseline_prompt,
    seed, sandbox, request_json, plan_json, result_json, error, created_at, finished_at, owner,
    lease_until, cancel_requested)
SELECT id, state, engine, camp_path, session_id, lineage_id, baseline_id, baseline_prompt,
    seed, sandbox, request_json, plan_json, result_json, error, created_at, finished_at, owner,
    lease_until, cancel_requested FROM runs_before;
DROP TABLE runs_before;
