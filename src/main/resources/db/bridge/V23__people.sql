-- Sealed tests that people decide, blind: of a run at most one, which waits (open), gave a verdict
-- (decided) or was given up (left). The level is that of the run's opening. Where the judge's opinion
-- of the other tasks counts too, with_judge is 1; same is the number of tasks with the same output.
CREATE TABLE people_tests (
  run_id      TEXT PRIMARY KEY REFERENCES runs (id),
  state       TEXT NOT NULL CHECK (state IN ('open', 'decided', 'left')),
  level       REAL NOT NULL,
  same        INTEGER NOT NULL,
  with_judge  INTEGER NOT NULL CHECK (with_judge IN (0, 1)),
  created_at  INTEGER NOT NULL,
  decided_at  INTEGER
);

-- The pairs of outputs in the order in which they are shown. Where new_left is 1 the new prompt's
-- output stands on the left.
CREATE TABLE people_pairs (
  run_id     TEXT NOT NULL REFERENCES people_tests (run_id),
  place      INTEGER NOT NULL,
  task_id    TEXT NOT NULL,
  new_left   INTEGER NOT NULL CHECK (new_left IN (0, 1)),
  choice     TEXT CHECK (choice IN ('left', 'right', 'tie')),
  chosen_at  INTEGER,
  PRIMARY KEY (run_id, place)
);
