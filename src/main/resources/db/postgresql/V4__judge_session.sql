-- The name of the session whose people's scores a judge was held against; null in older rows.
ALTER TABLE calibrations ADD COLUMN session_name TEXT;
