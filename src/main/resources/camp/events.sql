SELECT $event,
  coalesce(
    (SELECT l.session_id FROM lineages l WHERE l.id = e.lineage_id),
    (SELECT l.session_id FROM agent_definitions d JOIN lineages l ON l.id = d.lineage_id
      WHERE d.id = e.agent_id),
    (SELECT l.session_id FROM artifacts f JOIN lineages l ON l.id = f.lineage_id
      WHERE f.id = e.artifact_id),
    (SELECT l.session_id FROM attempts a JOIN rollouts r ON r.id = a.rollout_id
      JOIN lineages l ON l.id = r.lineage_id WHERE a.id = e.attempt_id),
    e.session_id,
    CASE WHEN e.event_type = 'evolution.outcome' AND json_valid(eb.content) THEN
      (SELECT l.session_id FROM evolution_records v JOIN lineages l ON l.id = v.lineage_id
        WHERE v.id = json_extract(eb.content, '$.evolutionRecordId')) END) AS owner
FROM training_events e
LEFT JOIN payload_blobs eb ON eb.hash = e.payload_hash
