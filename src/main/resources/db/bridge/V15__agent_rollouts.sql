-- The finished rollouts of a run's agent that is a program, by the hash of agent, model, prompt and
-- input: a resumed run repeats none. Calls: how many models' calls it made.
CREATE TABLE agent_rollouts (
  run_id        TEXT NOT NULL REFERENCES runs (id),
  rollout_hash  TEXT NOT NULL,
  ordinal       INTEGER NOT NULL,
  output        TEXT NOT NULL,
  calls         INTEGER NOT NULL,
  done_at       INTEGER NOT NULL,
  PRIMARY KEY (run_id, rollout_hash, ordinal)
);
