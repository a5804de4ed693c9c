import type Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { verifyStore } from '../../../src/store/sqlite/verify-store.ts';
import { act, NORTH, SEAL, value } from '../fixtures.ts';
import { faultOf, raw } from '../raw.ts';
import { filledStore } from '../temp-stores.ts';

const settings = { seal: SEAL, act: act() };

/** Runs SQL with the guarding triggers out of the way, and puts them back: their absence would show. */
function tamper(path: string, sql: string): void {
  raw(path, (db) => {
    const triggers = db
      .prepare<[], { name: string; sql: string }>(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
      )
      .all();
    db.pragma('foreign_keys = OFF');
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
    db.exec(sql);
    for (const trigger of triggers) db.exec(trigger.sql);
  });
}

async function closedStore() {
  const made = await filledStore();
  await made.store.close();
  return made;
}

describe('the guards', () => {
  test.each([
    "UPDATE audit SET actor = 'someone else'",
    'DELETE FROM audit WHERE seq = 3',
    'REPLACE INTO audit SELECT * FROM audit WHERE seq = 3',
    "UPDATE event SET body = '{}'",
    "UPDATE episode_facts SET facts = '{}'",
    "UPDATE protocol_version SET document = '{}'",
    "UPDATE acknowledgement SET reason = 'x'",
  ])('refuse %s', async (sql) => {
    const { path } = await closedStore();
    const run = (db: Database.Database) => db.pragma('recursive_triggers = ON') && db.exec(sql);
    expect(() => raw(path, run)).toThrow(/never/);
  });
});

describe('the audit check', () => {
  const middle = '(SELECT max(seq) / 2 FROM audit)';
  const columns = 'at, actor, clinic_id, action, episode_id, version, detail, content, seal';

  test.each([
    ['the time of a row', `UPDATE audit SET at = at + 1 WHERE seq = ${middle}`, 'changed'],
    ['the actor', `UPDATE audit SET actor = 'x' WHERE seq = ${middle}`, 'changed'],
    ['the clinic', `UPDATE audit SET clinic_id = 2 WHERE seq = ${middle}`, 'changed'],
    ['the action', `UPDATE audit SET action = 'x' WHERE seq = ${middle}`, 'changed'],
    ['the episode', `UPDATE audit SET episode_id = 99 WHERE seq = ${middle}`, 'changed'],
    ['the version', `UPDATE audit SET version = 99 WHERE seq = ${middle}`, 'changed'],
    ['the detail', `UPDATE audit SET detail = '{ }' WHERE seq = ${middle}`, 'changed'],
    ['the content', `UPDATE audit SET content = 'x' WHERE seq = ${middle}`, 'changed'],
    ['the seal', `UPDATE audit SET seal = 'x' WHERE seq = ${middle}`, 'changed'],
    ['a row taken out', `DELETE FROM audit WHERE seq = ${middle}`, 'gap'],
    ['the first row taken out', 'DELETE FROM audit WHERE seq = 1', 'gap'],
    [
      'a row taken out and the rest moved up',
      'DELETE FROM audit WHERE seq = 4; UPDATE audit SET seq = seq - 1 WHERE seq > 4',
      'changed',
    ],
    ['the last row taken out', 'DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)', 'end'],
    [
      'the last five rows taken out',
      'DELETE FROM audit WHERE seq > (SELECT max(seq) - 5 FROM audit)',
      'end',
    ],
    ['all rows taken out', 'DELETE FROM audit', 'end'],
    [
      'two rows exchanged',
      'UPDATE audit SET seq = 1000 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 1000',
      'changed',
    ],
    [
      'a row added at the end, with an old seal',
      `INSERT INTO audit (${columns}) SELECT ${columns} FROM audit WHERE seq = ${middle}`,
      'changed',
    ],
    [
      'a row added in between',
      `UPDATE audit SET seq = seq + 1000 WHERE seq > 4; UPDATE audit SET seq = seq - 999 WHERE seq > 1000; INSERT INTO audit (seq, ${columns}) SELECT 5, ${columns} FROM audit WHERE seq = 4`,
      'changed',
    ],
    ['the kept end changed', "UPDATE meta SET value = '1:x' WHERE name = 'audit_head'", 'end'],
  ])('finds %s', async (_, sql, kind) => {
    const { path } = await closedStore();
    tamper(path, sql);
    const { audit, findings } = await verifyStore(path, settings);
    expect(audit?.breach?.kind).toBe(kind);
    expect(findings.map((finding) => finding.kind)).toContain('audit');
  });

  test('a log whose end was cut off is not opened for writing, so that no new row hides the cut', async () => {
    const { path } = await closedStore();
    tamper(path, 'DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)');
    expect(await faultOf(() => openStore(path, settings))).toBe('damaged');
  });

  test('a log that is cut off while the store is open is not written on', async () => {
    const { path, store } = await filledStore();
    tamper(path, 'DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)');
    expect(await faultOf(() => store.createClinic(act(), { ...NORTH, id: 5, code: 'E' }))).toBe(
      'damaged',
    );
    expect((await store.verifyAudit()).breach?.kind).toBe('end');
    await store.close();
  });
});

