import { describe, expect, it } from 'vitest';
import { formatDay } from '../../../src/domain/civil-date.ts';
import type { RowChange } from '../../../src/plan/worklist-diff.ts';
import { refreshCalendar } from '../../../src/service/calendar/refresh-calendar.ts';
import { approveProtocol } from '../../../src/service/clinic/approve-protocol.ts';
import { planStored } from '../../../src/service/episode/plan-stored.ts';
import { nightlyFiles } from '../../../src/service/night/nightly-files.ts';
import { previewNightly, runNightly } from '../../../src/service/night/run-nightly.ts';
import type { Store } from '../../../src/store/store.ts';
import { StoreFault } from '../../../src/store/store-fault.ts';
import { ok } from '../../cli/clinic-store.ts';
import { shippedProtocol } from '../../cli/memory-surroundings.ts';
import { day, value } from '../../store/fixtures.ts';
import { KINDS, type NightClinic, nightClinic, type StoreKind } from './night-clinic.ts';

const exam = (id: string, date: string, biRads = '2') => ({
  id,
  type: 'imaging',
  date,
  modality: 'MRI',
  biRads,
});

/** Five episodes: overdue, last day today, due, due, opening soon. */
async function cohort(kind: StoreKind): Promise<NightClinic> {
  const clinic = await nightClinic(kind);
  await clinic.register('EP-1', '2026-01-15');
  await clinic.register('EP-2', '2026-02-15');
  await clinic.register('EP-3', '2026-03-01');
  await clinic.register('EP-4', '2026-03-01');
  await clinic.register('EP-5', '2026-03-20');
  return clinic;
}

/** What happens on 15 June between the runs of two nights. */
async function aDay(clinic: NightClinic): Promise<void> {
  clinic.at('2026-06-15T14:00');
  await clinic.record('EP-3', exam('x1', '2026-06-15'));
  const deferral = { type: 'deferral', visit: 'a1.baseline', until: '2026-07-10', reason: 'r' };
  await clinic.record('EP-4', { id: 'd1', date: '2026-06-15', ...deferral });
  await clinic.register('EP-6', '2026-03-10');
}

function told(changes: readonly RowChange[] | undefined) {
  return changes?.map(({ before, after, cause }) => {
    const row = after ?? before;
    return [row?.episode, row?.item, 'event' in cause ? cause.event : cause.kind];
  });
}

function bucketsOf(list: { readonly rows: readonly { episode: string; bucket: string }[] }) {
  return Object.fromEntries(
    list.rows
      .filter(({ bucket }) => bucket !== 'data-to-complete')
      .map(({ episode, bucket }) => [episode, bucket]),
  );
}

async function keptVersions({ store, clinic }: NightClinic) {
  const cases = await store.pageCases({ clinic: clinic.id, after: 0, limit: 100 });
  return cases.map(({ version, planVersion }) => version === planVersion);
}

/** A store in which work of someone else comes in between, just before a page is read. */
function withWorkBetween(store: Store, work: () => Promise<unknown>): Store {
  const between: Store = Object.create(store);
  between.pageCases = async (page) => {
    await work();
    return store.pageCases(page);
  };
  return between;
}

