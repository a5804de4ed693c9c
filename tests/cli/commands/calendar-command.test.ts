import { describe, expect, test } from 'vitest';
import { findClinic } from '../../../src/service/clinic/find-clinic.ts';
import { recordEvents } from '../../../src/service/episode/record-events.ts';
import { registerEpisode } from '../../../src/service/episode/register-episode.ts';
import { readEvents } from '../../export/read-calendar.ts';
import { day } from '../../store/fixtures.ts';
import { type ClinicStore, clinicStore, ok } from '../clinic-store.ts';
import { NOON } from '../memory-surroundings.ts';

const DAY = 86_400_000;

/** Two patients, the first with an episode on each side. */
async function filled(): Promise<ClinicStore> {
  const store = await clinicStore();
  await store.use(async (context) => {
    const clinic = ok(await findClinic(context));
    const episodes = [
      ['EP-1', 'P-ADA', 'left'],
      ['EP-2', 'P-ADA', 'right'],
      ['EP-3', undefined, 'left'],
    ] as const;
    for (const [id, patientRef, laterality] of episodes) {
      const document = { ablatedOn: '2026-05-20', id, patientRef, laterality };
      ok(await registerEpisode(context, { clinic, document }));
    }
  });
  return store;
}

async function record(store: ClinicStore, event: object, now = NOON) {
  await store.use(async (context) => {
    const clinic = ok(await findClinic(context));
    ok(await recordEvents(context, { clinic, episode: 'EP-1', events: [event] }));
  }, now);
}

/** Adds EP-9, whose protocol a later release wrote; gives the clinic's calendar from before. */
async function withUnreadable(store: ClinicStore) {
  const before = (await store.run(['calendar'])).stdout;
  await store.use(async (context) => {
    const { id: clinic } = ok(await findClinic(context));
    const document = '{"of":"the future"}';
    const protocol = { id: 'later', version: '9.0.0', hash: context.sha256(document) };
    const act = { actor: 'dr-lee', at: NOON };
    const approval = { ...protocol, clinician: 'Dr. Lee', date: day('2026-06-15') };
    const [first] = await context.store.pageCases({ clinic, after: 0, limit: 1 });
    if (first === undefined) throw new Error('no episode');
    const { patientRef: _, ...facts } = first.caseFile.episode;
    const episodes = [{ id: 1, facts: { ...facts, id: 'EP-9' }, protocol }];
    await context.store.recordProtocol(act, { clinic, protocol: { ...protocol, document } });
    await context.store.approveProtocol(act, { clinic, approval });
    await context.store.registerEpisodes(act, { clinic, episodes });
  });
  return { before };
}

const exam = { type: 'imaging', date: '2026-08-25', modality: 'MRI', biRads: '2' };
const later = NOON + 75 * DAY;

describe('calendar', () => {
  test('of a patient holds both breasts and tells nothing by default', async () => {
    const store = await filled();
    const run = await store.run(['calendar', '--patient', 'P-ADA']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).not.toMatch(/P-ADA|EP-1|left|right|ablation|MRI/i);
    const summaries = readEvents(run.stdout).map(({ summary }) => summary);
    expect(new Set(summaries).size).toBe(summaries.length);
    expect((await store.run(['calendar', '--patient', 'P-ADA'])).stdout).toBe(run.stdout);
  });

  test('after an exam the same UIDs carry a higher SEQUENCE, and what vanished is cancelled', async () => {
    const store = await filled();
    const before = readEvents((await store.run(['calendar', '--episode', 'EP-1'])).stdout);
    await record(store, exam, later);
    const world = { now: later };
    const text = (await store.run(['calendar', '--episode', 'EP-1'], world)).stdout;
    const after = new Map(readEvents(text).map((event) => [event.uid, event]));
    const baseline = before.find(({ start }) => start === '2026-08-20');
    expect(after.get(baseline?.uid ?? '')?.summary).toMatch(/^Cancelled: /);
    for (const { uid, sequence } of before) {
      expect(after.get(uid)?.sequence ?? 0).toBeGreaterThanOrEqual(sequence);
    }
    const muchLater = { now: later + 91 * DAY };
    const kept = readEvents((await store.run(['calendar', '--episode', 'EP-1'], muchLater)).stdout);
    expect(kept.some(({ summary }) => summary.startsWith('Cancelled'))).toBe(false);
  });

  test('a recorded exam is in the calendar of a subscriber without anybody writing it anew', async () => {
    const store = await filled();
    await store.run(['calendar', '--episode', 'EP-1']);
    await record(store, exam, later);
    const stamps = await store.use(async (context) => {
      const clinic = ok(await findClinic(context));
      const query = { clinic: clinic.id, privacy: 'minimal', limit: 100 } as const;
      const kept = await context.store.pageCalendar(query);
      return kept.filter(({ cancelled }) => cancelled).map(({ stamp }) => stamp);
    }, later);
    expect(stamps).toContain(later);
  });

  test('--all writes a file a patient under a name that tells nothing, and says which is whose', async () => {
    const store = await filled();
    const run = await store.run(['calendar', '--all', '--out', 'calendars']);
    expect(run.code).toBe(0);
    expect([...run.written.keys()]).toHaveLength(2);
    for (const name of run.written.keys()) expect(name).toMatch(/^calendars\/[0-9a-f]{16}\.ics$/);
    expect(run.stdout).toMatch(/\.ics: P-ADA, \d+ events\n.*\.ics: EP-3, \d+ events\n$/);
  });

  test('--dry-run says what would become of the events, and writes neither file nor revision', async () => {
    const store = await filled();
    const of = ['calendar', '--episode', 'EP-1'];
    const events = readEvents((await store.run(of)).stdout).length;
    const world = { now: later };
    // Another level of privacy is another calendar: all of it is new.
    const coded = await store.run([...of, '--privacy', 'coded', '--dry-run'], world);
    expect(coded.stdout).toBe(
      `${events} new, 0 changed, 0 cancelled\nNothing was written (--dry-run).\n`,
    );
    const head = () => store.use((context) => context.store.auditHead(), later);
    const before = await head();
    const all = await store.run(['calendar', '--all', '--out', 'x', '--dry-run'], world);
    expect(all.stdout).toMatch(
      /^x\/[0-9a-f]{16}\.ics: P-ADA, \d+ new, 0 changed, 0 cancelled\n.*EP-3, .*\nNothing was written/,
    );
    expect([...all.written.keys()]).toEqual([]);
    expect(await head()).toEqual(before);
  });

  test('an episode that cannot be planned is told, and keeps no other one back: exit 8', async () => {
    const store = await filled();
    const unreadable = await withUnreadable(store);
    const alone = readEvents(unreadable.before);
    const whole = await store.run(['calendar']);
    expect(whole.code).toBe(8);
    expect(readEvents(whole.stdout)).toHaveLength(alone.length);
    expect(whole.stderr).toContain('NORTH EP-9: protocol: this release cannot read');
    expect(whole.stderr).toContain('the events of 1 episode stay as they were handed out');
    const all = await store.run(['calendar', '--all', '--out', 'calendars']);
    expect(all.code).toBe(8);
    expect([...all.written.keys()]).toHaveLength(3);
  });

  test.each([
    [['--patient', 'P-1', '--episode', 'EP-1'], 2, 'do not go together'],
    [['--all'], 2, '--all needs a folder'],
    [['--patient', 'P-ADA', '--privacy', 'named'], 3, 'for a whole clinic only'],
    [['--all', '--out', 'x', '--privacy', 'named'], 2, 'for a whole clinic only'],
    [['--patient', 'P-NOBODY'], 5, 'has no episode of this patient'],
    [['--episode', 'EP-9'], 5, 'has no such episode'],
    [['--clinic', 'NROTH'], 5, 'did you mean NORTH'],
  ])('%j is refused', async (args, code, says) => {
    const store = await filled();
    const run = await store.run(['calendar', ...args]);
    expect(run.code).toBe(code);
    expect(run.stderr).toContain(says);
    expect(run.stdout).toBe('');
  });
});

