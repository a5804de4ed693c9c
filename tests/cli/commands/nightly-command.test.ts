import { describe, expect, it } from 'vitest';
import { createClinic } from '../../../src/service/clinic/create-clinic.ts';
import { findClinic } from '../../../src/service/clinic/find-clinic.ts';
import { recordEvents } from '../../../src/service/episode/record-events.ts';
import { registerEpisode } from '../../../src/service/episode/register-episode.ts';
import { StoreFault } from '../../../src/store/store-fault.ts';
import { day, value } from '../../store/fixtures.ts';
import { type ClinicStore, clinicStore, ok } from '../clinic-store.ts';
import { NOON, type Run, storeBetween } from '../memory-surroundings.ts';

type Json = Readonly<Record<string, unknown>>;

const HOUR = 3_600_000;
const NIGHT = NOON - 8 * HOUR;
const NEXT_NIGHT = NIGHT + 24 * HOUR;
const FILES = [
  'worklist.json',
  'worklist.csv',
  'worklist.html',
  'changes.json',
  'summary.txt',
  'manifest.json',
];
const SUSPICIOUS = {
  id: 'x1',
  type: 'imaging',
  date: '2026-05-04',
  modality: 'MRI',
  biRads: '4',
};

function register(store: ClinicStore, id: string, ablated: string, events: readonly Json[] = []) {
  return store.use(async (context) => {
    const clinic = ok(await findClinic(context, 'NORTH'));
    const episode = { id, patientRef: `Canary-${id}`, laterality: 'left' };
    const document = { episode: { ...episode, ablation: { date: ablated } }, events };
    ok(await registerEpisode(context, { clinic, document }));
  }, NIGHT);
}

async function cohort(): Promise<ClinicStore> {
  const store = await clinicStore({ now: NIGHT });
  await register(store, 'EP-1', '2026-01-15');
  await register(store, 'EP-2', '2026-02-15');
  return store;
}

function addClinic(store: ClinicStore, code: string): Promise<void> {
  return store.use(async (context) => {
    ok(await createClinic(context, { code, zone: 'Asia/Kathmandu' }));
  }, NIGHT + 1000);
}

/** Starts a run of a clinic as another process, which does not finish it. */
function startedElsewhere(store: ClinicStore, code: string, leaseMs: number): Promise<void> {
  return store.use(async (context) => {
    const { id } = ok(await findClinic(context, code));
    const asOf = day('2026-06-15');
    const act = { actor: 'nightly', at: NIGHT };
    const started = await context.store.startRun(act, {
      clinic: id,
      asOf,
      holder: 'host-b:7',
      leaseMs,
    });
    expect(started.outcome).toBe('ok');
  }, NIGHT);
}

function filesOf(...runs: readonly Run[]): Record<string, string> {
  return Object.fromEntries(runs.flatMap(({ written }) => [...written]));
}

