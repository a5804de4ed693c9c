import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { GROUNDS } from '../../../src/cli/commands/erase-command.ts';
import { ERASURE_GROUNDS } from '../../../src/service/keeping/erase-patient.ts';
import { clinicStore } from '../clinic-store.ts';
import { register } from '../registered.ts';

const ERASE = ['erase', '--ground', 'patient-request'];
const exam = { id: 'x1', type: 'imaging', date: '2026-05-20', modality: 'US' };

async function patients() {
  const store = await clinicStore();
  await register(
    store,
    { id: 'EP-1', ablatedOn: '2026-01-15', patientRef: 'P-CANARY', events: [exam] },
    { id: 'EP-2', ablatedOn: '2026-02-15', patientRef: 'P-CANARY' },
    { id: 'EP-3', ablatedOn: '2026-03-15', patientRef: 'P-OTHER' },
  );
  return store;
}

describe('erase', () => {
  test('says on a dry run how much would go and what it cannot reach, and takes nothing', async () => {
    const store = await patients();
    const head = await store.use(({ store }) => store.auditHead());
    const dry = await store.run([...ERASE, '--patient', 'P-CANARY', '--dry-run']);
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(dry.stdout).toContain('Would erase: 2 episodes with 1 event.');
    expect(dry.stdout).toMatch(/Out of reach:\n- backups .*\n- calendars .*\n- folders /);
    expect(await store.use(({ store }) => store.auditHead())).toEqual(head);
  });

  test('takes every episode of the patient, and no byte of the reference is left', async () => {
    const store = await patients();
    const run = await store.run([...ERASE, '--patient', 'P-CANARY', '--confirm', 'P-CANARY']);
    expect(run.stdout).toContain('Erased: 2 episodes with 1 event.');
    expect(readFileSync(store.database).includes('P-CANARY')).toBe(false);
    const rest = await store.run([...ERASE, '--patient', 'P-OTHER', '--dry-run']);
    expect(rest.stdout).toContain('1 episode with 0 events');
    const again = await store.run([...ERASE, '--patient', 'P-CANARY', '--confirm', 'P-CANARY']);
    expect(again.code).toBe(5);
    const [row] = await store.use(async ({ store }) => {
      const { seq } = await store.auditHead();
      return store.pageAudit({ after: seq - 1, limit: 1 });
    });
    expect(row).toMatchObject({ action: 'patient.erased', actor: 'nurse' });
    expect(JSON.parse(row?.detail ?? '')).toMatchObject({ ground: 'patient-request', events: 1 });
  });

  test('takes one episode alone', async () => {
    const store = await patients();
    const run = await store.run([...ERASE, '--episode', 'EP-2', '--confirm', 'EP-2']);
    expect(run.stdout).toContain('Erased: 1 episode with 0 events.');
    const rest = await store.run([...ERASE, '--patient', 'P-CANARY', '--dry-run']);
    expect(rest.stdout).toContain('1 episode with 1 event.');
  });

  test.each([
    [[...ERASE, '--patient', 'P-CANARY'], 3, 'nothing was erased'],
    [[...ERASE, '--patient', 'P-CANARY', '--confirm', 'P-CANARI'], 3, 'named twice'],
    [[...ERASE, '--patient', 'P-CANARI', '--confirm', 'P-CANARI'], 5, 'has no such patient'],
    [[...ERASE, '--episode', 'EP-9', '--confirm', 'EP-9'], 5, 'has no such episode'],
    [ERASE, 2, 'either --patient or --episode'],
    [[...ERASE, '--patient', 'P-CANARY', '--episode', 'EP-1'], 2, 'either --patient or --episode'],
    [['erase', '--patient', 'P-CANARY', '--confirm', 'P-CANARY'], 2, '--ground'],
    [
      ['erase', '--patient', 'P', '--ground', 'patient-requests'],
      2,
      'Did you mean patient-request',
    ],
  ])('%j takes nothing away', async (args, code, says) => {
    const store = await patients();
    const head = await store.use(({ store }) => store.auditHead());
    const run = await store.run(args);
    expect(run.code).toBe(code);
    expect(run.stderr).toContain(says);
    expect(await store.use(({ store }) => store.auditHead())).toEqual(head);
  });

  test('offers the grounds that the audit log knows', () => {
    expect([...GROUNDS]).toEqual([...ERASURE_GROUNDS]);
  });
});
