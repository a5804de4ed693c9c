import { describe, expect, it } from 'vitest';
import { refreshCalendar } from '../../../src/service/calendar/refresh-calendar.ts';
import { settleEpisode } from '../../../src/service/episode/settle-episode.ts';
import type { CalendarEntry } from '../../../src/store/calendar-entry.ts';
import { readEvents } from '../../export/read-calendar.ts';
import { type CalendarClinic, CLINIC, calendarClinic } from './calendar-clinic.ts';

const EXAM = { id: 'x1', type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '2' };

async function entryOf(
  clinic: CalendarClinic,
  episode: number,
  key: string,
): Promise<CalendarEntry> {
  const page = await clinic.store.pageCalendar({
    clinic: CLINIC.id,
    episode,
    privacy: 'minimal',
    limit: 100,
  });
  const entry = page.find((each) => each.key === key);
  if (entry === undefined) throw new Error(`no entry ${key}`);
  return entry;
}

function eventIn(entry: CalendarEntry) {
  const [event] = readEvents(`BEGIN:VCALENDAR\r\n${entry.vevent}END:VCALENDAR\r\n`);
  if (event === undefined) throw new Error('no event');
  return event;
}

/** SEQUENCE counts minutes, so that one that a restored store has forgotten is lower still. */
const minutes = (instant: string) => Date.parse(instant) / 60_000;

