import { describe, expect, it } from 'vitest';
import { createClinic } from '../../../src/service/clinic/create-clinic.ts';
import { findClinic } from '../../../src/service/clinic/find-clinic.ts';
import { registerEpisode } from '../../../src/service/episode/register-episode.ts';
import { day, value } from '../../store/fixtures.ts';
import { type ClinicStore, clinicStore, ok } from '../clinic-store.ts';
import { NOON } from '../memory-surroundings.ts';

const HOUR = 3_600_000;

function register(store: ClinicStore, id: string): Promise<void> {
  return store.use(async (context) => {
    const clinic = ok(await findClinic(context, 'NORTH'));
    const episode = { id, laterality: 'left', ablation: { date: '2026-01-15' } };
    ok(await registerEpisode(context, { clinic, document: { episode, events: [] } }));
  });
}

async function afterANight(): Promise<ClinicStore> {
  const store = await clinicStore();
  await register(store, 'EP-1');
  expect((await store.run(['nightly', '--out', 'lists'])).code).toBe(0);
  return store;
}

async function told(store: ClinicStore, hours: number, ...flags: readonly string[]) {
  const run = await store.run(['status', ...flags], { now: NOON + hours * HOUR });
  return { code: run.code, ...JSON.parse(run.stdout) };
}

function startElsewhere(store: ClinicStore): Promise<void> {
  return store.use(
    async (context) => {
      const { id } = ok(await findClinic(context));
      const work = { clinic: id, asOf: day('2026-06-16'), holder: 'host-b:7', leaseMs: 60_000 };
      value(await context.store.startRun({ actor: 'nightly', at: NOON + 24 * HOUR }, work));
    },
    NOON + 24 * HOUR,
  );
}