describe.each(KINDS)('the nightly run on a store in %s', (kind) => {
  it('lists on the first night who is open, without changes', async () => {
    const clinic = await cohort(kind);
    const { report, files } = await clinic.night();
    expect(bucketsOf(report.worklist)).toEqual({
      'EP-1': 'overdue',
      'EP-2': 'due',
      'EP-3': 'due',
      'EP-4': 'due',
      'EP-5': 'opens-soon',
    });
    expect(report).toMatchObject({ asOf: '2026-06-15', since: null, changes: null, episodes: 5 });
    expect(report.worklist.leftOut).toBeGreaterThan(0);
    expect(report.worklist.rows.map(({ bucket }) => bucket)).not.toContain('later');
    expect(files.get('summary.txt')).toContain('The first run');
  });

  it('tells on the second night what is new, late, moved and resolved, each with its cause', async () => {
    const clinic = await cohort(kind);
    await clinic.night();
    await aDay(clinic);
    clinic.at('2026-06-16T04:15');
    const { report } = await clinic.night();
    expect(report.since).toBe('2026-06-15');
    expect(report.missedNights).toBe(0);
    const { changes } = report;
    expect(told(changes?.becameOverdue)).toEqual([['EP-2', 'a1.baseline', 'as-of']]);
    expect(told(changes?.appeared)).toEqual(
      expect.arrayContaining([['EP-6', 'a1.baseline', 'facts']]),
    );
    expect(told(changes?.moved)).toEqual([['EP-4', 'a1.baseline', 'd1']]);
    expect(told(changes?.resolved)).toEqual(
      expect.arrayContaining([['EP-3', 'a1.baseline', 'x1']]),
    );
  });

  it('counts only items of the list as unchanged', async () => {
    const clinic = await cohort(kind);
    const { report: first } = await clinic.night();
    clinic.at('2026-06-16T04:15');
    const { changes } = (await clinic.night()).report;
    // The last day of EP-2 was the day before.
    expect(changes?.unchanged).toBe(first.worklist.rows.length - 1);
  });

  it('run twice tells the same bytes, with the same digest in the ledger', async () => {
    const clinic = await cohort(kind);
    await clinic.night();
    await aDay(clinic);
    clinic.at('2026-06-16T04:15');
    const first = await clinic.night();
    clinic.wait(3_600_000);
    const second = await clinic.night();
    expect(second.files).toEqual(first.files);
    expect(second.digest).toBe(first.digest);
    const runs = await clinic.store.listRuns({ clinic: clinic.clinic.id, limit: 2 });
    expect(runs.map(({ report }) => report?.digest)).toEqual([first.digest, first.digest]);
    expect(runs[0]?.report?.counts).toEqual(first.report.worklist.counts);
  });

  it.each(['before', 'after'])(
    'killed %s its files were written, it is taken over and tells the same',
    async (when) => {
      const [clinic, twin] = [await cohort(kind), await cohort(kind)];
      for (const each of [clinic, twin]) {
        await each.night();
        await aDay(each);
        each.at('2026-06-16T04:15');
      }
      const written: string[] = [];
      // Of a killed run nothing is heard any more, neither an end nor a failure.
      await new Promise<void>((killed) => {
        void clinic.begin((report) => {
          if (when === 'after') for (const { text } of nightlyFiles(report)) written.push(text());
          killed();
          return new Promise(() => {});
        });
      });
      const early = await clinic.begin(async () => ({ ok: true, value: { digest: '' } }));
      expect(early).toMatchObject({ ok: false, fault: 'busy' });
      clinic.wait(60_000);
      const again = await clinic.night();
      const undisturbed = await twin.night();
      expect(again.files).toEqual(undisturbed.files);
      if (when === 'after') expect(written).toEqual([...undisturbed.files.values()]);
      expect(await keptVersions(clinic)).toEqual(await keptVersions(twin));
    },
  );

  it('a failed delivery leaves the night unfinished and keeps nobody waiting', async () => {
    const clinic = await cohort(kind);
    const full = { path: '', message: 'the disk is full' };
    const failed = { ok: false, fault: 'refused', problems: [full] } as const;
    expect(await clinic.begin(async () => failed)).toEqual(failed);
    const thrown = new Error('the disk is full');
    await expect(clinic.begin(() => Promise.reject(thrown))).rejects.toBe(thrown);
    const query = { clinic: clinic.clinic.id, limit: 9, finished: true };
    expect(await clinic.store.listRuns(query)).toEqual([]);
    await clinic.night();
    expect(await clinic.store.listRuns(query)).toHaveLength(1);
  });

  it('a failure is told also where the lease cannot be given back', async () => {
    const clinic = await cohort(kind);
    const full = () => Promise.reject(new StoreFault('full', 'the disk is full'));
    const store = { ...clinic.store, renewRun: full };
    const work = { clinic: clinic.clinic, soonDays: 28, holder: 'h', leaseMs: 60_000 };
    const thrown = new Error('no room for the list');
    const deliver = () => Promise.reject(thrown);
    const night = runNightly({ ...clinic.context, store }, { ...work, deliver });
    await expect(night).rejects.toBe(thrown);
    expect(await clinic.begin(deliver)).toMatchObject({ ok: false, fault: 'busy' });
  });

  it('of three at once one runs; the others are told who it is and until when', async () => {
    const clinic = await cohort(kind);
    const deliver = async () => ({ ok: true, value: { digest: 'd' } }) as const;
    const outcomes = await Promise.all(
      ['host-a:1', 'host-b:1', 'host-c:1'].map((holder) => clinic.begin(deliver, { holder })),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const [first] = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome]));
    expect(first).toMatchObject({ fault: 'busy' });
    expect(first?.problems[0]?.message).toContain('host-a:1');
    expect(first?.problems[0]?.message).toContain('2026-06-15T02:16:00.000Z');
  });

  it('a run whose lease another one took writes nothing more and does not finish', async () => {
    const clinic = await cohort(kind);
    let written = 0;
    const outcome = await clinic.begin(async (_, hold) => {
      clinic.wait(61_000);
      await clinic.night();
      const lost = await hold();
      if (lost !== null) return lost;
      written += 1;
      return { ok: true, value: { digest: 'stale' } };
    });
    expect(outcome).toMatchObject({ ok: false, fault: 'busy' });
    expect(written).toBe(0);
    const runs = await clinic.store.listRuns({ clinic: clinic.clinic.id, limit: 9 });
    expect(runs.map(({ finishedAt }) => finishedAt !== null)).toEqual([true, false]);
  });

  it('keeps its lease while it works', async () => {
    const clinic = await cohort(kind);
    const outcome = await clinic.begin(async (_, hold) => {
      for (let step = 0; step < 5; step += 1) {
        clinic.wait(50_000);
        expect(await hold()).toBeNull();
        const other = await clinic.begin(async () => ({ ok: true, value: { digest: '' } }));
        expect(other).toMatchObject({ ok: false, fault: 'busy' });
      }
      return { ok: true, value: { digest: 'd' } };
    });
    expect(outcome.ok).toBe(true);
  });

  it('catches up after missed nights', async () => {
    const clinic = await cohort(kind);
    await clinic.night();
    await aDay(clinic);
    clinic.at('2026-06-19T04:15');
    const { report, files } = await clinic.night();
    expect(report).toMatchObject({ since: '2026-06-15', missedNights: 3 });
    expect(told(report.changes?.resolved)).toContainEqual(['EP-3', 'a1.baseline', 'x1']);
    expect(files.get('summary.txt')).toContain('3 nights had no run, all is told here');
  });

  it('compares with the last night, not with an old list that was asked for since', async () => {
    const clinic = await cohort(kind);
    await clinic.night();
    await aDay(clinic);
    await clinic.night('2026-04-01');
    clinic.at('2026-06-16T04:15');
    const { report } = await clinic.night();
    expect(report.since).toBe('2026-06-15');
    expect(told(report.changes?.resolved)).toContainEqual(['EP-3', 'a1.baseline', 'x1']);
  });

  it('tells an event of a later day that the night before knew of and did not list', async () => {
    const clinic = await cohort(kind);
    await aDay(clinic);
    await clinic.night('2026-06-14');
    clinic.at('2026-06-16T04:15');
    const { report } = await clinic.night();
    expect(report.since).toBe('2026-06-14');
    expect(told(report.changes?.resolved)).toContainEqual(['EP-3', 'a1.baseline', 'x1']);
    expect(told(report.changes?.moved)).toContainEqual(['EP-4', 'a1.baseline', 'd1']);
  });

  it('tells what was recorded late, of a day long gone', async () => {
    const clinic = await cohort(kind);
    await clinic.night();
    clinic.at('2026-06-15T14:00');
    await clinic.record('EP-1', exam('old', '2026-05-02', '4'));
    clinic.at('2026-06-16T04:15');
    const { changes } = (await clinic.night()).report;
    expect(told(changes?.resolved)).toContainEqual(['EP-1', 'a1.baseline', 'old']);
    expect(told(changes?.appeared)).toContainEqual(['EP-1', 'esc.old', 'old']);
  });

  it('tells how many were erased, and nothing of them', async () => {
    const clinic = await cohort(kind);
    await clinic.night();
    clinic.at('2026-06-15T14:00');
    const work = {
      clinic: clinic.clinic.id,
      whose: { patientRef: 'P-EP-1' },
      ground: 'patient-request',
    } as const;
    const act = { actor: 'dr-lee', at: clinic.now() };
    value(await clinic.store.erasePatient(act, work));
    clinic.at('2026-06-16T04:15');
    const { report, files } = await clinic.night();
    expect(report.erased).toBe(1);
    expect(report.episodes).toBe(4);
    expect(files.get('summary.txt')).toContain('1  Episodes erased');
    expect([...files.values()].join()).not.toContain('EP-1');
  });

  it('names the protocol where a new version moves a visit', async () => {
    const clinic = await cohort(kind);
    await clinic.night();
    clinic.at('2026-06-15T14:00');
    const shipped = shippedProtocol('staged-risk-adapted');
    const baseline = { ...(shipped.baseline as object), latestMonths: 6 };
    const changed = { ...shipped, version: '9.0.0', baseline };
    const { context, store } = clinic;
    const approval = { clinic: clinic.clinic, protocol: changed, clinician: 'Dr. Lee' };
    const { pin } = ok(await approveProtocol(context, approval));
    const [head] = await store.findEpisodes(clinic.clinic.id, { externalId: 'EP-1' });
    const scope = { clinic: clinic.clinic.id, episode: head?.id ?? 0 };
    const act = { actor: 'dr-lee', at: clinic.now() };
    value(await store.pinProtocol(act, { ...scope, expected: 1, protocol: pin }));
    clinic.at('2026-06-16T04:15');
    const { report, files } = await clinic.night();
    expect(told(report.changes?.moved)).toContainEqual(['EP-1', 'a1.baseline', 'protocol']);
    expect(files.get('summary.txt')).toContain('because the protocol is staged-risk-adapted 9.0.0');
    // The dates that the change left behind are kept now.
    expect(await keptVersions(clinic)).toEqual([true, true, true, true, true]);
  });

  it.each(['before', 'after'])(
    'tells an event that was recorded %s its page was read at the latest the next night',
    async (when) => {
      const clinic = await cohort(kind);
      await clinic.night();
      clinic.at('2026-06-16T04:15');
      let recorded = false;
      const record = async () => {
        if (recorded) return;
        recorded = true;
        await clinic.record('EP-3', exam('x1', '2026-06-16'));
      };
      const deliver = async () => ({ ok: true, value: { digest: 'd' } }) as const;
      const { store } = clinic.context;
      if (when === 'before')
        Object.assign(clinic.context, { store: withWorkBetween(store, record) });
      const second = ok(await clinic.begin(deliver, when === 'after' ? { progress: record } : {}));
      Object.assign(clinic.context, { store });
      expect(recorded).toBe(true);
      expect(bucketsOf(second.worklist)['EP-3']).toBe(when === 'before' ? undefined : 'due');
      clinic.at('2026-06-17T04:15');
      const third = (await clinic.night()).report;
      expect(told(third.changes?.resolved)).toContainEqual(['EP-3', 'a1.baseline', 'x1']);
    },
  );

  it('an older day is told, and no dates are kept of it', async () => {
    const clinic = await cohort(kind);
    await clinic.night();
    const { store } = clinic;
    const query = { clinic: clinic.clinic.id, to: day('2030-01-01'), limit: 99 };
    const head = async () =>
      (await store.findEpisodes(clinic.clinic.id, { externalId: 'EP-3' }))[0];
    const scope = { clinic: clinic.clinic.id, episode: (await head())?.id ?? 0 };
    clinic.at('2026-06-15T14:00');
    const events = [
      { type: 'imaging', id: 'x1', date: day('2026-06-15'), modality: 'MRI', biRads: '2' },
    ] as const;
    const act = { actor: 'dr-lee', at: clinic.now() };
    // Recorded by something that keeps no dates.
    value(await store.appendEvents(act, { ...scope, expected: 1, events }));
    const before = await store.findDue(query);
    const { report } = await clinic.night('2026-04-01');
    expect(report.asOf).toBe('2026-04-01');
    expect(await store.findDue(query)).toEqual(before);
    await clinic.night();
    const after = await store.findDue(query);
    expect(after).not.toEqual(before);
    expect(await keptVersions(clinic)).not.toContain(false);
  });

  it('brings calendars that were handed out up to the plans, and none of an older day', async () => {
    const clinic = await cohort(kind);
    const { store, context } = clinic;
    const own = clinic.clinic;
    const [head] = await store.findEpisodes(own.id, { externalId: 'EP-3' });
    const episode = head?.id ?? 0;
    const stored = value(await store.loadCase({ clinic: own.id, episode }));
    const plan = ok(await planStored(context, own.id, stored, { asOf: day('2026-06-15') }));
    const { version } = stored;
    ok(await refreshCalendar(context, { clinic: own, episode, version, plan, privacy: 'coded' }));
    const query = { clinic: own.id, privacy: 'coded', limit: 99 } as const;
    const handedOut = await store.pageCalendar(query);
    clinic.at('2026-06-15T14:00');
    const act = { actor: 'dr-lee', at: clinic.now() };
    const events = [
      { type: 'imaging', id: 'x1', date: day('2026-06-15'), modality: 'MRI', biRads: '2' },
    ] as const;
    // Recorded by something that revises no calendar.
    value(await store.appendEvents(act, { clinic: own.id, episode, expected: 1, events }));
    await clinic.night('2026-06-01');
    expect(await store.pageCalendar(query)).toEqual(handedOut);
    await clinic.night();
    const revised = await store.pageCalendar(query);
    const baseline = revised.find(({ key }) => key === 'a1.baseline');
    expect(baseline?.cancelled).toBe(true);
    expect(baseline?.sequence).toBe(Math.floor(clinic.now() / 60_000));
    await clinic.night();
    expect(await store.pageCalendar(query)).toEqual(revised);
    const others = { ...query, privacy: 'minimal' } as const;
    expect(await store.pageCalendar(others)).toEqual([]);
  });

  it('names an episode that could not be planned, and lists the others', async () => {
    const clinic = await cohort(kind);
    const { store } = clinic;
    const unreadable = '{"id":"from-later","version":"1.0.0"}';
    const hash = clinic.context.sha256(unreadable);
    const pin = { id: 'from-later', version: '1.0.0', hash };
    const act = { actor: 'dr-lee', at: clinic.now() };
    const own = clinic.clinic.id;
    value(
      await store.recordProtocol(act, { clinic: own, protocol: { ...pin, document: unreadable } }),
    );
    const approval = { ...pin, clinician: 'Dr. Lee', date: day('2026-06-15') };
    value(await store.approveProtocol(act, { clinic: own, approval }));
    const [head] = await store.findEpisodes(own, { externalId: 'EP-1' });
    const scope = { clinic: own, episode: head?.id ?? 0, expected: 1 };
    value(await store.pinProtocol(act, { ...scope, protocol: pin }));
    const { report, files } = await clinic.night();
    expect(report.unplanned.map(({ episode }) => episode)).toEqual(['EP-1']);
    expect(Object.keys(bucketsOf(report.worklist))).toEqual(
      expect.arrayContaining(['EP-2', 'EP-3', 'EP-4', 'EP-5']),
    );
    expect(files.get('summary.txt')).toMatch(
      /1 episode could NOT be planned[\s\S]*EP-1: this release/,
    );
    expect(JSON.parse(files.get('changes.json') ?? '').unplanned[0].episode).toBe('EP-1');
  });

  it('a preview tells the same as the run, and leaves no trace', async () => {
    const clinic = await cohort(kind);
    const before = await clinic.store.auditHead();
    const preview = ok(
      await previewNightly(clinic.context, { clinic: clinic.clinic, soonDays: 28 }),
    );
    expect(await clinic.store.auditHead()).toEqual(before);
    const { report } = await clinic.night();
    expect(preview).toEqual(report);
  });

  it('lists the day of the clinic, whose night is another than that of the machine', async () => {
    const clinic = await cohort(kind);
    clinic.at('2026-06-16T00:30');
    expect((await clinic.night()).report.asOf).toBe('2026-06-16');
    const [run] = await clinic.store.listRuns({ clinic: clinic.clinic.id, limit: 1 });
    expect(run === undefined ? '' : formatDay(run.asOf)).toBe('2026-06-16');
  });
});