describe('nightly', () => {
  it('writes the list of a clinic and a day, the manifest last, and prints the summary', async () => {
    const store = await cohort();
    const run = await store.run(['nightly', '--out', 'lists']);
    expect(run.stderr).toBe('');
    expect(run.code).toBe(0);
    expect([...run.written.keys()]).toEqual(FILES.map((name) => `lists/NORTH/2026-06-15/${name}`));
    const file = (name: string) => run.written.get(`lists/NORTH/2026-06-15/${name}`) ?? '';
    const { seq, seal } = JSON.parse(file('manifest.json')).auditHead;
    expect(run.stdout).toBe(
      `${file('summary.txt')}written to  lists/NORTH/2026-06-15\naudit head  ${seq}:${seal}\n\n`,
    );
    const { rows } = JSON.parse(file('worklist.json'));
    expect(rows.map(({ episode }: Json) => episode)).toEqual(
      expect.arrayContaining(['EP-1', 'EP-2']),
    );
    expect(file('worklist.csv')).toContain('EP-2');
  });

  it('names in the manifest the sum of each file and the end of the audit log', async () => {
    const { createHash } = await import('node:crypto');
    const store = await cohort();
    const head = await store.use(({ store: kept }) => kept.auditHead());
    const { written } = await store.run(['nightly', '--out', 'lists']);
    const manifest = JSON.parse(written.get('lists/NORTH/2026-06-15/manifest.json') ?? '');
    for (const { name, sha256 } of manifest.files) {
      const text = written.get(`lists/NORTH/2026-06-15/${name}`) ?? '';
      expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
    }
    expect(manifest.files.map(({ name }: Json) => name)).toEqual(FILES.slice(0, -1));
    expect(manifest).toMatchObject({ episodes: 2, since: null, unplanned: 0, auditHead: head });
  });

  it('tells the next night what changed, in every file', async () => {
    const store = await cohort();
    await store.run(['nightly', '--out', 'lists']);
    const run = await store.run(['nightly', '--out', 'lists'], { now: NEXT_NIGHT });
    const file = (name: string) => run.written.get(`lists/NORTH/2026-06-16/${name}`) ?? '';
    const { changes, since } = JSON.parse(file('changes.json'));
    expect(since).toBe('2026-06-15');
    expect(changes.becameOverdue[0].after.episode).toBe('EP-2');
    expect(file('worklist.html')).toContain('Became overdue (1)');
    expect(file('summary.txt')).toMatch(/1 {2}Became overdue\n +EP-2, a1\.baseline, overdue/);
  });

  it('run again writes no file but the manifest, whose end of the audit log is a later one', async () => {
    const store = await cohort();
    const first = await store.run(['nightly', '--out', 'lists']);
    const files = filesOf(first);
    const second = await store.run(['nightly', '--out', 'lists'], { files, now: NIGHT + HOUR });
    expect([...second.written.keys()]).toEqual(['lists/NORTH/2026-06-15/manifest.json']);
    const [before, after] = [first, second].map(({ written }) => {
      const { auditHead: _, ...rest } = JSON.parse([...written.values()].at(-1) ?? '');
      return rest;
    });
    expect(after).toEqual(before);
  });

  it('mends a file that somebody changed', async () => {
    const store = await cohort();
    const files = filesOf(await store.run(['nightly', '--out', 'lists']));
    const list = 'lists/NORTH/2026-06-15/worklist.csv';
    const torn = { ...files, [list]: files[list]?.slice(0, 100) ?? '' };
    const { written } = await store.run(['nightly', '--out', 'lists'], { files: torn });
    expect(written.get(list)).toBe(files[list]);
  });

  it('holds no patient’s reference in the summary, on standard output or in an error', async () => {
    const store = await cohort();
    const run = await store.run(['nightly', '--out', 'lists'], { columns: 100 });
    expect(run.written.get('lists/NORTH/2026-06-15/summary.txt')).not.toContain('Canary');
    expect(run.stdout + run.stderr).not.toContain('Canary');
    expect(run.written.get('lists/NORTH/2026-06-15/manifest.json')).not.toContain('Canary');
  });

  it('--dry-run prints the summary and writes nothing', async () => {
    const store = await cohort();
    const head = await store.use(({ store: kept }) => kept.auditHead());
    const run = await store.run(['nightly', '--out', 'lists', '--dry-run']);
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('nothing was written (--dry-run)');
    expect(run.written.size).toBe(0);
    expect(await store.use(({ store: kept }) => kept.auditHead())).toEqual(head);
  });

  it('lists another day with --as-of', async () => {
    const store = await cohort();
    const run = await store.run(['nightly', '--out', 'lists', '--as-of', '2026-05-01']);
    expect([...run.written.keys()][0]).toBe('lists/NORTH/2026-05-01/worklist.json');
    const wrong = await store.run(['nightly', '--out', 'lists', '--as-of', '2026-02-30']);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('--as-of: this is not a day of the calendar');
  });

  it('shows progress on a terminal only', async () => {
    const store = await cohort();
    const shown = await store.run(['nightly', '--out', 'lists'], { columns: 100, tick: 300 });
    expect(shown.stderr).toContain('\r\u001B[K2 cases');
    const hidden = await store.run(['nightly', '--out', 'lists'], { tick: 300 });
    expect(hidden.stderr).toBe('');
  });
});