describe('status', () => {
  it('is fine while the last finished run is young enough, with its counts', async () => {
    const store = await afterANight();
    const status = await told(store, 26);
    expect(status).toMatchObject({ code: 0, ok: true, maxAgeMinutes: 26 * 60 });
    expect(status.clinics[0]).toMatchObject({
      clinic: 'NORTH',
      ok: true,
      lastRun: {
        run: 1,
        asOf: '2026-06-15',
        finishedAt: '2026-06-15T12:00:00Z',
        ageMinutes: 26 * 60,
        episodes: 1,
        counts: { overdue: 1 },
      },
      unfinished: null,
      since: { registered: 0, changed: 0, erased: 0, behind: 0, notLookedAt: 0 },
    });
  });

  it.each([
    [26.1, [], 1],
    [1, ['--max-age', '60m'], 0],
    [1.1, ['--max-age', '60m'], 1],
    [47, ['--max-age', '2d'], 0],
    [49, ['--max-age', '2d'], 1],
  ])('%f hours after a run with %j it exits with %i', async (hours, flags, code) => {
    const store = await afterANight();
    expect((await told(store, hours, ...flags)).code).toBe(code);
  });

  it('exits with 1 where a clinic never had a run', async () => {
    const store = await afterANight();
    await store.use(async (context) => {
      ok(await createClinic(context, { code: 'SOUTH', zone: 'UTC' }));
    }, NOON + 1000);
    const status = await told(store, 1);
    expect(status.code).toBe(1);
    expect(status.clinics.map(({ ok: fine }: { ok: boolean }) => fine)).toEqual([true, false]);
    expect(status.clinics[1].lastRun).toBeNull();
    expect((await told(store, 1, '--clinic', 'NORTH')).code).toBe(0);
  });

  it('does not take the list of an older day for a night’s run', async () => {
    const store = await clinicStore();
    await register(store, 'EP-1');
    await store.run(['nightly', '--out', 'lists', '--as-of', '2026-05-01']);
    const status = await told(store, 1);
    expect(status.code).toBe(1);
    expect(status.clinics[0].lastRun).toBeNull();
  });

  it('takes no run of a time that never was for a night’s run: its clock was ahead', async () => {
    const store = await afterANight();
    const ahead = NOON + 365 * 24 * HOUR;
    expect((await store.run(['nightly', '--out', 'lists'], { now: ahead })).code).toBe(0);
    await store.run(['doctor', '--accept-clock', 'clock-was-ahead'], { now: NOON + HOUR });
    expect(await told(store, 26)).toMatchObject({ code: 0, clinics: [{ lastRun: { run: 1 } }] });
    expect((await told(store, 27)).code).toBe(1);
    expect((await store.run(['nightly', '--out', 'lists'], { now: NOON + 28 * HOUR })).code).toBe(
      0,
    );
    expect(await told(store, 28)).toMatchObject({ code: 0, clinics: [{ lastRun: { run: 3 } }] });
  });

  it('does not call a run at work whose clock was ahead: it holds no lease', async () => {
    const store = await afterANight();
    await startElsewhere(store);
    await store.run(['doctor', '--accept-clock', 'clock-was-ahead'], { now: NOON + HOUR });
    const { clinics } = await told(store, 2);
    expect(clinics[0].unfinished).toMatchObject({ state: 'killed', run: 2 });
  });

  it('does not take the list of a day far ahead for a night’s run, and that of tomorrow for one', async () => {
    const store = await clinicStore();
    await register(store, 'EP-1');
    const list = (day: string) => store.run(['nightly', '--out', 'lists', '--as-of', day]);
    await list('2026-06-17');
    expect((await told(store, 1)).code).toBe(1);
    await list('2026-06-16');
    expect(await told(store, 1)).toMatchObject({ code: 0, clinics: [{ lastRun: { run: 2 } }] });
  });

  it('tells of a run at work, and of one that was killed', async () => {
    const store = await afterANight();
    await startElsewhere(store);
    const { clinics } = await told(store, 24);
    expect(clinics[0].unfinished).toMatchObject({ state: 'running', holder: 'host-b:7', run: 2 });
    expect(clinics[0].lastRun.run).toBe(1);
    const later = await told(store, 25);
    expect(later.clinics[0].unfinished.state).toBe('killed');
  });

  it('counts what was registered and changed since, and what has dates behind its version', async () => {
    const store = await afterANight();
    await register(store, 'EP-2');
    await store.use(async (context) => {
      const { id } = ok(await findClinic(context));
      const [head] = await context.store.findEpisodes(id, { externalId: 'EP-1' });
      const exam = { type: 'imaging', id: 'x1', date: day('2026-06-10'), modality: 'MRI' } as const;
      const scope = { clinic: id, episode: head?.id ?? 0, expected: 1 };
      value(
        await context.store.appendEvents({ actor: 'a', at: NOON }, { ...scope, events: [exam] }),
      );
    });
    expect((await told(store, 1)).clinics[0].since).toEqual({
      registered: 1,
      changed: 1,
      erased: 0,
      behind: 1,
      notLookedAt: 0,
    });
    await store.run(['nightly', '--out', 'lists'], { now: NOON + HOUR });
    expect((await told(store, 2)).clinics[0].since).toMatchObject({ changed: 0, behind: 0 });
  });

  it('says it in lines on a terminal', async () => {
    const store = await afterANight();
    await startElsewhere(store);
    const run = await store.run(['status'], { now: NOON + 30 * HOUR, columns: 100 });
    expect(run.stdout).toBe(
      [
        'LATE NORTH: last run 2026-06-15T12:00:00Z (30 h ago) as of 2026-06-15, 1 episodes: 0 escalation-overdue, 0 escalation, 1 overdue, 0 due',
        '     run 2 was killed: host-b:7, started 2026-06-16T12:00:00Z, lease until 2026-06-16T12:01:00Z',
        '     since then: 0 registered, 0 changed, 0 erased; all kept dates are up to date',
        '',
      ].join('\n'),
    );
    const none = await clinicStore();
    expect((await none.run(['status', '--output', 'text'])).stdout).toContain(
      'LATE NORTH: no finished run',
    );
  });

  it.each(['26', '1.5h', '0h', '2w', '-1h'])('refuses --max-age %s', async (word) => {
    const store = await clinicStore();
    const run = await store.run(['status', `--max-age=${word}`]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('90m, 26h, 2d');
  });

  it('writes nothing', async () => {
    const store = await afterANight();
    const head = await store.use(({ store: kept }) => kept.auditHead());
    await told(store, 30);
    expect(await store.use(({ store: kept }) => kept.auditHead())).toEqual(head);
  });
});
