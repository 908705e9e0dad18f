-- How often the endpoint turned the call down, or could not be reached; not among its attempts.
ALTER TABLE calls ADD COLUMN turned_down BIGINT NOT NULL DEFAULT 0;
