-- A judge held against people's scores. The fingerprint is of all that it depends on: the judge's
-- model and rubric, and the scored outputs. A row is never changed: runs refer to it.
CREATE TABLE calibrations (
  id           TEXT PRIMARY KEY,
  camp_path    TEXT NOT NULL,
  session_id   TEXT NOT NULL,
  model        TEXT NOT NULL,
  fingerprint  TEXT NOT NULL,
  seed         INTEGER NOT NULL,
  outputs      INTEGER NOT NULL,
  report_json  TEXT NOT NULL,
  created_at   INTEGER NOT NULL
);
CREATE INDEX calibrations_by_session ON calibrations (camp_path, session_id, model, created_at);

-- What a run's judge goes by, fixed before its first call: a resumed run takes the same, whatever
-- was scored or calibrated since. Without a calibration of before, the run calibrates itself.
CREATE TABLE run_judges (
  run_id          TEXT PRIMARY KEY REFERENCES runs (id),
  material_json   TEXT NOT NULL,
  calibration_id  TEXT REFERENCES calibrations (id)
);
