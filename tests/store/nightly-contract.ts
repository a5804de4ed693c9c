import { describe, expect, test } from 'vitest';
import type { NightlyRun, RunReport } from '../../src/store/nightly-run.ts';
import type { Store } from '../../src/store/store.ts';
import {
  act,
  approvalOf,
  day,
  exam,
  FIRST,
  facts,
  furnish,
  NORTH,
  newEpisode,
  SECOND,
  SOUTH,
  value,
} from './fixtures.ts';

const clinic = NORTH.id;
const at10 = { clinic, episode: 10 };
const MINUTE = 60_000;
const HOLDER = 'host-a 4711';
const REPORT: RunReport = { digest: 'ab'.repeat(32), episodes: 3, counts: { overdue: 1, due: 2 } };
const ACKNOWLEDGED = { escalations: ['esc.x1', 'esc.x2'], reason: 'seen elsewhere, Dr. Ö' };

const lastDetail = async (store: Store) => {
  const { seq } = await store.auditHead();
  const [row] = await store.pageAudit({ after: seq - 1, limit: 1 });
  return [row?.action, JSON.parse(row?.detail ?? 'null')];
};

const start = (store: Store, later = 0, more: object = {}) =>
  store.startRun(act(later), {
    clinic,
    asOf: day('2026-03-01'),
    holder: HOLDER,
    leaseMs: 10 * MINUTE,
    ...more,
  });

