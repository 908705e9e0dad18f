-- What is suspicious in a proposal, and which of it a person accepted. A proposal without a row was not looked at.
CREATE TABLE findings (
  proposal_id    TEXT PRIMARY KEY REFERENCES proposals (id),
  findings_json  TEXT NOT NULL,
  accepted_json  TEXT,
  accepted_at    BIGINT
);
