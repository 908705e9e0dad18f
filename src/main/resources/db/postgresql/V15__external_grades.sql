-- The grades that a run has from a grader outside of this program, by the hash of the grader and of
-- what it was asked: a resumed run asks for none twice. The reward is 0 to 1.
CREATE TABLE external_grades (
  run_id      TEXT NOT NULL REFERENCES runs (id),
  asked_hash  TEXT NOT NULL,
  reward      DOUBLE PRECISION NOT NULL,
  note        TEXT NOT NULL,
  graded_at   BIGINT NOT NULL,
  PRIMARY KEY (run_id, asked_hash)
);
