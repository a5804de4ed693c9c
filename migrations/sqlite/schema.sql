-- Made from the migrations; do not edit.

CREATE TABLE account (
  id                  INTEGER PRIMARY KEY,
  name                TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 2 AND 40),
  kind                TEXT NOT NULL CHECK (kind IN ('person', 'service')),
  display_name        TEXT,
  password            TEXT,
  credentials_version INTEGER NOT NULL CHECK (credentials_version >= 1),
  disabled_at         INTEGER,
  created_at          INTEGER NOT NULL,
  created_by          TEXT NOT NULL
) STRICT;

CREATE TABLE account_role (
  account_id INTEGER NOT NULL REFERENCES account (id),
  clinic_id  INTEGER NOT NULL REFERENCES clinic (id),
  role       TEXT NOT NULL
    CHECK (role IN ('viewer', 'scheduler', 'clinician', 'administrator', 'service')),
  PRIMARY KEY (account_id, clinic_id, role)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE api_key (
  selector   TEXT NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  digest     TEXT NOT NULL,
  label      TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  CHECK (expires_at > created_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  seq        INTEGER PRIMARY KEY CHECK (seq >= 1),
  at         INTEGER NOT NULL,
  actor      TEXT NOT NULL,
  clinic_id  INTEGER,
  action     TEXT NOT NULL,
  episode_id INTEGER,
  version    INTEGER,
  detail     TEXT NOT NULL,
  content    TEXT,
  seal       TEXT NOT NULL
) STRICT;

CREATE TABLE calendar_revision (
  clinic_id  INTEGER NOT NULL,
  episode_id INTEGER NOT NULL,
  item_key   TEXT NOT NULL,
  privacy    TEXT NOT NULL CHECK (privacy IN ('minimal', 'coded', 'named')),
  uid        TEXT NOT NULL,
  sequence   INTEGER NOT NULL CHECK (sequence >= 0),
  stamp      INTEGER NOT NULL,
  cancelled  INTEGER NOT NULL CHECK (cancelled IN (0, 1)),
  vevent     TEXT NOT NULL,
  PRIMARY KEY (clinic_id, episode_id, item_key, privacy),
  UNIQUE (clinic_id, uid, privacy),
  FOREIGN KEY (clinic_id, episode_id) REFERENCES episode (clinic_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE clinic (
  id   INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  zone TEXT NOT NULL
) STRICT;

CREATE TABLE clinic_calendar (
  clinic_id   INTEGER PRIMARY KEY REFERENCES clinic (id),
  document    TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;

CREATE TABLE due_item (
  clinic_id  INTEGER NOT NULL,
  episode_id INTEGER NOT NULL,
  seq        INTEGER NOT NULL CHECK (seq >= 1),
  item_key   TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('baseline', 'interval', 'lane', 'escalation')),
  earliest   INTEGER NOT NULL,
  target     INTEGER NOT NULL,
  latest     INTEGER NOT NULL,
  open       INTEGER NOT NULL CHECK (open IN (0, 1)),
  PRIMARY KEY (episode_id, seq),
  FOREIGN KEY (clinic_id, episode_id) REFERENCES episode (clinic_id, id),
  CHECK (earliest <= target AND target <= latest)
) STRICT, WITHOUT ROWID;

CREATE TABLE episode (
  id            INTEGER PRIMARY KEY,
  clinic_id     INTEGER NOT NULL REFERENCES clinic (id),
  external_id   TEXT,
  patient_ref   TEXT,
  version       INTEGER NOT NULL CHECK (version >= 1),
  facts_version INTEGER NOT NULL CHECK (facts_version BETWEEN 1 AND version),
  plan_version  INTEGER CHECK (plan_version <= version),
  plan_seal     TEXT,
  erased_at     INTEGER,
  UNIQUE (clinic_id, id),
  UNIQUE (clinic_id, external_id),
  CHECK ((erased_at IS NULL) = (external_id IS NOT NULL)),
  CHECK (erased_at IS NULL OR patient_ref IS NULL),
  CHECK ((plan_version IS NULL) = (plan_seal IS NULL))
) STRICT;

CREATE TABLE episode_clinician (
  clinic_id  INTEGER NOT NULL,
  episode_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL REFERENCES account (id),
  PRIMARY KEY (clinic_id, episode_id, account_id),
  FOREIGN KEY (clinic_id, episode_id) REFERENCES episode (clinic_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE episode_facts (
  clinic_id        INTEGER NOT NULL,
  episode_id       INTEGER NOT NULL,
  version          INTEGER NOT NULL,
  facts            TEXT NOT NULL,
  protocol_id      TEXT NOT NULL,
  protocol_version TEXT NOT NULL,
  protocol_hash    TEXT NOT NULL,
  recorded_at      INTEGER NOT NULL,
  recorded_by      TEXT NOT NULL,
  PRIMARY KEY (clinic_id, episode_id, version),
  FOREIGN KEY (clinic_id, episode_id) REFERENCES episode (clinic_id, id),
  FOREIGN KEY (clinic_id, protocol_id, protocol_version)
    REFERENCES protocol_version (clinic_id, protocol_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  clinic_id   INTEGER NOT NULL,
  episode_id  INTEGER NOT NULL,
  seq         INTEGER NOT NULL CHECK (seq >= 1),
  event_id    TEXT NOT NULL,
  version     INTEGER NOT NULL,
  type        TEXT NOT NULL,
  date        INTEGER NOT NULL,
  body        TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by TEXT NOT NULL,
  PRIMARY KEY (clinic_id, episode_id, seq),
  FOREIGN KEY (clinic_id, episode_id) REFERENCES episode (clinic_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE operation (
  seq         INTEGER PRIMARY KEY CHECK (seq >= 1),
  kind        TEXT NOT NULL CHECK (kind IN ('backup', 'drill')),
  outcome     TEXT NOT NULL CHECK (outcome IN ('ok', 'failed')),
  detail      TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;

CREATE TABLE protocol_approval (
  clinic_id   INTEGER NOT NULL,
  protocol_id TEXT NOT NULL,
  version     TEXT NOT NULL,
  clinician   TEXT NOT NULL,
  approved_on INTEGER NOT NULL,
  note        TEXT,
  recorded_at INTEGER NOT NULL,
  recorded_by TEXT NOT NULL,
  PRIMARY KEY (clinic_id, protocol_id, version, clinician),
  FOREIGN KEY (clinic_id, protocol_id, version)
    REFERENCES protocol_version (clinic_id, protocol_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE protocol_version (
  clinic_id   INTEGER NOT NULL REFERENCES clinic (id),
  protocol_id TEXT NOT NULL,
  version     TEXT NOT NULL,
  hash        TEXT NOT NULL,
  document    TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by TEXT NOT NULL,
  PRIMARY KEY (clinic_id, protocol_id, version)
) STRICT;

CREATE TABLE saved_view (
  clinic_id  INTEGER NOT NULL REFERENCES clinic (id),
  account_id INTEGER NOT NULL REFERENCES account (id),
  name       TEXT NOT NULL CHECK (length(name) <= 80),
  query      TEXT NOT NULL CHECK (length(query) <= 2000),
  PRIMARY KEY (clinic_id, account_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE schema_migration (
  version    INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT;

CREATE TABLE subscription (
  selector    TEXT NOT NULL PRIMARY KEY,
  clinic_id   INTEGER NOT NULL REFERENCES clinic (id),
  digest      TEXT NOT NULL,
  subject     TEXT NOT NULL CHECK (subject IN ('patient', 'clinician', 'clinic')),
  patient_ref TEXT,
  account_id  INTEGER REFERENCES account (id),
  privacy     TEXT NOT NULL CHECK (privacy IN ('minimal', 'coded', 'named')),
  label       TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  created_by  TEXT NOT NULL,
  expires_at  INTEGER NOT NULL,
  revoked_at  INTEGER,
  CHECK ((subject = 'patient') = (patient_ref IS NOT NULL)),
  CHECK ((subject = 'clinician') = (account_id IS NOT NULL)),
  CHECK (expires_at > created_at AND expires_at <= created_at + 31536000000)
) STRICT, WITHOUT ROWID;

CREATE INDEX api_key_by_account ON api_key (account_id);

CREATE INDEX due_item_open ON due_item (clinic_id, earliest, kind, target, latest) WHERE open = 1;

CREATE INDEX episode_by_patient ON episode (clinic_id, patient_ref) WHERE patient_ref IS NOT NULL;

CREATE INDEX episode_clinician_by_account ON episode_clinician (account_id, clinic_id, episode_id);

CREATE INDEX operation_by_kind ON operation (kind, seq);

CREATE INDEX subscription_by_account ON subscription (account_id, clinic_id);

CREATE INDEX subscription_by_patient ON subscription (clinic_id, patient_ref);

CREATE TRIGGER acknowledgement_is_never_changed BEFORE UPDATE ON acknowledgement
BEGIN SELECT RAISE(ABORT, 'acknowledgements are never changed'); END;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END;

CREATE TRIGGER episode_facts_are_never_changed BEFORE UPDATE ON episode_facts
BEGIN SELECT RAISE(ABORT, 'facts are never changed; a revision is a new row'); END;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed; a correction is an event'); END;

CREATE TRIGGER protocol_version_is_never_changed BEFORE UPDATE ON protocol_version
BEGIN SELECT RAISE(ABORT, 'a recorded protocol version is never changed'); END;