describe('refreshing the calendar of an episode', () => {
  it('keeps each visit that is ahead as a first revision', async () => {
    const clinic = await calendarClinic();
    const episode = await clinic.add('EP-1', 'P-1');
    const { visits } = await clinic.plan(episode);
    expect(await clinic.refresh(episode)).toEqual({
      added: visits.length,
      changed: 0,
      cancelled: 0,
      unchanged: 0,
    });
    expect(eventIn(await entryOf(clinic, episode, 'a1.baseline'))).toMatchObject({
      start: '2026-04-15',
      sequence: minutes('2026-01-20T12:00:00Z'),
      stamp: '2026-01-20T12:00:00Z',
      modified: '2026-01-20T12:00:00Z',
      created: '2026-01-20T12:00:00Z',
    });
  });

  it('writes nothing, not even an audit row, when nothing changed as time passed', async () => {
    const clinic = await calendarClinic();
    const episode = await clinic.add('EP-1', 'P-1');
    await clinic.refresh(episode);
    const before = { text: (await clinic.calendar()).text, head: await clinic.store.auditHead() };
    clinic.wait(60);
    expect(await clinic.refresh(episode)).toMatchObject({ added: 0, changed: 0, cancelled: 0 });
    expect({ text: (await clinic.calendar()).text, head: await clinic.store.auditHead() }).toEqual(
      before,
    );
  });

  it('gives a visit that moved the next revision and leaves the others alone', async () => {
    const clinic = await calendarClinic();
    const episode = await clinic.add('EP-1', 'P-1');
    await clinic.refresh(episode);
    const lane = await entryOf(clinic, episode, 'a1.routine-72');
    clinic.wait(95);
    await clinic.record(episode, EXAM);
    expect((await clinic.refresh(episode)).changed).toBeGreaterThan(0);
    const moved = eventIn(await entryOf(clinic, episode, 'a1.interval-1'));
    expect(moved).toMatchObject({
      sequence: minutes('2026-04-25T12:00:00Z'),
      created: '2026-01-20T12:00:00Z',
    });
    expect(moved.stamp).toBe('2026-04-25T12:00:00Z');
    expect(moved.modified).toBe(moved.stamp);
    expect(await entryOf(clinic, episode, 'a1.routine-72')).toEqual(lane);
  });

  it('cancels what vanished: same UID and dates, no alarm, not blocking, nothing of why', async () => {
    const clinic = await calendarClinic();
    const episode = await clinic.add('EP-1', 'P-1');
    await clinic.refresh(episode);
    const before = eventIn(await entryOf(clinic, episode, 'a1.baseline'));
    clinic.wait(95);
    await clinic.record(episode, EXAM);
    expect(await clinic.refresh(episode)).toMatchObject({ cancelled: 1 });
    const { vevent, ...entry } = await entryOf(clinic, episode, 'a1.baseline');
    expect(entry).toMatchObject({ cancelled: true, sequence: minutes('2026-04-25T12:00:00Z') });
    const code = before.uid.slice(0, 8).toUpperCase();
    expect(eventIn({ vevent, ...entry })).toEqual({
      ...before,
      summary: `Cancelled: Imaging follow-up due (${code})`,
      description: `Done, or planned anew: nothing is left to do for this entry.\nCode for the clinic: ${code}`,
      status: 'CANCELLED',
      transparency: 'TRANSPARENT',
      alarms: [],
      sequence: minutes('2026-04-25T12:00:00Z'),
      stamp: '2026-04-25T12:00:00Z',
      modified: '2026-04-25T12:00:00Z',
    });
    expect(vevent.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  });

  it('cancels once, and brings a visit back under its UID with a higher sequence', async () => {
    const clinic = await calendarClinic();
    const episode = await clinic.add('EP-1', 'P-1');
    await clinic.refresh(episode);
    const { uid } = await entryOf(clinic, episode, 'a1.baseline');
    clinic.wait(95);
    await clinic.record(episode, EXAM);
    await clinic.refresh(episode);
    clinic.wait(1);
    expect(await clinic.refresh(episode)).toMatchObject({ cancelled: 0, changed: 0 });
    const correction = { id: 'c1', type: 'correction', date: '2026-04-26', of: 'x1', reason: 'r' };
    await clinic.record(episode, correction);
    await clinic.refresh(episode);
    const back = await entryOf(clinic, episode, 'a1.baseline');
    expect(back).toMatchObject({
      uid,
      sequence: minutes('2026-04-26T12:00:00Z'),
      cancelled: false,
    });
    expect(eventIn(back)).toMatchObject({ status: 'CONFIRMED', alarms: ['-P6DT15H'] });
  });

  it('has a later stamp at every revision, though the clock stands still', async () => {
    const clinic = await calendarClinic();
    const episode = await clinic.add('EP-1', 'P-1');
    await clinic.refresh(episode);
    const booking = { type: 'booking', date: '2026-01-20', visit: 'a1.baseline' };
    await clinic.record(episode, { ...booking, id: 'b1', appointment: '2026-04-16' });
    await clinic.refresh(episode);
    const first = eventIn(await entryOf(clinic, episode, 'a1.baseline'));
    await clinic.record(episode, { ...booking, id: 'b2', appointment: '2026-04-17' });
    await clinic.refresh(episode);
    const second = eventIn(await entryOf(clinic, episode, 'a1.baseline'));
    expect([first.stamp, second.stamp]).toEqual(['2026-01-20T12:00:01Z', '2026-01-20T12:00:02Z']);
  });

  it.each([
    ['2026-04-20T09:30[America/New_York]', 'DTSTART;TZID=America/New_York:20260420T093000'],
    ['2026-04-20T09:30Z', 'DTSTART;TZID=Europe/Berlin:20260420T113000'],
    ['2026-04-20T09:30-05:00', 'DTSTART;TZID=Europe/Berlin:20260420T163000'],
    ['2026-04-20', 'DTSTART;VALUE=DATE:20260420'],
  ])(
    'shows the appointment %s in its own zone, else in the clinic’s',
    async (appointment, line) => {
      const clinic = await calendarClinic();
      const episode = await clinic.add('EP-1', 'P-1', [
        { id: 'b1', type: 'booking', date: '2026-01-18', visit: 'a1.baseline', appointment },
      ]);
      await clinic.refresh(episode);
      expect((await entryOf(clinic, episode, 'a1.baseline')).vevent).toContain(`\r\n${line}\r\n`);
    },
  );

  it('names events by the store’s number, so that another id of the episode changes no UID', async () => {
    const clinic = await calendarClinic();
    const episode = await clinic.add('EP-1', 'P-1');
    await clinic.refresh(episode);
    const { uid } = await entryOf(clinic, episode, 'a1.baseline');
    const { caseFile, version } = await clinic.load(episode);
    await clinic.store.reviseEpisode(
      { actor: 'dr-lee', at: clinic.now() },
      {
        clinic: CLINIC.id,
        episode,
        expected: version,
        facts: { ...caseFile.episode, id: 'RENAMED' },
      },
    );
    await clinic.refresh(episode);
    expect((await entryOf(clinic, episode, 'a1.baseline')).uid).toBe(uid);
    expect(uid).toMatch(/^[0-9a-f]{40}$/);
  });

  it('keeps escalations in coded and named, and never in minimal', async () => {
    const clinic = await calendarClinic();
    const episode = await clinic.add('EP-1', 'P-1');
    clinic.wait(95);
    await clinic.record(episode, { ...EXAM, biRads: '4B' });
    for (const privacy of ['minimal', 'coded', 'named'] as const) {
      await clinic.refresh(episode, privacy);
      const page = await clinic.store.pageCalendar({ clinic: CLINIC.id, privacy, limit: 100 });
      expect(page.some(({ key }) => key === 'esc.x1')).toBe(privacy !== 'minimal');
      expect(page.some(({ vevent }) => vevent.includes('P-1 (EP-1)'))).toBe(privacy === 'named');
    }
  });
});

describe('two refreshes of one episode at once', () => {
  it('never mix: the later one is told of the conflict', async () => {
    const clinic = await calendarClinic();
    const episode = await clinic.add('EP-1', 'P-1');
    await clinic.refresh(episode);
    const booking = { type: 'booking', date: '2026-01-20', visit: 'a1.baseline' };
    await clinic.record(episode, { ...booking, id: 'b1', appointment: '2026-04-16' });
    const { version } = await clinic.load(episode);
    const plan = await clinic.plan(episode);
    const refresh = { clinic: CLINIC, episode, version, plan, privacy: 'minimal' } as const;
    const outcomes = await Promise.all([
      refreshCalendar(clinic.context, refresh),
      refreshCalendar(clinic.context, { ...refresh, plan: { ...plan, visits: [] } }),
    ]);
    expect(outcomes).toMatchObject([{ ok: true }, { ok: false, fault: 'conflict' }]);
    expect(eventIn(await entryOf(clinic, episode, 'a1.baseline')).start).toBe('2026-04-16');
  });

  it.each([0, 1])(
    '%i minutes later, an older plan never takes the place of a newer one',
    async (minutes) => {
      const clinic = await calendarClinic();
      const episode = await clinic.add('EP-1', 'P-1');
      await clinic.refresh(episode);
      const { version } = await clinic.load(episode);
      const plan = await clinic.plan(episode);
      const visit = 'a1.baseline';
      const booking = { type: 'booking', date: '2026-01-20', visit, appointment: '2026-04-16' };
      await clinic.record(episode, { ...booking, id: 'b1' });
      await clinic.refresh(episode);
      const { text } = await clinic.calendar();
      clinic.wait(0, minutes);
      const older = { clinic: CLINIC, episode, version, plan };
      expect(await refreshCalendar(clinic.context, { ...older, privacy: 'minimal' })).toMatchObject(
        {
          fault: 'conflict',
        },
      );
      await settleEpisode(clinic.context, older);
      expect((await clinic.calendar()).text).toBe(text);
      expect(text).toContain('DTSTART;VALUE=DATE:20260416');
    },
  );
});
