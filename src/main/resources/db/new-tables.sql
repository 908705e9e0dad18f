-- Made from the migrations in db/bridge by NewTablesTest; not to be edited.

CREATE TABLE agent_rollouts (
  run_id        TEXT NOT NULL REFERENCES runs (id),
  rollout_hash  TEXT NOT NULL,
  ordinal       INTEGER NOT NULL,
  output        TEXT NOT NULL,
  calls         INTEGER NOT NULL,
  done_at       INTEGER NOT NULL,
  PRIMARY KEY (run_id, rollout_hash, ordinal)
);

CREATE TABLE agl_attempts (
  rollout_id     TEXT NOT NULL REFERENCES agl_rollouts (id) ON DELETE CASCADE,
  number         INTEGER NOT NULL,
  id             TEXT NOT NULL,
  status         TEXT NOT NULL,
  worker_id      TEXT,
  started_at     REAL NOT NULL,
  ended_at       REAL,
  heartbeat_at   REAL,
  metadata_json  TEXT,
  PRIMARY KEY (rollout_id, number),
  UNIQUE (rollout_id, id)
);

CREATE TABLE agl_resources (
  place           INTEGER PRIMARY KEY,
  agent           TEXT NOT NULL,
  id              TEXT NOT NULL,
  version         INTEGER NOT NULL,
  created_at      REAL NOT NULL,
  updated_at      REAL NOT NULL,
  resources_json  TEXT NOT NULL,
  UNIQUE (agent, id)
);

CREATE TABLE agl_rollouts (
  place           INTEGER PRIMARY KEY,
  agent           TEXT NOT NULL,
  id              TEXT NOT NULL UNIQUE,
  status          TEXT NOT NULL,
  queued_at       REAL,
  started_at      REAL NOT NULL,
  ended_at        REAL,
  mode            TEXT,
  resources_id    TEXT,
  timeout_s       REAL,
  unresponsive_s  REAL,
  max_attempts    INTEGER NOT NULL,
  retry_on        TEXT NOT NULL,
  attempts        INTEGER NOT NULL,
  sequence        INTEGER NOT NULL,
  spans           INTEGER NOT NULL,
  span_bytes      INTEGER NOT NULL,
  input_json      TEXT NOT NULL,
  metadata_json   TEXT
);

CREATE TABLE agl_spans (
  place       INTEGER PRIMARY KEY,
  rollout_id  TEXT NOT NULL REFERENCES agl_rollouts (id) ON DELETE CASCADE,
  attempt_id  TEXT NOT NULL,
  span_id     TEXT NOT NULL,
  sequence    INTEGER NOT NULL,
  trace_id    TEXT NOT NULL,
  parent_id   TEXT,
  name        TEXT NOT NULL,
  started_at  REAL,
  ended_at    REAL,
  span_json   TEXT NOT NULL,
  UNIQUE (rollout_id, attempt_id, span_id)
);

CREATE TABLE agl_workers (
  place         INTEGER PRIMARY KEY,
  agent         TEXT NOT NULL,
  id            TEXT NOT NULL,
  status        TEXT NOT NULL,
  stats_json    TEXT,
  heartbeat_at  REAL,
  dequeued_at   REAL,
  busy_at       REAL,
  idle_at       REAL,
  rollout_id    TEXT,
  attempt_id    TEXT,
  UNIQUE (agent, id)
);

CREATE TABLE calibrations (
  id           TEXT PRIMARY KEY,
  camp_path    TEXT NOT NULL,
  session_id   TEXT NOT NULL,
  model        TEXT NOT NULL,
  fingerprint  TEXT NOT NULL,
  seed         INTEGER NOT NULL,
  outputs      INTEGER NOT NULL,
  report_json  TEXT NOT NULL,
  created_at   INTEGER NOT NULL
, session_name TEXT);

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
  done_at            INTEGER, turned_down INTEGER NOT NULL DEFAULT 0,
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

CREATE TABLE events (
  run_id     TEXT NOT NULL REFERENCES runs (id),
  sequence   INTEGER NOT NULL,
  type       TEXT NOT NULL,
  body_json  TEXT NOT NULL,
  at         INTEGER NOT NULL,
  PRIMARY KEY (run_id, sequence)
) WITHOUT ROWID;

