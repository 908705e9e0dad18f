-- When the run was put into the queue last, in milliseconds since the epoch; null in older rows.
ALTER TABLE runs ADD COLUMN queued_at INTEGER;