/** What every store promises to the nightly job. `make` gives an empty one. */
export function nightlyContract(name: string, make: () => Promise<Store>): void {
  const furnished = async () => furnish(await make());
  const withEpisode = async () => {
    const store = await furnished();
    value(await store.registerEpisodes(act(), { clinic, episodes: [newEpisode(10)] }));
    return store;
  };

  describe(`${name}: closed days`, () => {
    test('a calendar is kept as its text, and a new one replaces it', async () => {
      const store = await furnished();
      expect(await store.clinicCalendar(clinic)).toBeNull();
      const set = async (document: string) =>
        value(await store.setClinicCalendar(act(), { clinic, document }));
      expect(await set('{"rules": []}')).toEqual({ changed: true });
      expect(await store.clinicCalendar(clinic)).toBe('{"rules": []}');
      expect(await set('{"rules":[]}')).toEqual({ changed: true });
      expect(await store.clinicCalendar(clinic)).toBe('{"rules":[]}');
      expect(await store.clinicCalendar(SOUTH.id)).toBeNull();
    });

    test('the same again writes nothing, and a clinic that does not exist has none', async () => {
      const store = await furnished();
      value(await store.setClinicCalendar(act(), { clinic, document: '{}' }));
      const head = await store.auditHead();
      const again = await store.setClinicCalendar(act(5), { clinic, document: '{}' });
      expect(again).toEqual({ outcome: 'ok', value: { changed: false } });
      expect(await store.setClinicCalendar(act(), { clinic: 9, document: '{}' })).toEqual({
        outcome: 'not-found',
        what: 'clinic',
      });
      expect(await store.auditHead()).toEqual(head);
      expect(await store.clinicCalendar(9)).toBeNull();
    });
  });

  describe(`${name}: acknowledgements`, () => {
    const append = (store: Store, expected: number, more: object) =>
      store.appendEvents(act(expected, 'dr-roy'), { ...at10, expected, events: [], ...more });

    test('are kept with the events that they came with, and counted in the audit', async () => {
      const store = await withEpisode();
      const acknowledgement = { escalations: [...ACKNOWLEDGED.escalations], reason: 'r' };
      value(await append(store, 1, { events: [exam('y')], acknowledgement }));
      expect(await lastDetail(store)).toEqual(['events.appended', { events: 1, acknowledged: 2 }]);
      acknowledgement.escalations.push('esc.x9');
      value(await append(store, 2, { events: [exam('z')] }));
      expect(await lastDetail(store)).toEqual(['events.appended', { events: 1 }]);
      value(await append(store, 3, { events: [exam('w')], acknowledgement: ACKNOWLEDGED }));
      expect(value(await store.loadAcknowledgements(at10))).toEqual([
        {
          escalations: ACKNOWLEDGED.escalations,
          reason: 'r',
          actor: 'dr-roy',
          at: act(1).at,
          version: 2,
        },
        { ...ACKNOWLEDGED, actor: 'dr-roy', at: act(3).at, version: 4 },
      ]);
    });

    test('are kept only when the events are', async () => {
      const store = await withEpisode();
      const head = await store.auditHead();
      const acknowledgement = ACKNOWLEDGED;
      expect(await append(store, 1, { acknowledgement })).toEqual({
        outcome: 'ok',
        value: { version: 1 },
      });
      expect(await append(store, 7, { events: [exam('y')], acknowledgement })).toMatchObject({
        outcome: 'conflict',
      });
      expect(await append(store, 1, { events: [exam('x1')], acknowledgement })).toMatchObject({
        why: 'event-id-taken',
      });
      expect(value(await store.loadAcknowledgements(at10))).toEqual([]);
      expect(await store.auditHead()).toEqual(head);
    });

    test('stay inside their clinic, and go with their patient', async () => {
      const store = await withEpisode();
      value(await append(store, 1, { events: [exam('y')], acknowledgement: ACKNOWLEDGED }));
      expect(await store.loadAcknowledgements({ clinic: SOUTH.id, episode: 10 })).toEqual({
        outcome: 'not-found',
        what: 'episode',
      });
      const whose = { episode: 10 };
      value(await store.erasePatient(act(9), { clinic, whose, ground: 'patient-request' }));
      expect(await store.loadAcknowledgements(at10)).toEqual({
        outcome: 'refused',
        why: 'erased',
      });
    });
  });

  describe(`${name}: a case as of a version`, () => {
    test('has the facts, the protocol and the events that it had then', async () => {
      const store = await withEpisode();
      const versions = [value(await store.loadCase(at10))];
      const keep = async () => versions.push(value(await store.loadCase(at10)));
      value(await store.appendEvents(act(), { ...at10, expected: 1, events: [exam('y')] }));
      await keep();
      const revised = facts('E-10b', { patientRef: 'P-2', intent: 'curative' });
      value(await store.reviseEpisode(act(), { ...at10, expected: 2, facts: revised }));
      await keep();
      value(await store.approveProtocol(act(), { clinic, approval: approvalOf(SECOND) }));
      value(await store.pinProtocol(act(), { ...at10, expected: 3, protocol: SECOND }));
      await keep();
      value(await store.appendEvents(act(), { ...at10, expected: 4, events: [exam('z')] }));
      value(
        await store.savePlans(act(), { clinic, plans: [{ episode: 10, restsOn: 5, items: [] }] }),
      );
      const current = value(await store.loadCase(at10));
      expect(current.planVersion).toBe(5);
      versions.push({ ...current, planVersion: null });
      for (const [index, then] of versions.entries()) {
        expect(value(await store.loadCase({ ...at10, version: index + 1 }))).toEqual(then);
      }
      expect(versions.map(({ protocol }) => protocol.version)).toEqual([
        FIRST.version,
        FIRST.version,
        FIRST.version,
        SECOND.version,
        SECOND.version,
      ]);
      expect(await store.loadCase({ ...at10, version: undefined })).toEqual({
        outcome: 'ok',
        value: current,
      });
    });

    test.each([-1, 0, 2])('is not found at version %i, which it never had', async (version) => {
      const store = await withEpisode();
      const none = { outcome: 'not-found', what: 'episode' };
      expect(await store.loadCase({ ...at10, version })).toEqual(none);
      expect(await store.loadCase({ clinic: SOUTH.id, episode: 10, version: 1 })).toEqual(none);
    });
  });

  describe(`${name}: the ledger of nightly runs`, () => {
    test('a run starts with its lease and the end of the log before it', async () => {
      const store = await withEpisode();
      const auditHead = await store.auditHead();
      const run: NightlyRun = {
        run: 1,
        asOf: day('2026-03-01'),
        holder: HOLDER,
        startedAt: act().at,
        leaseUntil: act().at + 10 * MINUTE,
        auditHead,
        finishedAt: null,
        report: null,
      };
      expect(value(await start(store))).toEqual(run);
      expect(await lastDetail(store)).toEqual([
        'run.started',
        { run: 1, asOf: day('2026-03-01'), leaseUntil: run.leaseUntil },
      ]);
      expect(await store.listRuns({ clinic, limit: 9 })).toEqual([run]);
      expect(await store.listRuns({ clinic: SOUTH.id, limit: 9 })).toEqual([]);
    });

    test('a second one is refused until the lease has run out; each clinic has its own', async () => {
      const store = await furnished();
      value(await start(store));
      const head = await store.auditHead();
      const refusal = { outcome: 'refused', why: 'run-in-progress' };
      expect(await start(store)).toEqual(refusal);
      expect(await start(store, 10 * MINUTE - 1, { holder: 'host-b 1' })).toEqual(refusal);
      expect(await store.auditHead()).toEqual(head);
      expect(value(await start(store, 1, { clinic: SOUTH.id })).run).toBe(1);
      expect(value(await start(store, 10 * MINUTE, { holder: 'host-b 1' })).run).toBe(2);
    });

    test('a lease is put off by its holder, never put forward', async () => {
      const store = await furnished();
      value(await start(store));
      const renew = (later: number, leaseMs = 10 * MINUTE) =>
        store.renewRun(act(later), { clinic, run: 1, holder: HOLDER, leaseMs });
      expect(value(await renew(MINUTE))).toEqual({ leaseUntil: act(11 * MINUTE).at });
      expect(await lastDetail(store)).toEqual([
        'run.renewed',
        { run: 1, leaseUntil: act(11 * MINUTE).at },
      ]);
      const head = await store.auditHead();
      expect(value(await renew(MINUTE))).toEqual({ leaseUntil: act(11 * MINUTE).at });
      expect(value(await renew(2 * MINUTE, 1))).toEqual({ leaseUntil: act(11 * MINUTE).at });
      expect(await store.auditHead()).toEqual(head);
      expect(await start(store, 10 * MINUTE)).toMatchObject({ why: 'run-in-progress' });
    });

    test('a run that failed gives its lease back at once, and stays unfinished', async () => {
      const store = await furnished();
      value(await start(store));
      const mine = { clinic, run: 1, holder: HOLDER };
      const back = await store.renewRun(act(MINUTE), { ...mine, leaseMs: 0 });
      expect(value(back)).toEqual({ leaseUntil: act(MINUTE).at });
      expect(await lastDetail(store)).toEqual([
        'run.renewed',
        { run: 1, leaseUntil: act(MINUTE).at },
      ]);
      expect(await store.listRuns({ clinic, limit: 9, finished: true })).toEqual([]);
      expect(value(await start(store, MINUTE, { holder: 'host-b 1' })).run).toBe(2);
      const lost = await store.renewRun(act(MINUTE), { ...mine, leaseMs: 0 });
      expect(lost).toMatchObject({ why: 'lease-lost' });
    });

    test('a lease that ran out and that no one took over may still be renewed, or the run finished', async () => {
      const store = await furnished();
      value(await start(store));
      const mine = { clinic, run: 1, holder: HOLDER };
      const renewed = await store.renewRun(act(20 * MINUTE), { ...mine, leaseMs: MINUTE });
      expect(value(renewed)).toEqual({ leaseUntil: act(21 * MINUTE).at });
      value(await store.finishRun(act(40 * MINUTE), { ...mine, report: REPORT }));
      expect(await store.listRuns({ clinic, limit: 9 })).toMatchObject([
        { finishedAt: act(40 * MINUTE).at, leaseUntil: act(40 * MINUTE).at },
      ]);
    });

    test('a finished run keeps its report and gives the lease back', async () => {
      const store = await furnished();
      const run = value(await start(store));
      const report = { ...REPORT, counts: { ...REPORT.counts } };
      value(await store.finishRun(act(MINUTE), { clinic, run: 1, holder: HOLDER, report }));
      expect(await lastDetail(store)).toEqual(['run.finished', { run: 1, episodes: 3 }]);
      report.counts.due = 99;
      const { at } = act(MINUTE);
      expect(await store.listRuns({ clinic, limit: 9 })).toEqual([
        { ...run, leaseUntil: at, finishedAt: at, report: REPORT },
      ]);
      expect(value(await start(store, MINUTE)).run).toBe(2);
    });

    test('a run that was taken over, is finished, was never started or is another one’s can do nothing', async () => {
      const store = await furnished();
      value(await start(store));
      const lost = { outcome: 'refused', why: 'lease-lost' };
      const tries = async (later: number, scope: object) => {
        const work = { clinic, run: 1, holder: HOLDER, ...scope };
        expect(await store.renewRun(act(later), { ...work, leaseMs: MINUTE })).toEqual(lost);
        expect(await store.finishRun(act(later), { ...work, report: REPORT })).toEqual(lost);
      };
      await tries(1, { holder: 'host-b 1' });
      await tries(1, { run: 2 });
      await tries(1, { clinic: SOUTH.id });
      value(await start(store, 10 * MINUTE, { holder: 'host-b 1' }));
      await tries(10 * MINUTE, {});
      await tries(10 * MINUTE, { run: 2 });
      const theirs = { clinic, run: 2, holder: 'host-b 1' };
      value(await store.finishRun(act(11 * MINUTE), { ...theirs, report: REPORT }));
      await tries(11 * MINUTE, { run: 2, holder: 'host-b 1' });
      const none = { outcome: 'not-found', what: 'clinic' };
      const nowhere = { ...theirs, clinic: 9 };
      expect(await start(store, 11 * MINUTE, { clinic: 9 })).toEqual(none);
      expect(await store.renewRun(act(11 * MINUTE), { ...nowhere, leaseMs: 1 })).toEqual(none);
      expect(await store.finishRun(act(11 * MINUTE), { ...nowhere, report: REPORT })).toEqual(none);
    });

    test('runs are listed the newest first; only finished ones, only of earlier days, only so many', async () => {
      const store = await furnished();
      const days = ['2026-03-01', '2026-03-02', '2026-03-02', '2026-03-04'];
      for (const [index, asOf] of days.entries()) {
        const later = index * 20 * MINUTE;
        const { run } = value(await start(store, later, { asOf: day(asOf) }));
        const mine = { clinic, run, holder: HOLDER };
        if (run !== 2) value(await store.finishRun(act(later), { ...mine, report: REPORT }));
      }
      const list = async (more: object) =>
        (await store.listRuns({ clinic, limit: 9, ...more })).map(({ run }) => run);
      expect(await list({})).toEqual([4, 3, 2, 1]);
      expect(await list({ limit: 2 })).toEqual([4, 3]);
      expect(await list({ finished: true })).toEqual([4, 3, 1]);
      expect(await list({ finished: false })).toEqual([4, 3, 2, 1]);
      expect(await list({ before: day('2026-03-04') })).toEqual([3, 2, 1]);
      expect(await list({ before: day('2026-03-02'), finished: true })).toEqual([1]);
      expect(await list({ before: day('2026-03-04'), finished: true, limit: 1 })).toEqual([3]);
    });
  });

  describe(`${name}: changes behind a row of the audit log`, () => {
    test('name each episode with the version before the first of them', async () => {
      const store = await withEpisode();
      value(await store.registerEpisodes(act(), { clinic, episodes: [newEpisode(12)] }));
      value(await store.appendEvents(act(), { ...at10, expected: 1, events: [exam('y')] }));
      const { seq } = await store.auditHead();
      expect(await store.listChanges({ clinic, afterAudit: seq })).toEqual({
        changed: [],
        erased: [],
      });
      const at12 = { clinic, episode: 12 };
      const revised = facts('E-12', { intent: 'curative' });
      value(await store.reviseEpisode(act(), { ...at12, expected: 1, facts: revised }));
      value(await store.appendEvents(act(), { ...at12, expected: 2, events: [exam('y')] }));
      value(await store.approveProtocol(act(), { clinic, approval: approvalOf(SECOND) }));
      value(await store.pinProtocol(act(), { ...at10, expected: 2, protocol: SECOND }));
      value(await store.registerEpisodes(act(), { clinic, episodes: [newEpisode(11)] }));
      expect(await store.listChanges({ clinic, afterAudit: seq })).toEqual({
        changed: [
          { episode: 10, versionBefore: 2 },
          { episode: 11, versionBefore: 0 },
          { episode: 12, versionBefore: 1 },
        ],
        erased: [],
      });
      expect((await store.listChanges({ clinic, afterAudit: 0 })).changed).toEqual(
        [10, 11, 12].map((episode) => ({ episode, versionBefore: 0 })),
      );
      expect(await store.listChanges({ clinic: SOUTH.id, afterAudit: 0 })).toEqual({
        changed: [],
        erased: [],
      });
    });

    test('leave out what changed no fact, and tell an erased episode as erased only', async () => {
      const store = await furnished();
      const episodes = [12, 10, 11].map((id) => newEpisode(id));
      value(await store.registerEpisodes(act(), { clinic, episodes }));
      const { seq } = await store.auditHead();
      value(await store.setClinicCalendar(act(), { clinic, document: '{}' }));
      value(
        await store.savePlans(act(), { clinic, plans: [{ episode: 11, restsOn: 1, items: [] }] }),
      );
      value(await start(store));
      value(await store.appendEvents(act(), { ...at10, expected: 1, events: [exam('y')] }));
      for (const episode of [12, 10]) {
        const whose = { episode };
        value(await store.erasePatient(act(), { clinic, whose, ground: 'patient-request' }));
      }
      expect(await store.listChanges({ clinic, afterAudit: seq })).toEqual({
        changed: [],
        erased: [10, 12],
      });
      const after = (await store.auditHead()).seq - 1;
      expect((await store.listChanges({ clinic, afterAudit: after })).erased).toEqual([10]);
    });
  });
}
