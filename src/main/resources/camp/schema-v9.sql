-- A fresh Training Camp database, schema version 9, statement for statement as the app makes it.

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  need TEXT NOT NULL,
  constraints TEXT,
  input_prompt TEXT,
  mode TEXT NOT NULL DEFAULT 'training',
  promoted_from TEXT,
  initial_agent_count INTEGER NOT NULL DEFAULT 4,
  trainer_messages TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE TABLE lineages (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  label TEXT NOT NULL CHECK (label IN ('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H')),
  strategy_tag TEXT,
  is_locked INTEGER DEFAULT 0,
  directive_sticky TEXT,
  directive_oneshot TEXT,
  created_at INTEGER NOT NULL,
  FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);

CREATE TABLE artifacts (
  id TEXT PRIMARY KEY,
  lineage_id TEXT NOT NULL,
  cycle INTEGER NOT NULL,
  content TEXT NOT NULL,
  metadata TEXT,
  agent_version INTEGER DEFAULT 1,
  input TEXT,
  tools_used TEXT,
  tokens_used INTEGER,
  latency_ms INTEGER,
  created_at INTEGER NOT NULL,
  FOREIGN KEY (lineage_id) REFERENCES lineages(id) ON DELETE CASCADE
);

CREATE TABLE evaluations (
  id TEXT PRIMARY KEY,
  artifact_id TEXT NOT NULL,
  score INTEGER NOT NULL CHECK (score >= 1 AND score <= 10),
  comment TEXT,
  created_at INTEGER NOT NULL,
  FOREIGN KEY (artifact_id) REFERENCES artifacts(id) ON DELETE CASCADE
);

CREATE TABLE audit_log (
  id TEXT PRIMARY KEY,
  event_type TEXT NOT NULL,
  entity_type TEXT,
  entity_id TEXT,
  data TEXT,
  created_at INTEGER NOT NULL
);

CREATE TABLE schema_version (
  version INTEGER PRIMARY KEY
);

CREATE TABLE agent_definitions (
  id TEXT PRIMARY KEY,
  lineage_id TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL,
  description TEXT,
  system_prompt TEXT NOT NULL,
  tools TEXT NOT NULL,
  flow TEXT NOT NULL,
  memory_config TEXT NOT NULL,
  parameters TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  FOREIGN KEY (lineage_id) REFERENCES lineages(id) ON DELETE CASCADE
);

CREATE TABLE context_documents (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);

CREATE TABLE context_examples (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  name TEXT NOT NULL,
  input TEXT NOT NULL,
  expected_output TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);

CREATE TABLE test_cases (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  name TEXT NOT NULL,
  input TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);

CREATE TABLE rollouts (
  id TEXT PRIMARY KEY,
  lineage_id TEXT NOT NULL,
  cycle INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'running', 'completed', 'failed')),
  final_attempt_id TEXT,
  created_at INTEGER NOT NULL,
  completed_at INTEGER,
  FOREIGN KEY (lineage_id) REFERENCES lineages(id) ON DELETE CASCADE
);

CREATE TABLE attempts (
  id TEXT PRIMARY KEY,
  rollout_id TEXT NOT NULL,
  attempt_number INTEGER NOT NULL,
  status TEXT NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'succeeded', 'failed')),

  -- Reproducibility (agent snapshot)
  agent_id TEXT NOT NULL,
  agent_version INTEGER NOT NULL,
  system_prompt_hash TEXT NOT NULL,
  tools_hash TEXT NOT NULL,
  flow_hash TEXT NOT NULL,

  -- Execution context
  input TEXT NOT NULL,
  model_id TEXT NOT NULL,
  temperature REAL,
  max_tokens INTEGER,
  top_p REAL,

  -- Results
  output TEXT,
  error TEXT,

  -- Metrics
  duration_ms INTEGER,
  total_tokens INTEGER,
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  estimated_cost REAL,

  created_at INTEGER NOT NULL,
  FOREIGN KEY (rollout_id) REFERENCES rollouts(id) ON DELETE CASCADE
);

CREATE TABLE execution_spans (
  id TEXT PRIMARY KEY,
  attempt_id TEXT NOT NULL,
  parent_span_id TEXT,
  sequence INTEGER NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('llm_call', 'tool_call', 'tool_result', 'reasoning', 'output')),

  input TEXT,
  output TEXT,

  model_id TEXT,
  prompt_tokens INTEGER,
  completion_tokens INTEGER,

  tool_name TEXT,
  tool_args TEXT,
  tool_result TEXT,
  tool_error TEXT,

  duration_ms INTEGER,
  estimated_cost REAL,

  created_at INTEGER NOT NULL,
  FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE
);

