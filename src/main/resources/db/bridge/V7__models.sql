-- Models that runs have trained. Data cursor: how far the event log was read for the examples, as the
-- exports say it; null where the algorithm takes none. Split: the tasks by set, as ids.
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

-- The trained model that is proposed, by name; null where a prompt is.
ALTER TABLE proposals ADD COLUMN model TEXT;
