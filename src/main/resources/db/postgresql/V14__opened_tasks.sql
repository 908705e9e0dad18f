-- The sealed tasks that a lineage's tests have opened, each wording once: its words and its answer as
-- hashes, by which a later wording of it is known; and the names that it has in
-- test_openings.tasks_json, its own or those of earlier wordings.
CREATE TABLE opened_tasks (
  lineage_id  TEXT NOT NULL,
  sandbox     INTEGER NOT NULL CHECK (sandbox IN (0, 1)),
  input_key   TEXT NOT NULL,
  wording     TEXT NOT NULL,
  names_json  TEXT NOT NULL,
  PRIMARY KEY (lineage_id, sandbox, input_key)
);

-- Runs of before there was a ledger of sealed inputs, whose split is still to be worked out again
-- from their plan. Each goes when its session is split for the first time.
CREATE TABLE seals_to_take_over (
  run_id      TEXT PRIMARY KEY REFERENCES runs (id),
  session_id  TEXT NOT NULL
);
INSERT INTO seals_to_take_over
  SELECT id, session_id FROM runs
  WHERE state <> 'queued' AND plan_json IS NOT NULL
    AND plan_json NOT LIKE '%"seal":{"sessionId"%';
CREATE INDEX seals_to_take_over_by_session ON seals_to_take_over (session_id);
