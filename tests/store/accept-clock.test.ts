import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/store.ts';
import { act, day, FIRST, furnish, NORTH, SEAL, SOUTH, UID_SECRET, value } from './fixtures.ts';
import { sampleStore } from './temp-stores.ts';

const YEAR = 365 * 86_400_000;
const WORK = { reason: 'clock-was-ahead' } as const;
const clinic = NORTH.id;

async function memoryStore(): Promise<Store> {
  const store = createMemoryStore({ seal: SEAL, uidSecret: UID_SECRET, act: act() });
  await furnish(store);
  return store;
}

/** Somebody's clock was a year ahead when it wrote. */
async function misled(store: Store): Promise<Store> {
  const approval = { ...FIRST, clinician: 'Dr. Ito', date: day('2026-03-01') };
  value(await store.approveProtocol(act(YEAR), { clinic, approval }));
  return store;
}

describe.each([
  ['memory', memoryStore],
  ['SQLite', async () => (await sampleStore()).store],
])('a clock that was wrong, %s store', (_, make) => {
  const write = (store: Store, later: number) =>
    store.setClinicCalendar(act(later), { clinic: SOUTH.id, document: `{"at":${later}}` });

  test('stops every change, until the true one is accepted in the audit log', async () => {
    const store = await misled(await make());
    expect(await write(store, 60_000)).toEqual({ outcome: 'refused', why: 'clock-behind' });
    const { seq } = await store.auditHead();
    expect(await store.acceptClock(act(60_000, 'admin'), WORK)).toEqual({
      outcome: 'ok',
      value: { behindMs: YEAR - 60_000 },
    });
    const [row] = await store.pageAudit({ after: seq, limit: 9 });
    expect(row).toMatchObject({ action: 'clock.accepted', actor: 'admin', at: act(60_000).at });
    expect(JSON.parse(row?.detail ?? '')).toEqual({
      reason: 'clock-was-ahead',
      behindMs: YEAR - 60_000,
      newest: seq,
    });
    value(await write(store, 61_000));
    expect(await write(store, -YEAR)).toEqual({ outcome: 'refused', why: 'clock-behind' });
    expect((await store.verifyAudit()).breach).toBeNull();
  });

  test('that is not behind has nothing to accept, and one from before the store is refused', async () => {
    const store = await make();
    const head = await store.auditHead();
    expect(await store.acceptClock(act(-60_000), WORK)).toEqual({
      outcome: 'ok',
      value: { behindMs: 0 },
    });
    await misled(store);
    const later = await store.auditHead();
    expect(await store.acceptClock(act(-YEAR), WORK)).toEqual({
      outcome: 'refused',
      why: 'clock-behind',
    });
    expect(await store.auditHead()).toEqual(later);
    expect(later.seq).toBe(head.seq + 1);
  });

  test('leaves no lease behind that lasts into the year that never was', async () => {
    const store = await make();
    const run = { clinic, asOf: day('2026-03-02'), holder: 'host-a:1', leaseMs: 60_000 };
    value(await store.startRun(act(YEAR), run));
    value(await store.acceptClock(act(), WORK));
    value(await store.startRun(act(), { ...run, holder: 'host-b:1' }));
    expect(await store.startRun(act(1), run)).toEqual({
      outcome: 'refused',
      why: 'run-in-progress',
    });
  });
});