CREATE TABLE evolution_records (
  id TEXT PRIMARY KEY,
  lineage_id TEXT NOT NULL,
  from_version INTEGER NOT NULL,
  to_version INTEGER NOT NULL,

  rollout_id TEXT NOT NULL,
  attempt_id TEXT NOT NULL,
  trigger_score INTEGER,
  trigger_comment TEXT,
  trigger_directives TEXT,

  score_analysis TEXT NOT NULL,
  credit_assignment TEXT NOT NULL,
  plan TEXT NOT NULL,
  changes TEXT NOT NULL,

  next_score INTEGER,
  score_delta INTEGER,
  hypothesis_validated INTEGER,

  created_at INTEGER NOT NULL,
  FOREIGN KEY (lineage_id) REFERENCES lineages(id) ON DELETE CASCADE
);

CREATE TABLE learning_insights (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  pattern TEXT NOT NULL,
  pattern_type TEXT NOT NULL CHECK (pattern_type IN ('prompt_change', 'tool_change', 'param_change')),
  contexts TEXT,
  success_count INTEGER DEFAULT 0,
  failure_count INTEGER DEFAULT 0,
  avg_score_impact REAL,
  confidence REAL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);

CREATE TABLE training_events (
  id TEXT PRIMARY KEY,
  timestamp INTEGER NOT NULL,
  event_type TEXT NOT NULL,
  schema_version INTEGER NOT NULL DEFAULT 1,

  -- Entity references (sparse)
  session_id TEXT,
  lineage_id TEXT,
  agent_id TEXT,
  artifact_id TEXT,
  attempt_id TEXT,

  -- Content-addressed payload
  payload_hash TEXT NOT NULL,

  -- Denormalized tags for filtering
  tags TEXT,

  created_at INTEGER NOT NULL
);

CREATE TABLE payload_blobs (
  hash TEXT PRIMARY KEY,
  content TEXT NOT NULL,
  created_at INTEGER NOT NULL
);

CREATE TABLE training_examples (
  id TEXT PRIMARY KEY,
  example_type TEXT NOT NULL CHECK (example_type IN ('sft', 'preference', 'reward')),

  -- Content references
  system_prompt_hash TEXT,
  user_input_hash TEXT,
  completion_hash TEXT,

  -- For preference pairs
  chosen_hash TEXT,
  rejected_hash TEXT,

  -- Metadata
  score REAL,
  score_delta REAL,
  source_event_ids TEXT,

  created_at INTEGER NOT NULL
);

CREATE INDEX idx_lineages_session ON lineages(session_id);
CREATE INDEX idx_artifacts_lineage ON artifacts(lineage_id);
CREATE INDEX idx_artifacts_cycle ON artifacts(lineage_id, cycle);
CREATE INDEX idx_evaluations_artifact ON evaluations(artifact_id);
CREATE INDEX idx_audit_log_entity ON audit_log(entity_type, entity_id);
CREATE INDEX idx_agent_definitions_lineage ON agent_definitions(lineage_id);
CREATE INDEX idx_context_documents_session ON context_documents(session_id);
CREATE INDEX idx_context_examples_session ON context_examples(session_id);
CREATE INDEX idx_test_cases_session ON test_cases(session_id);
CREATE INDEX idx_rollouts_lineage ON rollouts(lineage_id);
CREATE INDEX idx_rollouts_cycle ON rollouts(lineage_id, cycle);
CREATE INDEX idx_attempts_rollout ON attempts(rollout_id);
CREATE INDEX idx_execution_spans_attempt ON execution_spans(attempt_id);
CREATE INDEX idx_evolution_records_lineage ON evolution_records(lineage_id);
CREATE INDEX idx_learning_insights_session ON learning_insights(session_id);
CREATE INDEX idx_training_events_type ON training_events(event_type);
CREATE INDEX idx_training_events_session ON training_events(session_id);
CREATE INDEX idx_training_events_timestamp ON training_events(timestamp);
CREATE INDEX idx_training_examples_type ON training_examples(example_type);

INSERT INTO schema_version (version) VALUES (9);