describe('nightly --fail-on', () => {
  it.each([
    [[], 0],
    [['overdue-escalation'], 1],
    [['escalation'], 1],
    [['overdue'], 1],
    [['overdue-escalation', 'overdue'], 1],
  ])('%j: exit %i, with the list written', async (conditions, code) => {
    const store = await cohort();
    await register(store, 'EP-3', '2026-01-20', [SUSPICIOUS]);
    const flags = conditions.flatMap((condition) => ['--fail-on', condition]);
    const run = await store.run(['nightly', '--out', 'lists', ...flags]);
    expect(run.code).toBe(code);
    expect(run.written.size).toBe(FILES.length);
    for (const each of conditions) {
      expect(run.stderr).toContain(`clinic NORTH: --fail-on ${each} is met`);
    }
  });

  it('an escalation in time is none that is overdue', async () => {
    const store = await clinicStore({ now: NIGHT });
    await register(store, 'EP-1', '2026-03-01', [{ ...SUSPICIOUS, date: '2026-06-10' }]);
    const late = await store.run(['nightly', '--out', 'a', '--fail-on', 'overdue-escalation']);
    expect(late.code).toBe(0);
    const open = await store.run(['nightly', '--out', 'b', '--fail-on', 'escalation']);
    expect(open.code).toBe(1);
  });

  it('another word is answered with the list of words', async () => {
    const store = await cohort();
    const run = await store.run(['nightly', '--out', 'lists', '--fail-on', 'overdu']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('Did you mean overdue?');
  });
});

describe('a nightly run beside another one', () => {
  it('waits until the other has said nothing for the time of its lease, and takes over', async () => {
    const store = await cohort();
    await startedElsewhere(store, 'NORTH', 60_000);
    const run = await store.run(['nightly', '--out', 'lists']);
    expect(run.code).toBe(0);
    expect(run.stderr.match(/another nightly run of clinic NORTH is at work/g)).toHaveLength(1);
    expect(run.stderr).toContain('host-b:7');
    expect(run.stderr).toContain('waiting up to 300 s');
    expect(run.written.size).toBe(FILES.length);
  });

  it('gives up after --wait with exit 6, and says who is at work and until when', async () => {
    const store = await cohort();
    await startedElsewhere(store, 'NORTH', 3_600_000);
    const run = await store.run(['nightly', '--out', 'lists', '--wait', '20']);
    expect(run.code).toBe(6);
    expect(run.stderr).toContain('waiting up to 20 s');
    expect(run.stderr).toContain('host-b:7, lease until 2026-06-15T05:00:00.000Z');
    expect(run.written.size).toBe(0);
  });

  it('does not wait with --wait 0', async () => {
    const store = await cohort();
    await startedElsewhere(store, 'NORTH', 3_600_000);
    const run = await store.run(['nightly', '--out', 'lists', '--wait', '0']);
    expect(run.code).toBe(6);
    expect(run.stderr).not.toContain('waiting');
  });
});

/** A store to which somebody else writes for long at the given calls of a method. */
function busyAt(method: 'startRun' | 'finishRun', calls: readonly number[]) {
  let call = 0;
  return storeBetween((store) => ({
    [method]: (...work: readonly unknown[]) => {
      call += 1;
      if (calls.includes(call)) throw new StoreFault('busy', 'another process is writing');
      return (store[method] as (...work: readonly unknown[]) => unknown)(...work);
    },
  }));
}

describe('a nightly run beside a large import', () => {
  it.each(['startRun', 'finishRun'] as const)('waits for the store at %s', async (method) => {
    const store = await cohort();
    const run = await store.run(['nightly', '--out', 'lists'], {
      storeHost: busyAt(method, [1, 2]),
    });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('another process is writing');
    expect(run.stderr).toContain('waiting up to 300 s');
    expect(run.written.size).toBe(FILES.length);
  });

  it('gives up after --wait with exit 6', async () => {
    const store = await cohort();
    const run = await store.run(['nightly', '--out', 'lists', '--wait', '0'], {
      storeHost: busyAt('startRun', [1]),
    });
    expect(run.code).toBe(6);
    expect(run.stderr).toContain('no list of NORTH');
    expect(run.written.size).toBe(0);
  });
});

describe('a nightly run on a disk that is full', () => {
  it.each(['savePlans', 'saveCalendar'] as const)(
    'tells the list all the same where %s fails',
    async (method) => {
      const store = await cohort();
      expect((await store.run(['calendar'], { now: NIGHT })).code).toBe(0);
      await store.use(async (context) => {
        const clinic = ok(await findClinic(context, 'NORTH'));
        const [head] = await context.store.findEpisodes(clinic.id, { externalId: 'EP-1' });
        const act = { actor: 'dr-lee', at: NIGHT };
        const exam = {
          type: 'imaging',
          id: 'x1',
          date: day('2026-06-01'),
          modality: 'MRI',
        } as const;
        const scope = { clinic: clinic.id, episode: head?.id ?? 0, expected: 1 };
        value(await context.store.appendEvents(act, { ...scope, events: [exam] }));
      }, NIGHT);
      const full = storeBetween(() => ({
        [method]: async () => {
          throw new StoreFault('full', 'the disk is full');
        },
      }));
      const run = await store.run(['nightly', '--out', 'lists'], { now: NIGHT, storeHost: full });
      expect(run).toMatchObject({ code: 0, stderr: '' });
      expect(run.written.size).toBe(FILES.length);
      const again = await store.run(['nightly', '--out', 'lists'], { now: NIGHT });
      expect(again.written.get('lists/NORTH/2026-06-15/worklist.json')).toBe(
        run.written.get('lists/NORTH/2026-06-15/worklist.json'),
      );
      const status = JSON.parse((await store.run(['status'], { now: NIGHT })).stdout);
      expect(status.clinics[0].since.behind).toBe(0);
    },
  );
});

describe('nightly for several clinics', () => {
  it('gives each its folder, each with its own day', async () => {
    const store = await cohort();
    await addClinic(store, 'SOUTH');
    const run = await store.run(['nightly', '--out', 'lists'], { now: NOON + 7 * HOUR });
    expect(run.code).toBe(0);
    const folders = new Set([...run.written.keys()].map((path) => path.replace(/\/[^/]*$/, '')));
    // 15 June 19:00Z is the next day in Kathmandu.
    expect([...folders]).toEqual(['lists/NORTH/2026-06-15', 'lists/SOUTH/2026-06-16']);
  });

  it('one that cannot run does not stop the others: exit 8, and which it was', async () => {
    const store = await cohort();
    await addClinic(store, 'SOUTH');
    await startedElsewhere(store, 'NORTH', 3_600_000);
    const run = await store.run(['nightly', '--out', 'lists', '--wait', '5']);
    expect(run.code).toBe(8);
    expect(run.stderr).toContain('no list of NORTH; see above');
    expect([...run.written.keys()]).toContain('lists/SOUTH/2026-06-15/manifest.json');
  });

  it('lists only those that are named', async () => {
    const store = await cohort();
    await addClinic(store, 'SOUTH');
    const run = await store.run(['nightly', '--out', 'lists', '--clinic', 'south']);
    expect(run.stdout).not.toContain('NORTH');
    const unknown = await store.run(['nightly', '--out', 'lists', '--clinic', 'sooth']);
    expect(unknown.code).toBe(5);
    expect(unknown.stderr).toContain('did you mean SOUTH?');
  });
});

describe('an episode that cannot be planned', () => {
  it('is named, and the night is partly done: exit 8', async () => {
    const store = await cohort();
    await store.use(async ({ store: kept, sha256 }) => {
      const [clinic] = await kept.listClinics();
      const own = clinic?.id ?? 0;
      const document = '{"id":"from-later"}';
      const pin = { id: 'from-later', version: '1.0.0', hash: sha256(document) };
      const act = { actor: 'dr-lee', at: NIGHT };
      await kept.recordProtocol(act, { clinic: own, protocol: { ...pin, document } });
      const date = day('2026-06-01');
      await kept.approveProtocol(act, { clinic: own, approval: { ...pin, clinician: 'L', date } });
      const [head] = await kept.findEpisodes(own, { externalId: 'EP-1' });
      const scope = { clinic: own, episode: head?.id ?? 0, expected: 1 };
      const pinned = await kept.pinProtocol(act, { ...scope, protocol: pin });
      expect(pinned.outcome).toBe('ok');
    }, NIGHT);
    const run = await store.run(['nightly', '--out', 'lists', '--fail-on', 'overdue']);
    expect(run.code).toBe(8);
    expect(run.stderr).toContain('NORTH EP-1: protocol: this release cannot read');
    expect(run.stderr).toContain('1 episode is NOT on the lists; see above');
    expect(run.written.size).toBe(FILES.length);
  });
});

describe('what is recorded between two nights', () => {
  it('is told with its event', async () => {
    const store = await cohort();
    await store.run(['nightly', '--out', 'lists']);
    await store.use(async (context) => {
      const clinic = ok(await findClinic(context));
      const events = [{ ...SUSPICIOUS, date: '2026-06-15', biRads: '2' }];
      ok(await recordEvents(context, { clinic, episode: 'EP-1', events }));
    }, NOON);
    const run = await store.run(['nightly', '--out', 'lists'], { now: NEXT_NIGHT });
    expect(run.stdout).toContain('EP-1, a1.baseline, by exam x1 of 2026-06-15');
  });
});
