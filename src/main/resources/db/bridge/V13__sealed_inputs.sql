-- Inputs that a run of the session has sealed, by the key of their normal form: never again in a
-- search. The seed is the split's.
CREATE TABLE sealed_inputs (
  session_id  TEXT NOT NULL,
  split_seed  INTEGER NOT NULL,
  input_key   TEXT NOT NULL,
  run_id      TEXT NOT NULL,
  sealed_at   INTEGER NOT NULL,
  PRIMARY KEY (session_id, split_seed, input_key)
) WITHOUT ROWID;