CREATE TABLE external_grades (
  run_id      TEXT NOT NULL REFERENCES runs (id),
  asked_hash  TEXT NOT NULL,
  reward      REAL NOT NULL,
  note        TEXT NOT NULL,
  graded_at   INTEGER NOT NULL,
  PRIMARY KEY (run_id, asked_hash)
);

CREATE TABLE findings (
  proposal_id    TEXT PRIMARY KEY REFERENCES proposals (id),
  findings_json  TEXT NOT NULL,
  accepted_json  TEXT,
  accepted_at    INTEGER
);

CREATE TABLE "flyway_schema_history" (
    "installed_rank" INT NOT NULL PRIMARY KEY,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INT,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f','now')),
    "execution_time" INT NOT NULL,
    "success" BOOLEAN NOT NULL
);

CREATE TABLE models (
  id             TEXT PRIMARY KEY,
  run_id         TEXT NOT NULL UNIQUE REFERENCES runs (id),
  name           TEXT NOT NULL UNIQUE,
  algorithm      TEXT NOT NULL,
  base_model     TEXT NOT NULL,
  path           TEXT NOT NULL,
  adapter_path   TEXT,
  trained_with   TEXT NOT NULL,
  settings_json  TEXT NOT NULL,
  metrics_json   TEXT NOT NULL,
  data_cursor    TEXT,
  split_json     TEXT NOT NULL,
  state          TEXT NOT NULL CHECK (state IN ('trained', 'held', 'proposed', 'promoted', 'rolled_back')),
  created_at     INTEGER NOT NULL
);

CREATE TABLE night_runs (
  night_id    TEXT NOT NULL REFERENCES nights (id),
  lineage_id  TEXT NOT NULL,
  run_id      TEXT REFERENCES runs (id),
  error       TEXT,
  PRIMARY KEY (night_id, lineage_id)
) WITHOUT ROWID;

CREATE TABLE nights (
  id             TEXT PRIMARY KEY,
  schedule_id    TEXT NOT NULL,
  due_at         INTEGER NOT NULL,
  asked          INTEGER NOT NULL CHECK (asked IN (0, 1)),
  state          TEXT NOT NULL CHECK (state IN ('running', 'ended', 'skipped')),
  remark         TEXT,
  schedule_json  TEXT NOT NULL,
  plan_json      TEXT,
  digest_json    TEXT,
  started_at     INTEGER NOT NULL,
  finished_at    INTEGER,
  UNIQUE (schedule_id, due_at)
);

CREATE TABLE opened_tasks (
  lineage_id  TEXT NOT NULL,
  sandbox     INTEGER NOT NULL CHECK (sandbox IN (0, 1)),
  input_key   TEXT NOT NULL,
  wording     TEXT NOT NULL,
  names_json  TEXT NOT NULL,
  PRIMARY KEY (lineage_id, sandbox, input_key)
) WITHOUT ROWID;

CREATE TABLE people_pairs (
  run_id     TEXT NOT NULL REFERENCES people_tests (run_id),
  place      INTEGER NOT NULL,
  task_id    TEXT NOT NULL,
  new_left   INTEGER NOT NULL CHECK (new_left IN (0, 1)),
  choice     TEXT CHECK (choice IN ('left', 'right', 'tie')),
  chosen_at  INTEGER,
  PRIMARY KEY (run_id, place)
);

CREATE TABLE people_tests (
  run_id      TEXT PRIMARY KEY REFERENCES runs (id),
  state       TEXT NOT NULL CHECK (state IN ('open', 'decided', 'left')),
  level       REAL NOT NULL,
  same        INTEGER NOT NULL,
  with_judge  INTEGER NOT NULL CHECK (with_judge IN (0, 1)),
  created_at  INTEGER NOT NULL,
  decided_at  INTEGER
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

CREATE TABLE proposals (
  id           TEXT PRIMARY KEY,
  run_id       TEXT NOT NULL UNIQUE REFERENCES runs (id),
  lineage_id   TEXT NOT NULL,
  baseline_id  TEXT NOT NULL,
  prompt       TEXT NOT NULL,
  verdict_json TEXT NOT NULL,
  created_at   INTEGER NOT NULL
, decided_at INTEGER, reason TEXT, model TEXT, state TEXT NOT NULL DEFAULT 'waiting'
  CHECK (state IN ('waiting', 'promoted', 'rejected', 'superseded')));

CREATE TABLE run_judges (
  run_id          TEXT PRIMARY KEY REFERENCES runs (id),
  material_json   TEXT NOT NULL,
  calibration_id  TEXT REFERENCES calibrations (id)
);

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
, queued_at INTEGER);