describe('the check of the tables against the log', () => {
  test.each([
    [
      'the body of an event',
      `UPDATE event SET body = '{"modality":"US","biRads":"2"}' WHERE event_id = 'x2'`,
    ],
    ['the day of an event', "UPDATE event SET date = date + 1 WHERE event_id = 'x2'"],
    ['the id of an event', "UPDATE event SET event_id = 'x9' WHERE event_id = 'x2'"],
    ['who recorded an event', "UPDATE event SET recorded_by = 'x' WHERE event_id = 'x2'"],
    ['when an event was recorded', "UPDATE event SET recorded_at = 1 WHERE event_id = 'x2'"],
    ['an event taken out', "DELETE FROM event WHERE event_id = 'x2'"],
    ['all events of an episode taken out', 'DELETE FROM event WHERE episode_id = 10'],
    [
      'an event added',
      'INSERT INTO event SELECT clinic_id, episode_id, seq + 9, event_id || 1, version, type, date, body, recorded_at, recorded_by FROM event WHERE episode_id = 10',
    ],
    [
      'an event moved to another episode',
      "UPDATE event SET episode_id = 11, seq = 9 WHERE event_id = 'x2'",
    ],
    [
      'two events exchanged',
      "UPDATE event SET seq = 9 WHERE event_id = 'x2'; UPDATE event SET seq = 2 WHERE event_id = 'x3'; UPDATE event SET seq = 3 WHERE event_id = 'x2'",
    ],
    [
      'the facts',
      `UPDATE episode_facts SET facts = replace(facts, '12.5', '22.5') WHERE episode_id = 10`,
    ],
    ['the pinned protocol', "UPDATE episode_facts SET protocol_hash = 'x' WHERE episode_id = 10"],
    ['the version of an episode', 'UPDATE episode SET version = 7 WHERE id = 10'],
    ['the external id', "UPDATE episode SET external_id = 'E-99' WHERE id = 10"],
    ['the patient', "UPDATE episode SET patient_ref = 'P-99' WHERE id = 10"],
    [
      'an episode taken out',
      'DELETE FROM event WHERE episode_id = 11; DELETE FROM episode_facts WHERE episode_id = 11; DELETE FROM episode WHERE id = 11',
    ],
    [
      'an episode said to be erased',
      'UPDATE episode SET external_id = NULL, patient_ref = NULL, erased_at = 1 WHERE id = 11',
    ],
    ['a day of a due item', 'UPDATE due_item SET target = target + 1 WHERE seq = 1'],
    ['the key of a due item', "UPDATE due_item SET item_key = 'a1.interval-9' WHERE seq = 1"],
    ['a due item closed', 'UPDATE due_item SET open = 0 WHERE seq = 1'],
    ['a due item taken out', 'DELETE FROM due_item WHERE seq = 2'],
    ['a calendar event', "UPDATE calendar_revision SET vevent = 'x'"],
    ['a calendar event taken out', 'DELETE FROM calendar_revision'],
    [
      'a protocol document',
      `UPDATE protocol_version SET document = '{"version":"1.0.1"}' WHERE version = '1.0.0'`,
    ],
    ['a protocol version taken out', "DELETE FROM protocol_version WHERE version = '2.0.0'"],
    ['the clinician of an approval', "UPDATE protocol_approval SET clinician = 'x'"],
    ['who recorded an approval', "UPDATE protocol_approval SET recorded_by = 'x'"],
    ['an approval taken out', 'DELETE FROM protocol_approval'],
    ['the zone of a clinic', "UPDATE clinic SET zone = 'UTC' WHERE id = 1"],
    ['a clinic added', "INSERT INTO clinic VALUES (9, 'X', 'X', 'UTC')"],
    ['the secret of the UIDs', "UPDATE meta SET value = 'x' WHERE name = 'uid_secret'"],
    ['the closed days of a clinic', "UPDATE clinic_calendar SET document = '{}'"],
    ['closed days moved to another clinic', 'UPDATE clinic_calendar SET clinic_id = 2'],
    ['closed days taken out', 'DELETE FROM clinic_calendar'],
    ['closed days added', "INSERT INTO clinic_calendar VALUES (2, '{}', 1, 'x')"],
    ['who recorded closed days', "UPDATE clinic_calendar SET recorded_by = 'x'"],
    ['when closed days were recorded', 'UPDATE clinic_calendar SET recorded_at = 1'],
    ['the clinic of an acknowledgement', 'UPDATE acknowledgement SET clinic_id = 2'],
    ['an acknowledgement moved to another episode', 'UPDATE acknowledgement SET episode_id = 10'],
    ['the version of an acknowledgement', 'UPDATE acknowledgement SET version = 1'],
    ['what was acknowledged', "UPDATE acknowledgement SET escalations = '[]'"],
    ['the reason of an acknowledgement', "UPDATE acknowledgement SET reason = 'x'"],
    ['when it was acknowledged', 'UPDATE acknowledgement SET recorded_at = 1'],
    ['who acknowledged', "UPDATE acknowledgement SET recorded_by = 'x'"],
    ['an acknowledgement taken out', 'DELETE FROM acknowledgement'],
    [
      'an acknowledgement added',
      'INSERT INTO acknowledgement SELECT clinic_id, 10, 2, escalations, reason, recorded_at, recorded_by FROM acknowledgement',
    ],
    ['the clinic of a run', 'UPDATE nightly_run SET clinic_id = 2 WHERE run = 2'],
    ['the number of a run', 'UPDATE nightly_run SET run = 3 WHERE run = 2'],
    ['the day of a run', 'UPDATE nightly_run SET as_of = as_of + 1 WHERE run = 2'],
    ['the holder of a run', "UPDATE nightly_run SET holder = 'x' WHERE run = 2"],
    ['the start of a run', 'UPDATE nightly_run SET started_at = 1 WHERE run = 2'],
    ['the lease of a run', 'UPDATE nightly_run SET lease_until = lease_until + 1 WHERE run = 1'],
    ['where the log ended before a run', 'UPDATE nightly_run SET audit_seq = 1 WHERE run = 2'],
    ['the seal of that end', "UPDATE nightly_run SET audit_seal = 'x' WHERE run = 2"],
    ['the end of a run', 'UPDATE nightly_run SET finished_at = 1 WHERE run = 2'],
    [
      'a killed run said to be finished',
      "UPDATE nightly_run SET finished_at = 1, digest = 'x', episodes = 0, counts = '{}' WHERE run = 1",
    ],
    ['the digest of a run', "UPDATE nightly_run SET digest = 'x' WHERE run = 2"],
    ['the episodes of a run', 'UPDATE nightly_run SET episodes = 9 WHERE run = 2'],
    ['the counts of a run', `UPDATE nightly_run SET counts = '{"due":1}' WHERE run = 2`],
    ['a run taken out', 'DELETE FROM nightly_run WHERE run = 1'],
    [
      'a run added',
      'INSERT INTO nightly_run SELECT clinic_id, 3, as_of, holder, started_at, lease_until, audit_seq, audit_seal, finished_at, digest, episodes, counts FROM nightly_run WHERE run = 2',
    ],
    ['the name of an account', "UPDATE account SET name = 'x.y' WHERE id = 500"],
    ['the number of an account', 'UPDATE account SET id = 7 WHERE id = 501'],
    ['the kind of an account', "UPDATE account SET kind = 'person' WHERE id = 501"],
    ['the display name of an account', "UPDATE account SET display_name = 'x' WHERE id = 501"],
    ['a password', "UPDATE account SET password = 'x' WHERE id = 500"],
    ['a password given', "UPDATE account SET password = 'x' WHERE id = 501"],
    ['the version of credentials', 'UPDATE account SET credentials_version = 2 WHERE id = 500'],
    ['an account disabled', 'UPDATE account SET disabled_at = 1 WHERE id = 500'],
    ['when an account was created', 'UPDATE account SET created_at = 1 WHERE id = 500'],
    ['who created an account', "UPDATE account SET created_by = 'x' WHERE id = 500"],
    ['an account taken out', 'DELETE FROM account WHERE id = 500'],
    [
      'an account added',
      "INSERT INTO account VALUES (7, 'x.y', 'person', NULL, 'x', 1, NULL, 1, 'x')",
    ],
    ['a role given', "INSERT INTO account_role VALUES (501, 1, 'administrator')"],
    ['a role changed', "UPDATE account_role SET role = 'administrator' WHERE account_id = 501"],
    [
      'a role moved to another clinic',
      'UPDATE account_role SET clinic_id = 2 WHERE account_id = 501',
    ],
    [
      'a role moved to another account',
      "UPDATE account_role SET account_id = 501 WHERE role = 'administrator'",
    ],
    ['roles taken out', 'DELETE FROM account_role WHERE account_id = 501'],
    ['the selector of a key', "UPDATE api_key SET selector = 'x' WHERE selector = 'k-robot'"],
    ['the account of a key', "UPDATE api_key SET account_id = 500 WHERE selector = 'k-robot'"],
    ['the digest of a key', "UPDATE api_key SET digest = 'x' WHERE selector = 'k-robot'"],
    ['the label of a key', "UPDATE api_key SET label = 'x' WHERE selector = 'k-robot'"],
    ['when a key was created', "UPDATE api_key SET created_at = 1 WHERE selector = 'k-robot'"],
    ['who created a key', "UPDATE api_key SET created_by = 'x' WHERE selector = 'k-robot'"],
    ['the end of a key', 'UPDATE api_key SET expires_at = expires_at + 1'],
    ['a revoked key in use again', "UPDATE api_key SET revoked_at = NULL WHERE selector = 'k-old'"],
    ['a key revoked', "UPDATE api_key SET revoked_at = 1 WHERE selector = 'k-robot'"],
    ['a key taken out', "DELETE FROM api_key WHERE selector = 'k-old'"],
    [
      'a key added',
      "INSERT INTO api_key SELECT 'x', account_id, digest, label, created_at, created_by, expires_at, revoked_at FROM api_key WHERE selector = 'k-robot'",
    ],
    ['the selector of a feed', "UPDATE subscription SET selector = 'x' WHERE selector = 's-meyer'"],
    ['the clinic of a feed', "UPDATE subscription SET clinic_id = 2 WHERE selector = 's-meyer'"],
    ['the digest of a feed', "UPDATE subscription SET digest = 'x' WHERE selector = 's-meyer'"],
    [
      'the subject of a feed',
      "UPDATE subscription SET subject = 'clinic', account_id = NULL WHERE selector = 's-meyer'",
    ],
    ['the clinician of a feed', 'UPDATE subscription SET account_id = 501 WHERE account_id = 500'],
    [
      'the patient of a feed',
      "UPDATE subscription SET patient_ref = 'x' WHERE selector = 's-patient'",
    ],
    [
      'the privacy of a feed',
      "UPDATE subscription SET privacy = 'named' WHERE selector = 's-clinic'",
    ],
    ['the label of a feed', "UPDATE subscription SET label = 'x' WHERE selector = 's-clinic'"],
    [
      'when a feed was created',
      "UPDATE subscription SET created_at = created_at + 1 WHERE selector = 's-clinic'",
    ],
    ['who created a feed', "UPDATE subscription SET created_by = 'x' WHERE selector = 's-clinic'"],
    ['the end of a feed', 'UPDATE subscription SET expires_at = expires_at - 1'],
    [
      'a revoked feed in use again',
      "UPDATE subscription SET revoked_at = NULL WHERE selector = 's-clinic'",
    ],
    ['a feed taken out', "DELETE FROM subscription WHERE selector = 's-clinic'"],
    [
      'a feed added',
      "INSERT INTO subscription SELECT 'x', clinic_id, digest, subject, patient_ref, account_id, privacy, label, created_at, created_by, expires_at, revoked_at FROM subscription WHERE selector = 's-meyer'",
    ],
    ['a clinician moved to another episode', 'UPDATE episode_clinician SET episode_id = 11'],
    ['a clinician moved to another clinic', 'UPDATE episode_clinician SET clinic_id = 2'],
    ['another clinician', 'UPDATE episode_clinician SET account_id = 502 WHERE account_id = 500'],
    ['a clinician taken out', 'DELETE FROM episode_clinician WHERE account_id = 500'],
    ['all clinicians taken out', 'DELETE FROM episode_clinician'],
    ['a clinician added', 'INSERT INTO episode_clinician VALUES (1, 11, 500)'],
    ['the name of a view', "UPDATE saved_view SET name = 'x' WHERE name = 'late'"],
    ['the filters of a view', "UPDATE saved_view SET query = 'x' WHERE name = 'late'"],
    ['the views of another account', 'UPDATE saved_view SET account_id = 501'],
    ['the views of another clinic', 'UPDATE saved_view SET clinic_id = 2'],
    ['a view taken out', "DELETE FROM saved_view WHERE name = 'late'"],
    ['all views taken out', 'DELETE FROM saved_view'],
    ['a view added', "INSERT INTO saved_view VALUES (1, 501, 'x', 'x')"],
    ['the number of an operation', 'UPDATE operation SET seq = 9 WHERE seq = 2'],
    ['the kind of an operation', "UPDATE operation SET kind = 'backup' WHERE seq = 2"],
    ['how an operation went', "UPDATE operation SET outcome = 'failed' WHERE seq = 1"],
    ['the detail of an operation', "UPDATE operation SET detail = 'x' WHERE seq = 1"],
    ['when an operation was recorded', 'UPDATE operation SET recorded_at = 1 WHERE seq = 1'],
    ['who recorded an operation', "UPDATE operation SET recorded_by = 'x' WHERE seq = 1"],
    ['an operation taken out', 'DELETE FROM operation WHERE seq = 1'],
    ['an operation added', "INSERT INTO operation VALUES (3, 'drill', 'ok', 'x', 1, 'x')"],
    ['the time of a migration', 'UPDATE schema_migration SET applied_at = 1'],
  ])('finds %s', async (_, sql) => {
    const { path } = await closedStore();
    expect((await verifyStore(path, settings)).findings).toEqual([]);
    tamper(path, sql);
    const { findings } = await verifyStore(path, settings);
    expect(findings.map(({ kind }) => kind)).toContain('content');
  });

  test('finds what went with an erased patient and stands there again', async () => {
    const { path, store } = await filledStore();
    const kept = raw(path, (db) =>
      db.prepare("SELECT * FROM subscription WHERE selector = 's-patient'").get(),
    ) as Record<string, unknown>;
    const erasure = {
      clinic: NORTH.id,
      whose: { episode: 10 },
      ground: 'patient-request',
    } as const;
    value(await store.erasePatient(act(), erasure));
    await store.close();
    expect((await verifyStore(path, settings)).findings).toEqual([]);
    raw(path, (db) => {
      const columns = Object.keys(kept);
      const places = columns.map((column) => `@${column}`).join();
      db.prepare(`INSERT INTO subscription (${columns.join()}) VALUES (${places})`).run(kept);
      db.exec('INSERT INTO episode_clinician VALUES (1, 10, 500)');
    });
    const { findings } = await verifyStore(path, settings);
    expect(findings.map(({ message }) => message)).toEqual([
      'a subscription of clinic 1 was changed',
      'the clinicians of episode 10 were changed',
    ]);
  });

  test('finds a guard that was taken away', async () => {
    const { path } = await closedStore();
    raw(path, (db) => db.exec('DROP TRIGGER audit_is_never_changed'));
    expect((await verifyStore(path, settings)).findings).toMatchObject([{ kind: 'schema' }]);
  });

  test('names no patient and no fact in what it finds', async () => {
    const { path } = await closedStore();
    tamper(
      path,
      "UPDATE episode SET patient_ref = 'CANARY'; UPDATE event SET date = 1; UPDATE acknowledgement SET reason = 'CANARY', recorded_at = 1; UPDATE subscription SET patient_ref = 'CANARY', label = 'CANARY' WHERE patient_ref IS NOT NULL; UPDATE saved_view SET name = name || 'CANARY'; UPDATE account SET display_name = 'CANARY', password = 'CANARY'",
    );
    const { findings } = await verifyStore(path, settings);
    expect(findings.length).toBeGreaterThan(5);
    expect(JSON.stringify(findings)).not.toMatch(/CANARY|P-E-10|E-10|MRI|s-patient|Meyer/);
  });
});

test('a time zone that does not exist is damage, and no day is told from it', async () => {
  const { path } = await closedStore();
  raw(path, (db) => db.exec("UPDATE clinic SET zone = 'Europe/Berlni'"));
  const again = await openStore(path, { seal: SEAL, act: act() });
  expect(await faultOf(() => again.listClinics())).toBe('damaged');
  await again.close();
});
