-- Times are milliseconds since the epoch, rewards 0 to 1, JSON columns are texts.

CREATE TABLE runs (
  id               TEXT PRIMARY KEY,
  state            TEXT NOT NULL CHECK (state IN
                     ('running', 'waiting_for_approval', 'promoted', 'held', 'failed', 'cancelled', 'interrupted')),
  engine           TEXT NOT NULL,
  camp_path        TEXT NOT NULL,
  session_id       TEXT NOT NULL,
  lineage_id       TEXT NOT NULL,
  baseline_id      TEXT NOT NULL,
  baseline_prompt  TEXT NOT NULL,
  seed             INTEGER NOT NULL,
  sandbox          INTEGER NOT NULL CHECK (sandbox IN (0, 1)),
  request_json     TEXT NOT NULL,
  tasks_json       TEXT,
  result_json      TEXT,
  error            TEXT,
  created_at       INTEGER NOT NULL,
  finished_at      INTEGER
);

CREATE TABLE events (
  run_id     TEXT NOT NULL REFERENCES runs (id),
  sequence   INTEGER NOT NULL,
  type       TEXT NOT NULL,
  body_json  TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (run_id, sequence)
) WITHOUT ROWID;

-- A call is reserved before it is sent and done with its answer before that is used. Attempts (times
-- sent), tokens and usd are what the call has cost so far; while it is reserved, with the estimate
-- of the attempt under way.
CREATE TABLE calls (
  run_id             TEXT NOT NULL REFERENCES runs (id),
  request_hash       TEXT NOT NULL,
  ordinal            INTEGER NOT NULL,
  role               TEXT NOT NULL,
  model              TEXT NOT NULL,
  state              TEXT NOT NULL CHECK (state IN ('reserved', 'done', 'failed')),
  answer_json        TEXT,
  error_kind         TEXT,
  error              TEXT,
  attempts           INTEGER NOT NULL,
  prompt_tokens      INTEGER NOT NULL,
  completion_tokens  INTEGER NOT NULL,
  usd                REAL NOT NULL,
  reserved_at        INTEGER NOT NULL,
  done_at            INTEGER,
  PRIMARY KEY (run_id, request_hash, ordinal)
) WITHOUT ROWID;

CREATE TABLE candidates (
  run_id    TEXT NOT NULL REFERENCES runs (id),
  name      TEXT NOT NULL,
  parent    TEXT,
  round     INTEGER NOT NULL,
  prompt    TEXT NOT NULL,
  critique  TEXT,
  PRIMARY KEY (run_id, name)
) WITHOUT ROWID;

CREATE TABLE evaluations (
  id         INTEGER PRIMARY KEY,
  run_id     TEXT NOT NULL REFERENCES runs (id),
  candidate  TEXT NOT NULL,
  purpose    TEXT NOT NULL CHECK (purpose IN ('train', 'validation', 'test')),
  round      INTEGER NOT NULL,
  tasks      INTEGER NOT NULL,
  failures   INTEGER NOT NULL,
  mean       REAL
);
CREATE INDEX evaluations_by_run ON evaluations (run_id);

CREATE TABLE proposals (
  id           TEXT PRIMARY KEY,
  run_id       TEXT NOT NULL UNIQUE REFERENCES runs (id),
  state        TEXT NOT NULL CHECK (state IN ('waiting', 'promoted', 'rejected')),
  lineage_id   TEXT NOT NULL,
  baseline_id  TEXT NOT NULL,
  prompt       TEXT NOT NULL,
  verdict_json TEXT NOT NULL,
  created_at   INTEGER NOT NULL
);

CREATE TABLE promotions (
  id             TEXT PRIMARY KEY,
  proposal_id    TEXT NOT NULL UNIQUE REFERENCES proposals (id),
  state          TEXT NOT NULL CHECK (state IN ('writing', 'written', 'rolled_back')),
  camp_path      TEXT NOT NULL,
  backup_path    TEXT,
  written_json   TEXT,
  rollback_json  TEXT,
  created_at     INTEGER NOT NULL,
  rolled_back_at INTEGER
);