CREATE TABLE schedules (
  id             TEXT PRIMARY KEY,
  name           TEXT NOT NULL,
  enabled        INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  schedule_json  TEXT NOT NULL,
  handled_until  INTEGER NOT NULL
);

CREATE TABLE sealed_inputs (
  session_id  TEXT NOT NULL,
  split_seed  INTEGER NOT NULL,
  input_key   TEXT NOT NULL,
  run_id      TEXT NOT NULL,
  sealed_at   INTEGER NOT NULL,
  PRIMARY KEY (session_id, split_seed, input_key)
) WITHOUT ROWID;

CREATE TABLE seals_to_take_over (
  run_id      TEXT PRIMARY KEY REFERENCES runs (id),
  session_id  TEXT NOT NULL
);

CREATE TABLE synthetic_tasks (
  session_id  TEXT NOT NULL,
  id          TEXT NOT NULL,
  task_json   TEXT NOT NULL,
  model       TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (session_id, id)
) WITHOUT ROWID;

CREATE TABLE test_evidence (
  run_id         TEXT PRIMARY KEY REFERENCES runs (id),
  evidence_json  TEXT NOT NULL
);

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

CREATE INDEX agl_rollouts_by_status ON agl_rollouts (agent, status, queued_at);

CREATE INDEX calibrations_by_session ON calibrations (camp_path, session_id, model, created_at);

CREATE INDEX evaluations_by_run ON evaluations (run_id);

CREATE INDEX "flyway_schema_history_s_idx" ON "flyway_schema_history" ("success");

CREATE INDEX nights_by_start ON nights (started_at);

CREATE INDEX proposals_by_lineage ON proposals (lineage_id, state);

CREATE INDEX runs_to_do ON runs (queued, finished_at);

CREATE INDEX seals_to_take_over_by_session ON seals_to_take_over (session_id);

CREATE INDEX test_openings_by_lineage ON test_openings (lineage_id, sandbox);

INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,
  installed_by, execution_time, success)
VALUES
  (1, '1', 'runs', 'SQL', 'V1__runs.sql', -2114351985, '', 0, 1),
  (2, '2', 'judges', 'SQL', 'V2__judges.sql', 839640575, '', 0, 1),
  (3, '3', 'resume', 'SQL', 'V3__resume.sql', -1554120405, '', 0, 1),
  (4, '4', 'queue', 'SQL', 'V4__queue.sql', -1839637799, '', 0, 1),
  (5, '5', 'schedule', 'SQL', 'V5__schedule.sql', 682804467, '', 0, 1),
  (6, '6', 'decisions', 'SQL', 'V6__decisions.sql', -1831078456, '', 0, 1),
  (7, '7', 'models', 'SQL', 'V7__models.sql', 1324155936, '', 0, 1),
  (8, '8', 'judge session', 'SQL', 'V8__judge_session.sql', 1147696503, '', 0, 1),
  (9, '9', 'queued at', 'SQL', 'V9__queued_at.sql', -992001626, '', 0, 1),
  (10, '10', 'turned down', 'SQL', 'V10__turned_down.sql', 978332259, '', 0, 1),
  (11, '11', 'findings', 'SQL', 'V11__findings.sql', 768147064, '', 0, 1),
  (12, '12', 'openings', 'SQL', 'V12__openings.sql', 99509077, '', 0, 1),
  (13, '13', 'sealed inputs', 'SQL', 'V13__sealed_inputs.sql', 1861448106, '', 0, 1),
  (14, '15', 'agent rollouts', 'SQL', 'V15__agent_rollouts.sql', -1398097718, '', 0, 1),
  (15, '18', 'opened tasks', 'SQL', 'V18__opened_tasks.sql', 936092906, '', 0, 1),
  (16, '19', 'external grades', 'SQL', 'V19__external_grades.sql', -2126721632, '', 0, 1),
  (17, '23', 'people', 'SQL', 'V23__people.sql', -277566099, '', 0, 1),
  (18, '24', 'agl', 'SQL', 'V24__agl.sql', -112204283, '', 0, 1);
