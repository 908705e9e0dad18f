-- The store that runners of agentlightning call: what their agents are asked to do, and what they
-- told of it, by the agent's name. Times are in seconds since the epoch with fractions, as
-- agentlightning has them; place is the order in which rows came.
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

-- A rollout is in the queue while queued_at is set. Attempts: how many it had; sequence: the last
-- number that a span got; spans and span_bytes: how many it has, and how long they are.
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

CREATE INDEX agl_rollouts_by_status ON agl_rollouts (agent, status, queued_at);

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
