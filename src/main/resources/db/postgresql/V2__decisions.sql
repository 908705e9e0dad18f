-- When a person decided over a proposal, and why where it was rejected.
ALTER TABLE proposals ADD COLUMN decided_at BIGINT;
ALTER TABLE proposals ADD COLUMN reason TEXT;

-- What both prompts did on each sealed test task: what a person decides by.
CREATE TABLE test_evidence (
  run_id         TEXT PRIMARY KEY REFERENCES runs (id),
  evidence_json  TEXT NOT NULL
);
