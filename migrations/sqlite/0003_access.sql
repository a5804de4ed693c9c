-- Who may do what: accounts and their roles, API keys, calendar subscriptions; who is responsible for an
-- episode; saved views; what was done with the store as a whole.

-- Accounts belong to no clinic; what one may do stands in account_role, clinic by clinic. password is
-- encoded with its salt. credentials_version rises when a session that began before must end.
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

-- digest is a keyed digest of the secret half of a key; the selector is the half that finds it.
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

CREATE INDEX api_key_by_account ON api_key (account_id);

-- Calendar feeds, for at most 365 days. The subject is a patient, an account, or the whole clinic.
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

CREATE INDEX subscription_by_patient ON subscription (clinic_id, patient_ref);
CREATE INDEX subscription_by_account ON subscription (account_id, clinic_id);

-- The accounts that are responsible for an episode.
CREATE TABLE episode_clinician (
  clinic_id  INTEGER NOT NULL,
  episode_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL REFERENCES account (id),
  PRIMARY KEY (clinic_id, episode_id, account_id),
  FOREIGN KEY (clinic_id, episode_id) REFERENCES episode (clinic_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX episode_clinician_by_account ON episode_clinician (account_id, clinic_id, episode_id);

-- Filters of the worklist that someone wants again: query is the query string of its address.
CREATE TABLE saved_view (
  clinic_id  INTEGER NOT NULL REFERENCES clinic (id),
  account_id INTEGER NOT NULL REFERENCES account (id),
  name       TEXT NOT NULL CHECK (length(name) <= 80),
  query      TEXT NOT NULL CHECK (length(query) <= 2000),
  PRIMARY KEY (clinic_id, account_id, name)
) STRICT, WITHOUT ROWID;

-- Backups and drills, as those who look after the store want them told.
CREATE TABLE operation (
  seq         INTEGER PRIMARY KEY CHECK (seq >= 1),
  kind        TEXT NOT NULL CHECK (kind IN ('backup', 'drill')),
  outcome     TEXT NOT NULL CHECK (outcome IN ('ok', 'failed')),
  detail      TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT;

CREATE INDEX operation_by_kind ON operation (kind, seq);
