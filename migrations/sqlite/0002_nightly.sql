-- Closed days, acknowledgements, and the ledger of the nightly job.

-- The closed days of a clinic, as the JSON text that was checked.
CREATE TABLE clinic_calendar (
  clinic_id   INTEGER PRIMARY KEY REFERENCES clinic (id),
  document    TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;

-- Someone's word that open escalations may stay unanswered when a surveillance ends, append-only.
-- version is that of the episode after the append that it came with; escalations is a JSON list of keys.
CREATE TABLE acknowledgement (
  clinic_id   INTEGER NOT NULL,
  episode_id  INTEGER NOT NULL,
  version     INTEGER NOT NULL,
  escalations TEXT NOT NULL,
  reason      TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by TEXT NOT NULL,
  PRIMARY KEY (clinic_id, episode_id, version),
  FOREIGN KEY (clinic_id, episode_id) REFERENCES episode (clinic_id, id)
) STRICT, WITHOUT ROWID;

-- The runs of the nightly job, numbered from 1 in each clinic. audit_seq and audit_seal are the end of
-- the audit log when a run started. One without finished_at is running, or was killed; no other may
-- start before lease_until. counts is JSON: rows in each bucket.
CREATE TABLE nightly_run (
  clinic_id   INTEGER NOT NULL REFERENCES clinic (id),
  run         INTEGER NOT NULL CHECK (run >= 1),
  as_of       INTEGER NOT NULL,
  holder      TEXT NOT NULL,
  started_at  INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  audit_seq   INTEGER NOT NULL,
  audit_seal  TEXT NOT NULL,
  finished_at INTEGER,
  digest      TEXT,
  episodes    INTEGER,
  counts      TEXT,
  PRIMARY KEY (clinic_id, run),
  CHECK ((finished_at IS NULL) = (digest IS NULL)),
  CHECK ((finished_at IS NULL) = (episodes IS NULL)),
  CHECK ((finished_at IS NULL) = (counts IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER acknowledgement_is_never_changed BEFORE UPDATE ON acknowledgement
BEGIN SELECT RAISE(ABORT, 'acknowledgements are never changed'); END;
