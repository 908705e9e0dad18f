-- Schedules, and the nights that they made. Handled until: due times up to it are done with. A night
-- is made once for each due time, whichever server is first; it keeps the schedule as it was then.
-- Plan: the lineages that it looked at, once they were. Digest: what it did, once it has ended.

CREATE TABLE schedules (
  id             TEXT PRIMARY KEY,
  name           TEXT NOT NULL,
  enabled        INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  schedule_json  TEXT NOT NULL,
  handled_until  INTEGER NOT NULL
);

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
CREATE INDEX nights_by_start ON nights (started_at);

-- What became of each lineage that a night picked: a run, or why there is none.
CREATE TABLE night_runs (
  night_id    TEXT NOT NULL REFERENCES nights (id),
  lineage_id  TEXT NOT NULL,
  run_id      TEXT REFERENCES runs (id),
  error       TEXT,
  PRIMARY KEY (night_id, lineage_id)
) WITHOUT ROWID;
