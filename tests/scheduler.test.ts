import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createStore, openScheduler, type Scheduler, StoreFault } from '../src/scheduler.ts';
import { ok } from './cli/clinic-store.ts';
import { tempFolder } from './store/temp-stores.ts';

const NOON = Date.UTC(2026, 5, 15, 12);

function place(keyText = 'c0'.repeat(32)) {
  const database = join(tempFolder(), 'clinic.db');
  writeFileSync(`${database}.key`, `${keyText}\n`, { mode: 0o600 });
  return { database, actor: 'ehr-bridge', clock: () => NOON };
}

async function furnished(): Promise<{ scheduler: Scheduler; settings: ReturnType<typeof place> }> {
  const settings = place();
  const scheduler = await createStore(settings);
  const clinic = ok(await scheduler.createClinic({ code: 'NORTH', zone: 'Europe/Berlin' }));
  const protocol = 'staged-risk-adapted';
  ok(await scheduler.approveProtocol({ clinic, protocol, clinician: 'Dr. Lee' }));
  const document = { ablatedOn: '2026-01-15', id: 'EP-0417', laterality: 'left' };
  ok(await scheduler.registerEpisode({ clinic, document }));
  return { scheduler, settings };
}

describe('openScheduler', () => {
  test('does what its documentation shows, on a store that was closed and opened again', async () => {
    const { scheduler: first, settings } = await furnished();
    await first.close();
    const scheduler = await openScheduler(settings);
    const clinic = ok(await scheduler.findClinic('NORTH'));
    const exam = { type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '4B' };
    const recorded = ok(
      await scheduler.recordEvents({ clinic, episode: 'EP-0417', events: [exam] }),
    );
    expect(recorded.newEscalations).toMatchObject([{ action: 'biopsy', dueBy: '2026-05-04' }]);
    const { worklist } = ok(await scheduler.listDue({ clinics: [clinic], soonDays: 28 }));
    expect(worklist.rows[0]).toMatchObject({ bucket: 'escalation-overdue', episode: 'EP-0417' });
    const plan = ok(await scheduler.planEpisode({ clinic, episode: 'EP-0417' }));
    expect(plan.phase).toBe('escalated');
    expect(await scheduler.listClinics()).toEqual([clinic]);
    await scheduler.close();
  });

  test('what cannot be done is an outcome with its kind and problems, not an exception', async () => {
    const { scheduler } = await furnished();
    const clinic = ok(await scheduler.findClinic());
    const unknown = await scheduler.recordEvents({ clinic, episode: 'EP-1', events: [] });
    expect(unknown).toMatchObject({ ok: false, fault: 'not-found' });
    const events = [{ type: 'imaging', date: '2026-07-01', modality: 'MRI' }];
    const ahead = await scheduler.recordEvents({ clinic, episode: 'EP-0417', events });
    expect(ahead).toMatchObject({ ok: false, fault: 'invalid' });
    await scheduler.close();
  });

  test('a fault of the file is a StoreFault with its kind', async () => {
    const settings = place();
    await expect(openScheduler(settings)).rejects.toThrow(StoreFault);
    await expect(openScheduler(settings)).rejects.toMatchObject({ kind: 'missing' });
    const { scheduler, settings: made } = await furnished();
    await scheduler.close();
    writeFileSync(`${made.database}.key`, 'ab'.repeat(32));
    await expect(openScheduler(made)).rejects.toMatchObject({ kind: 'wrong-key' });
  });

  test('a file that holds no key is told without its content', async () => {
    const settings = place('not a key at all');
    await expect(openScheduler(settings)).rejects.toThrow(/is not a key file/);
    await expect(openScheduler(settings)).rejects.not.toThrow(/at all/);
  });
});
