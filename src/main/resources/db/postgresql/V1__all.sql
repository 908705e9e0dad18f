-- The schema of db/bridge as PostgreSQL has it. Times are milliseconds since the epoch, rewards 0 to 1,
-- JSON columns are texts.

-- Its owner is the process that runs the run; others leave it alone while the lease holds.
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
  seed              BIGINT NOT NULL,
  sandbox           INTEGER NOT NULL CHECK (sandbox IN (0, 1)),
  request_json      TEXT NOT NULL,
  plan_json         TEXT,
  result_json       TEXT,
  error             TEXT,
  created_at        BIGINT NOT NULL,
  finished_at       BIGINT,
  owner             TEXT,
  lease_until       BIGINT NOT NULL DEFAULT 0,
  cancel_requested  INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
  queued            INTEGER NOT NULL DEFAULT 0 CHECK (queued IN (0, 1)),
  priority          INTEGER NOT NULL DEFAULT 0,
  label             TEXT,
  idempotency_key   TEXT UNIQUE,
  schedule_id       TEXT
);
CREATE INDEX runs_to_do ON runs (queued, finished_at);

CREATE TABLE events (
  run_id     TEXT NOT NULL REFERENCES runs (id),
  sequence   BIGINT NOT NULL,
  type       TEXT NOT NULL,
  body_json  TEXT NOT NULL,
  at         BIGINT NOT NULL,
  PRIMARY KEY (run_id, sequence)
);

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
  attempts           BIGINT NOT NULL,
  prompt_tokens      BIGINT NOT NULL,
  completion_tokens  BIGINT NOT NULL,
  usd                DOUBLE PRECISION NOT NULL,
  reserved_at        BIGINT NOT NULL,
  done_at            BIGINT,
  PRIMARY KEY (run_id, request_hash, ordinal)
);

CREATE TABLE candidates (
  run_id    TEXT NOT NULL REFERENCES runs (id),
  name      TEXT NOT NULL,
  parent    TEXT,
  round     INTEGER NOT NULL,
  prompt    TEXT NOT NULL,
  critique  TEXT,
  PRIMARY KEY (run_id, name)
);

CREATE TABLE evaluations (
  id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id     TEXT NOT NULL REFERENCES runs (id),
  candidate  TEXT NOT NULL,
  purpose    TEXT NOT NULL CHECK (purpose IN ('train', 'validation', 'test')),
  round      INTEGER NOT NULL,
  tasks      INTEGER NOT NULL,
  failures   INTEGER NOT NULL,
  mean       DOUBLE PRECISION
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
  created_at   BIGINT NOT NULL
);

CREATE TABLE promotions (
  id             TEXT PRIMARY KEY,
  proposal_id    TEXT NOT NULL UNIQUE REFERENCES proposals (id),
  state          TEXT NOT NULL CHECK (state IN ('writing', 'written', 'rolled_back')),
  camp_path      TEXT NOT NULL,
  backup_path    TEXT,
  written_json   TEXT,
  rollback_json  TEXT,
  created_at     BIGINT NOT NULL,
  rolled_back_at BIGINT
);

-- A judge held against people's scores. The fingerprint is of all that it depends on: the judge's
-- model and rubric, and the scored outputs. A row is never changed: runs refer to it.
CREATE TABLE calibrations (
  id           TEXT PRIMARY KEY,
  camp_path    TEXT NOT NULL,
  session_id   TEXT NOT NULL,
  model        TEXT NOT NULL,
  fingerprint  TEXT NOT NULL,
  seed         BIGINT NOT NULL,
  outputs      INTEGER NOT NULL,
  report_json  TEXT NOT NULL,
  created_at   BIGINT NOT NULL
);
CREATE INDEX calibrations_by_session ON calibrations (camp_path, session_id, model, created_at);

-- What a run's judge goes by, fixed before its first call: a resumed run takes the same, whatever
-- was scored or calibrated since. Without a calibration of before, the run calibrates itself.
CREATE TABLE run_judges (
  run_id          TEXT PRIMARY KEY REFERENCES runs (id),
  material_json   TEXT NOT NULL,
  calibration_id  TEXT REFERENCES calibrations (id)
);

-- Inputs that a model wrote for a session, kept for its next run.
CREATE TABLE synthetic_tasks (
  session_id  TEXT NOT NULL,
  id          TEXT NOT NULL,
  task_json   TEXT NOT NULL,
  model       TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  PRIMARY KEY (session_id, id)
);

-- Schedules, and the nights that they made. Handled until: due times up to it are done with. A night
-- is made once for each due time, whichever server is first; it keeps the schedule as it was then.
-- Plan: the lineages that it looked at, once they were. Digest: what it did, once it has ended.

CREATE TABLE schedules (
  id             TEXT PRIMARY KEY,
  name           TEXT NOT NULL,
  enabled        INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  schedule_json  TEXT NOT NULL,
  handled_until  BIGINT NOT NULL
);

CREATE TABLE nights (
  id             TEXT PRIMARY KEY,
  schedule_id    TEXT NOT NULL,
  due_at         BIGINT NOT NULL,
  asked          INTEGER NOT NULL CHECK (asked IN (0, 1)),
  state          TEXT NOT NULL CHECK (state IN ('running', 'ended', 'skipped')),
  remark         TEXT,
  schedule_json  TEXT NOT NULL,
  plan_json      TEXT,
  digest_json    TEXT,
  started_at     BIGINT NOT NULL,
  finished_at    BIGINT,
  UNIQUE (schedule_id, due_at)
);
CREATE INDEX nights_by_start ON nights (started_at);

-- What became of each lineage that a night picked: a run, or why there is none.
CREATE TABLE night_runs (
  night_id    TEXT NOT NULL REFERENCES nights (id),
  lineage_id  TEXT NOT NULL,
  run_id      TEXT REFERENCES runs (id),
  error       TEXT,
  PRIMARY KEY (night_id, lineage_id)
);
