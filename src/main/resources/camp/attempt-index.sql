-- Finds what belongs to each attempt and their order, as row numbers in temporary tables, so that
-- attempts can then be read one by one. Runs once over the tables as Shape shows them.

-- Room in memory for the keys of some 100,000 attempts; more of them spill to the disk.
PRAGMA temp.cache_size = -24576;

-- The last event of each attempt's end.
CREATE TEMP TABLE end_event (attempt_id PRIMARY KEY, event INTEGER) WITHOUT ROWID;

INSERT OR REPLACE INTO end_event
SELECT attempt_id, row FROM training_events
WHERE event_type IN ('attempt.completed', 'attempt.failed') AND attempt_id IS NOT NULL
ORDER BY timestamp, row;

-- The score events of each artifact: all but the last are corrected.
CREATE TEMP TABLE score_event (artifact_id, place INTEGER, event INTEGER,
  PRIMARY KEY (artifact_id, place)) WITHOUT ROWID;

INSERT INTO score_event
SELECT artifact_id, row_number() OVER (ORDER BY timestamp, row), row FROM training_events
WHERE event_type = 'artifact.scored' AND artifact_id IS NOT NULL;

-- The attempt that made each artifact. First: the artifact says so itself.
CREATE TEMP TABLE artifact_link (
  artifact INTEGER PRIMARY KEY, artifact_id, lineage_id, cycle, created_at, attempt_id, agent_id);

INSERT INTO artifact_link
SELECT row, id, lineage_id, cycle, created_at,
  CASE WHEN json_valid(metadata) THEN json_extract(metadata, '$.attemptId') END,
  CASE WHEN json_valid(metadata) THEN json_extract(metadata, '$.agentId') END
FROM artifacts WHERE id IS NOT NULL;

-- Second: its last score event says so.
UPDATE artifact_link SET attempt_id = (
  SELECT json_extract(b.content, '$.metadata.attemptId')
  FROM score_event s
  JOIN training_events e ON e.row = s.event
  JOIN payload_blobs b ON b.hash = e.payload_hash
  WHERE s.artifact_id = artifact_link.artifact_id
    AND NOT EXISTS (SELECT 1 FROM score_event n
      WHERE n.artifact_id = s.artifact_id AND n.place > s.place)
    AND CASE WHEN json_valid(b.content)
        THEN json_extract(b.content, '$.artifactId') = artifact_link.artifact_id END)
WHERE attempt_id IS NULL;

CREATE INDEX temp.artifact_link_attempt ON artifact_link (attempt_id);

-- Third: the lineage made one attempt in that cycle that made no other artifact.
CREATE TEMP TABLE cycle_link (artifact INTEGER PRIMARY KEY, attempt_id);

INSERT INTO cycle_link
SELECT l.artifact, min(a.id) AS attempt_id
FROM artifact_link l
JOIN rollouts r ON r.lineage_id = l.lineage_id AND r.cycle = l.cycle
JOIN attempts a ON a.rollout_id = r.id
WHERE l.attempt_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM artifact_link o WHERE o.attempt_id = a.id)
GROUP BY l.artifact HAVING count(*) = 1;

UPDATE artifact_link SET attempt_id =
  (SELECT c.attempt_id FROM cycle_link c WHERE c.artifact = artifact_link.artifact)
WHERE attempt_id IS NULL AND artifact IN (SELECT artifact FROM cycle_link);

-- The first artifact of each attempt; there should be no second.
CREATE TEMP TABLE output_of (attempt_id PRIMARY KEY, artifact INTEGER, agent_id) WITHOUT ROWID;

INSERT OR IGNORE INTO output_of
SELECT attempt_id, artifact, agent_id FROM artifact_link
WHERE attempt_id IS NOT NULL ORDER BY artifact;

-- Every attempt: recorded, or known by its event alone (analysis runs), or by its artifact alone.
CREATE TEMP TABLE attempt_order (
  place INTEGER PRIMARY KEY, started_at, id, attempt INTEGER, event INTEGER, artifact INTEGER,
  agent_id, lineage_id, session_id);

INSERT INTO attempt_order
  (started_at, id, attempt, event, artifact, agent_id, lineage_id, session_id)
SELECT f.started_at, f.id, f.attempt, f.event, f.artifact, f.agent_id,
  coalesce(f.lineage_id, d.lineage_id), l.session_id
FROM (
  SELECT a.created_at AS started_at, a.id AS id, a.row AS attempt, x.event AS event,
    o.artifact AS artifact, coalesce(a.agent_id, o.agent_id) AS agent_id,
    coalesce(r.lineage_id, l.lineage_id) AS lineage_id
  FROM attempts a
  LEFT JOIN rollouts r ON r.id = a.rollout_id
  LEFT JOIN end_event x ON x.attempt_id = a.id
  LEFT JOIN output_of o ON o.attempt_id = a.id
  LEFT JOIN artifact_link l ON l.artifact = o.artifact
  WHERE a.id IS NOT NULL
UNION ALL
  SELECT e.timestamp - coalesce(
      CASE WHEN json_valid(b.content) AND json_type(b.content, '$.durationMs') = 'integer'
      THEN json_extract(b.content, '$.durationMs') END, 0),
    x.attempt_id, NULL, x.event, o.artifact, coalesce(e.agent_id, o.agent_id),
    coalesce(l.lineage_id, e.lineage_id)
  FROM end_event x
  JOIN training_events e ON e.row = x.event
  LEFT JOIN payload_blobs b ON b.hash = e.payload_hash
  LEFT JOIN output_of o ON o.attempt_id = x.attempt_id
  LEFT JOIN artifact_link l ON l.artifact = o.artifact
  WHERE NOT EXISTS (SELECT 1 FROM attempts a WHERE a.id = x.attempt_id)
UNION ALL
  SELECT l.created_at, CASE WHEN o.artifact = l.artifact THEN l.attempt_id ELSE l.artifact_id END,
    NULL, NULL, l.artifact, l.agent_id, l.lineage_id
  FROM artifact_link l
  LEFT JOIN output_of o ON o.attempt_id = l.attempt_id
  WHERE o.attempt_id IS NULL OR o.artifact <> l.artifact
     OR NOT EXISTS (SELECT 1 FROM attempts a WHERE a.id = l.attempt_id)
        AND NOT EXISTS (SELECT 1 FROM end_event x WHERE x.attempt_id = l.attempt_id)
) f
LEFT JOIN agent_definitions d ON d.id = f.agent_id
LEFT JOIN lineages l ON l.id = coalesce(f.lineage_id, d.lineage_id)
ORDER BY f.started_at, f.id;

CREATE INDEX temp.attempt_order_session ON attempt_order (session_id);

DROP TABLE end_event;

DROP TABLE output_of;

DROP TABLE cycle_link;

DROP TABLE artifact_link;