describe('calendar import', () => {
  /** The calendar as a clinic's system gives it back: the first visit at a time. */
  async function returned(store: ClinicStore) {
    const { stdout } = await store.run(['calendar', '--episode', 'EP-1']);
    return stdout
      .replace('DTSTART;VALUE=DATE:20260820', 'DTSTART;TZID=Europe/Berlin:20260821T093000')
      .replace('DTEND;VALUE=DATE:20260821', 'DTEND;TZID=Europe/Berlin:20260821T103000');
  }

  test('books what the clinic gave a time, once; a dry run writes nothing', async () => {
    const store = await filled();
    const files = { 'back.ics': await returned(store) };
    const line = 'EP-1 a1.baseline: 2026-08-21T09:30[Europe/Berlin]';
    const args = ['calendar', 'import', 'back.ics', '--output', 'text'];
    const dry = await store.run([...args, '--dry-run'], { files });
    expect(dry.stdout).toContain(`would book ${line}`);
    const first = await store.run(args, { files });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain(`booked     ${line}`);
    const second = await store.run(args, { files });
    expect(second.stdout).not.toContain(line);
    const due = await store.run(['due', '--output', 'json', '--bucket', 'booked']);
    expect(JSON.parse(due.stdout).rows).toMatchObject([{ episode: 'EP-1', item: 'a1.baseline' }]);
    const written = readEvents((await store.run(['calendar', '--episode', 'EP-1'])).stdout);
    expect(written.find(({ summary }) => summary.includes('booked'))?.start).toBe(
      '2026-08-21T07:30:00Z',
    );
  });

  test('an appointment years off the window is told and booked only with --accept', async () => {
    const store = await filled();
    const files = { 'back.ics': (await returned(store)).replaceAll('20260821', '20380821') };
    const args = ['calendar', 'import', 'back.ics', '--output', 'text'];
    const refused = await store.run(args, { files });
    expect(refused.code).toBe(8);
    expect(refused.stderr).toContain(
      'the appointment lies outside the window of a1.baseline (found 2038-08-21T09:30[Europe/Berlin]; allowed: 2026-08-20 to 2026-09-20',
    );
    expect(refused.stdout).not.toContain('EP-1');
    const accepted = await store.run([...args, '--accept'], { files });
    expect(accepted).toMatchObject({ code: 0, stderr: '' });
    expect(accepted.stdout).toContain(
      'booked     EP-1 a1.baseline: 2038-08-21T09:30[Europe/Berlin], OUTSIDE the window 2026-08-20 to 2026-09-20\n',
    );
  });

  test('what is no calendar is refused', async () => {
    const store = await filled();
    const run = await store.run(['calendar', 'import', 'x.ics'], { files: { 'x.ics': 'hello' } });
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('x.ics');
    expect((await store.run(['calendar', 'import', 'none.ics'])).code).toBe(5);
  });
});
