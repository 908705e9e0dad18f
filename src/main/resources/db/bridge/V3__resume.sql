-- What a run is about is kept when it begins, so that a resumed run does the same whatever became of
-- the Training Camp database. Its owner is the process that runs it; others leave it alone while the
-- lease holds. Times are milliseconds since the epoch.

ALTER TABLE runs RENAME COLUMN tasks_json TO plan_json;
ALTER TABLE runs ADD COLUMN owner TEXT;
ALTER TABLE runs ADD COLUMN lease_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1));

-- Inputs that a model wrote for a session, kept for its next run.
CREATE TABLE synthetic_tasks (
  session_id  TEXT NOT NULL,
  id          TEXT NOT NULL,
  task_json   TEXT NOT NULL,
  model       TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (session_id, id)
) WITHOUT ROWID;
