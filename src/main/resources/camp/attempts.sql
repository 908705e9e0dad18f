SELECT o.id, o.started_at, o.lineage_id, o.session_id,
  o.agent_id, o.attempt,
  a.rollout_id, a.status, a.agent_version, a.system_prompt_hash, a.input, a.model_id,
  a.temperature, a.max_tokens, a.top_p, a.output, a.error, a.duration_ms,
  r.cycle AS rollout_cycle, r.status AS rollout_status,
  f.id AS artifact_id, f.cycle AS artifact_cycle, f.content, f.metadata,
  v.id AS evaluation_id, v.score, v.comment, v.created_at AS scored_at,
  d.id AS version_id, d.version, d.system_prompt, d.parameters,
  $end_event,
  $score_event
FROM attempt_order o
LEFT JOIN attempts a ON a.row = o.attempt
LEFT JOIN rollouts r ON r.id = a.rollout_id
LEFT JOIN artifacts f ON f.row = o.artifact
LEFT JOIN evaluations v ON v.row = (
  SELECT i.row FROM evaluations i WHERE i.artifact_id = f.id
  ORDER BY i.created_at DESC, i.row DESC LIMIT 1)
LEFT JOIN agent_definitions d ON d.id = o.agent_id
LEFT JOIN training_events e ON e.row = o.event
LEFT JOIN payload_blobs eb ON eb.hash = e.payload_hash
LEFT JOIN training_events s ON s.row = (
  SELECT k.event FROM score_event k WHERE k.artifact_id = f.id ORDER BY k.place DESC LIMIT 1)
LEFT JOIN payload_blobs sb ON sb.hash = s.payload_hash
