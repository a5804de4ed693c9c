import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { findClinic } from '../../../src/service/clinic/find-clinic.ts';
import { erasePatient } from '../../../src/service/keeping/erase-patient.ts';
import { hmacSeal } from '../../../src/store/sqlite/hmac-seal.ts';
import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { clinicStore, ok } from '../../cli/clinic-store.ts';
import { NOON } from '../../cli/memory-surroundings.ts';
import { register } from '../../cli/registered.ts';

test('an erasure while someone reads the file is done, and leaves traces until a purge', async () => {
  const clinics = await clinicStore();
  await register(clinics, { id: 'EP-1', ablatedOn: '2026-01-15', patientRef: 'P-CANARY' });
  const seal = hmacSeal(Uint8Array.from(Buffer.from(clinics.keyText.trim(), 'hex')));
  const act = { actor: 'officer', at: NOON };
  const reader = new Database(clinics.database);
  try {
    const store = await openStore(clinics.database, { seal, act, busyTimeoutMs: 1 });
    reader.exec('BEGIN');
    reader.prepare('SELECT * FROM episode_facts').all();
    await clinics.use(async (context) => {
      const clinic = ok(await findClinic(context));
      const whose = { patientRef: 'P-CANARY' };
      const work = { clinic, whose, ground: 'patient-request', confirm: 'P-CANARY' } as const;
      const erased = ok(await erasePatient({ ...context, store }, work));
      expect(erased).toMatchObject({ episodes: 1, events: 0, purged: false });
    });
    expect(await store.purge()).toBe(false);
    await store.close();
    expect((await clinics.run(['doctor'])).stdout).toContain('purge-unfinished');
  } finally {
    reader.close();
  }
  expect((await clinics.run(['doctor', '--purge'])).code).toBe(0);
  expect(readFileSync(clinics.database).includes('P-CANARY')).toBe(false);
  expect((await clinics.run(['doctor'])).code).toBe(0);
});
