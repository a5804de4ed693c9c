import { describe, expect, it } from 'vitest';
import {
  type ImportedBookings,
  importBookings,
} from '../../../src/service/calendar/import-bookings.ts';
import { readEvents } from '../../export/read-calendar.ts';
import { type CalendarClinic, calendarClinic, given } from './calendar-clinic.ts';

const EXAM = { id: 'x1', type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '2' };
const NOTHING: ImportedBookings = {
  booked: [],
  unchanged: [],
  outdated: [],
  cancelled: [],
  notOurs: 0,
  problems: [],
};

/** A file of a clinic's calendar system. */
function file(...events: readonly (readonly string[])[]): string {
  const lines = events.flatMap((event) => ['BEGIN:VEVENT', ...event, 'END:VEVENT']);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}

async function take(clinic: CalendarClinic, text: string, dryRun = false) {
  return given(await importBookings(clinic.context, { clinic: clinic.clinic, text, dryRun }));
}

async function accept(clinic: CalendarClinic, text: string) {
  const request = { clinic: clinic.clinic, text, acceptDoubtful: true };
  return given(await importBookings(clinic.context, request));
}

async function bookingsOf(clinic: CalendarClinic, episode: number) {
  const { caseFile } = await clinic.load(episode);
  return caseFile.events.flatMap((event) =>
    event.type === 'booking' ? [[event.visit, event.appointment, event.location]] : [],
  );
}

/** One episode whose minimal calendar was handed out. */
async function handedOut() {
  const clinic = await calendarClinic();
  const episode = await clinic.add('EP-1', 'P-1');
  await clinic.refresh(episode);
  const { text } = await clinic.calendar();
  const baseline = readEvents(text).find(({ start }) => start === '2026-04-15');
  if (baseline === undefined) throw new Error('no baseline');
  const { uid } = baseline;
  return { clinic, episode, text, uid, code: uid.slice(0, 8).toUpperCase() };
}

/** SEQUENCE of what `handedOut` hands out, on 2026-01-20 at 12:00Z. */
const HANDED_OUT = Date.UTC(2026, 0, 20, 12) / 60_000;

const PLACE = { index: 0, episode: 'EP-1', visit: 'a1.baseline' };

describe('importing bookings', () => {
  it('books a visit whose entry got a time, and nothing the second time', async () => {
    const { clinic, episode, uid } = await handedOut();
    const text = file([
      `UID:${uid}`,
      `SEQUENCE:${HANDED_OUT + 1}`,
      'DTSTART;TZID=Europe/Berlin:20260420T093000',
      'LOCATION:Radiology\\, room 3',
    ]);
    const booking = {
      ...PLACE,
      appointment: '2026-04-20T09:30[Europe/Berlin]',
      location: 'Radiology, room 3',
    };
    expect(await take(clinic, text)).toEqual({ ...NOTHING, booked: [booking] });
    expect(await bookingsOf(clinic, episode)).toEqual([
      ['a1.baseline', booking.appointment, booking.location],
    ]);
    const head = await clinic.store.auditHead();
    expect(await take(clinic, text)).toEqual({ ...NOTHING, unchanged: [PLACE] });
    expect(await clinic.store.auditHead()).toEqual(head);
    await clinic.refresh(episode);
    expect(await take(clinic, text)).toEqual({ ...NOTHING, unchanged: [PLACE] });
  });

  it('finds a visit by the code in a clinic’s own event', async () => {
    const { clinic, episode, code } = await handedOut();
    const text = file(
      ['UID:own-1', `SUMMARY:MRI for ${code.toLowerCase()}`, 'DTSTART:20260420T073000Z'],
      ['UID:own-2', 'SUMMARY:Team meeting', 'DTSTART:20260421T073000Z', 'RRULE:FREQ=WEEKLY'],
      ['UID:own-3', 'SUMMARY:Broken', 'DTSTART:never'],
    );
    expect(await take(clinic, text)).toEqual({
      ...NOTHING,
      booked: [{ ...PLACE, appointment: '2026-04-20T09:30[Europe/Berlin]' }],
      notOurs: 2,
    });
    expect(await bookingsOf(clinic, episode)).toHaveLength(1);
  });

  it('says in a dry run what it would do, and does not', async () => {
    const { clinic, episode, uid } = await handedOut();
    const text = file([`UID:${uid}`, 'DTSTART;VALUE=DATE:20260422']);
    expect((await take(clinic, text, true)).booked).toEqual([
      { ...PLACE, appointment: '2026-04-22' },
    ]);
    expect(await bookingsOf(clinic, episode)).toEqual([]);
  });

  it('takes our own calendar back as no booking at all', async () => {
    const { clinic, episode, text } = await handedOut();
    const back = await take(clinic, text);
    expect(back).toMatchObject({ booked: [], cancelled: [], problems: [], notOurs: 0 });
    expect(back.unchanged).toHaveLength(readEvents(text).length);
    expect(await bookingsOf(clinic, episode)).toEqual([]);
  });

  it('takes no older revision of ours for a booking, nor its own tombstones for cancellations', async () => {
    const { clinic, episode, text: first } = await handedOut();
    clinic.wait(100);
    await clinic.record(episode, { ...EXAM, biRads: '3' });
    await clinic.refresh(episode);
    const { text: second } = await clinic.calendar();
    for (const text of [first, second]) {
      expect(await take(clinic, text)).toMatchObject({ booked: [], cancelled: [], problems: [] });
    }
    expect((await take(clinic, first)).outdated.length).toBeGreaterThan(0);
    expect(await bookingsOf(clinic, episode)).toEqual([]);
  });

  it('takes an entry that the clinic moved to another day', async () => {
    const { clinic, episode, uid } = await handedOut();
    const text = file([`UID:${uid}`, `SEQUENCE:${HANDED_OUT + 1}`, 'DTSTART;VALUE=DATE:20260422']);
    expect((await take(clinic, text)).booked).toHaveLength(1);
    expect(await bookingsOf(clinic, episode)).toEqual([['a1.baseline', '2026-04-22', undefined]]);
  });

  it('follows an appointment that moves, also back, in the clinic’s own event', async () => {
    const { clinic, episode, code } = await handedOut();
    for (const hour of ['07', '09', '07']) {
      const event = ['UID:own-1', `SUMMARY:${code}`, `DTSTART:20260420T${hour}3000Z`];
      expect((await take(clinic, file(event))).booked).toHaveLength(1);
      await clinic.refresh(episode);
    }
    expect((await bookingsOf(clinic, episode)).map(([, appointment]) => appointment)).toEqual([
      '2026-04-20T09:30[Europe/Berlin]',
      '2026-04-20T11:30[Europe/Berlin]',
      '2026-04-20T09:30[Europe/Berlin]',
    ]);
  });

  it('does not go back to a former appointment for an old copy of our entry', async () => {
    const { clinic, episode, uid } = await handedOut();
    const timed = (sequence: number, hour: string) =>
      file([
        `UID:${uid}`,
        `SEQUENCE:${HANDED_OUT + sequence}`,
        `DTSTART;TZID=Europe/Berlin:20260420T${hour}3000`,
      ]);
    await take(clinic, timed(1, '09'));
    await clinic.refresh(episode);
    await take(clinic, timed(2, '11'));
    await clinic.refresh(episode);
    expect(await take(clinic, timed(1, '09'))).toEqual({ ...NOTHING, outdated: [PLACE] });
    expect(await bookingsOf(clinic, episode)).toHaveLength(2);
  });

  it('reports what the clinic cancelled, with the appointment that is recorded', async () => {
    const { clinic, episode, code } = await handedOut();
    const event = ['UID:own-1', `SUMMARY:${code}`, 'DTSTART:20260420T073000Z'];
    await take(clinic, file(event));
    expect(await take(clinic, file([...event, 'STATUS:CANCELLED']))).toEqual({
      ...NOTHING,
      cancelled: [{ ...PLACE, appointment: '2026-04-20T09:30[Europe/Berlin]' }],
    });
    expect(await bookingsOf(clinic, episode)).toHaveLength(1);
  });

  it('is a problem where a visit is not open, two times are given, or two codes', async () => {
    const { clinic, episode, uid, code } = await handedOut();
    const plan = await clinic.plan(episode);
    const other = readEvents((await clinic.calendar()).text).find((each) => each.uid !== uid);
    const codes = `${code} ${other?.uid.slice(0, 8)}`;
    const disputed = [
      ['UID:own-1', `SUMMARY:${code}`, 'DTSTART:20260420T073000Z'],
      ['UID:own-2', `SUMMARY:${code}`, 'DTSTART:20260421T073000Z'],
      ['UID:own-3', `SUMMARY:${codes}`, 'DTSTART:20260421T073000Z'],
    ];
    const found = await take(clinic, file(...disputed));
    expect(found.booked).toEqual([]);
    expect(found.problems.map(({ path }) => path).sort()).toEqual([
      'events[0]',
      'events[1]',
      'events[2]',
    ]);
    expect(plan.visits.length).toBeGreaterThan(1);
    clinic.wait(100);
    await clinic.record(episode, EXAM);
    expect((await take(clinic, file(disputed[0] ?? []))).problems).toMatchObject([
      { path: 'events[0]', message: 'the event books a visit that is not open any more' },
    ]);
    expect(await bookingsOf(clinic, episode)).toEqual([]);
  });

  it('does not bother anyone with a booking whose visit was then done', async () => {
    const { clinic, episode, code } = await handedOut();
    const text = file(['UID:own-1', `SUMMARY:${code}`, 'DTSTART:20260420T073000Z']);
    await take(clinic, text);
    clinic.wait(100);
    await clinic.record(episode, EXAM);
    await clinic.refresh(episode);
    expect(await take(clinic, text)).toEqual({ ...NOTHING, unchanged: [PLACE] });
  });

  it.each([
    ['an unknown zone', ['DTSTART;TZID=Nowhere Time:20260420T093000']],
    ['a series', ['DTSTART:20260420T073000Z', 'RRULE:FREQ=YEARLY']],
    ['no start', []],
  ])('is a problem with %s, and keeps no other event back', async (_, lines) => {
    const { clinic, uid, text } = await handedOut();
    const lane = readEvents(text).find(({ start }) => start === '2032-01-15')?.uid ?? '';
    const found = await take(
      clinic,
      file([`UID:${uid}`, ...lines], [`UID:${lane}`, 'DTSTART:20320116T080000Z']),
    );
    expect(found.problems).toMatchObject([{ path: 'events[0]' }]);
    expect(found.booked).toMatchObject([{ index: 1, visit: 'a1.routine-72' }]);
  });

  it('does not choose between two meanings of a zone', async () => {
    const { clinic, uid } = await handedOut();
    const zone = ['STANDARD', 'DAYLIGHT'].flatMap((kind) => [
      `BEGIN:${kind}`,
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:-0500',
      'TZOFFSETTO:-0500',
      `END:${kind}`,
    ]);
    const text = file([`UID:${uid}`, 'DTSTART;TZID=Europe/Berlin:20260420T093000']).replace(
      'BEGIN:VEVENT',
      ['BEGIN:VTIMEZONE', 'TZID:Europe/Berlin', ...zone, 'END:VTIMEZONE', 'BEGIN:VEVENT'].join(
        '\r\n',
      ),
    );
    expect(await take(clinic, text)).toMatchObject({
      booked: [],
      problems: [{ message: expect.stringContaining('time zone') }],
    });
  });

  it('takes the same appointment twice for one, whatever zones it is told in', async () => {
    const { clinic, uid, code } = await handedOut();
    const found = await take(
      clinic,
      file(
        [`UID:${uid}`, 'DTSTART:20260420T073000Z'],
        ['UID:own-1', `SUMMARY:${code}`, 'DTSTART;TZID=Europe/Vienna:20260420T093000'],
      ),
    );
    expect(found).toMatchObject({ booked: [{ index: 0 }], unchanged: [{ index: 1 }] });
  });

  it('keeps the recorded place where the file tells none, and takes another one', async () => {
    const { clinic, episode, code } = await handedOut();
    const event = ['UID:own-1', `SUMMARY:${code}`, 'DTSTART:20260420T073000Z'];
    await take(clinic, file([...event, 'LOCATION:Room 3']));
    expect((await take(clinic, file(event))).unchanged).toEqual([PLACE]);
    expect((await take(clinic, file([...event, 'LOCATION:Room 4']))).booked).toHaveLength(1);
    expect((await bookingsOf(clinic, episode)).map(([, , location]) => location)).toEqual([
      'Room 3',
      'Room 4',
    ]);
  });

  it('books several visits of one episode, each by its own entry', async () => {
    const { clinic, episode, uid, code, text } = await handedOut();
    const lane = readEvents(text).find(({ start }) => start === '2032-01-15')?.uid ?? '';
    const both = file(
      [`UID:${uid}`, `SUMMARY:${code}, not ${lane.slice(0, 8)}`, 'DTSTART:20260420T073000Z'],
      [`UID:${lane}`, 'DTSTART:20320116T080000Z'],
    );
    expect((await take(clinic, both)).booked.map(({ visit }) => visit)).toEqual([
      'a1.baseline',
      'a1.routine-72',
    ]);
    expect((await take(clinic, both)).unchanged).toHaveLength(2);
    expect(await bookingsOf(clinic, episode)).toHaveLength(2);
  });

  it('takes an entry whose program dropped SEQUENCE and LAST-MODIFIED, as nothing speaks against it', async () => {
    const { clinic, uid } = await handedOut();
    const text = file([`UID:${uid}`, 'DTSTART;TZID=Europe/Berlin:20260420T093000']);
    expect((await take(clinic, text)).booked).toHaveLength(1);
  });

  it('takes an entry that was edited after our newest revision, whatever its SEQUENCE', async () => {
    const { clinic, episode, uid } = await handedOut();
    const moved = (day: string, modified: string) =>
      file([`UID:${uid}`, `DTSTART;VALUE=DATE:${day}`, `LAST-MODIFIED:${modified}`]);
    await take(clinic, moved('20260422', '20260120T130000Z'));
    await clinic.refresh(episode);
    expect(await take(clinic, moved('20260424', '20260120T110000Z'))).toMatchObject({
      booked: [],
      outdated: [PLACE],
    });
    expect((await take(clinic, moved('20260424', '20260121T120000Z'))).booked).toHaveLength(1);
  });

  it('lets cancellations rest that no longer matter: of visits done, or of entries brought back', async () => {
    const { clinic, episode, uid, code } = await handedOut();
    const own = ['UID:own-1', `SUMMARY:${code}`, 'DTSTART:20260420T073000Z', 'STATUS:CANCELLED'];
    clinic.wait(100);
    await clinic.record(episode, EXAM);
    expect(await take(clinic, file(own))).toEqual({ ...NOTHING, unchanged: [PLACE] });
    await clinic.refresh(episode);
    const correction = { id: 'c1', type: 'correction', date: '2026-04-26', of: 'x1', reason: 'r' };
    await clinic.record(episode, correction);
    await clinic.refresh(episode);
    const tombstone = [`UID:${uid}`, `SEQUENCE:${HANDED_OUT + 1}`, 'DTSTART;VALUE=DATE:20260415'];
    expect(await take(clinic, file([...tombstone, 'STATUS:CANCELLED']))).toEqual({
      ...NOTHING,
      outdated: [PLACE],
    });
  });

  it('answers a file that gives one visit a time thousands of times', async () => {
    const { clinic, uid } = await handedOut();
    const events = Array.from({ length: 20_000 }, (_, index) => [
      `UID:${uid}`,
      `DTSTART:20260420T0730${String(index % 60).padStart(2, '0')}Z`,
    ]);
    const found = await take(clinic, file(...events));
    expect(found.problems).toHaveLength(events.length);
    expect(found.booked).toEqual([]);
  });

  it('gives no time to an escalation', async () => {
    const { clinic, episode } = await handedOut();
    clinic.wait(100);
    await clinic.record(episode, { ...EXAM, biRads: '4B' });
    await clinic.refresh(episode, 'coded');
    const escalation = readEvents((await clinic.calendar('coded')).text).find(
      ({ category }) => category === 'Escalation',
    );
    const text = file([`UID:${escalation?.uid}`, 'DTSTART:20260501T073000Z']);
    expect(await take(clinic, text)).toMatchObject({
      booked: [],
      problems: [{ message: 'the event gives a time to an escalation, which is no visit' }],
    });
  });

  it.each([
    [
      'years after the window',
      '20390420',
      'the appointment lies outside the window of a1.baseline',
    ],
    ['the day after the window', '20260516', 'the appointment lies outside the window'],
    ['the day before the window', '20260414', 'the appointment lies outside the window'],
    ['in the past', '20250420', 'the appointment lies in the past'],
  ])('books no visit %s until someone accepts it', async (_, day, message) => {
    const { clinic, episode, code, text: own } = await handedOut();
    const lane = readEvents(own).find(({ start }) => start === '2032-01-15')?.uid ?? '';
    const text = file(
      ['UID:own-1', `SUMMARY:${code}`, `DTSTART:${day}T073000Z`],
      [`UID:${lane}`, 'DTSTART:20320116T080000Z'],
    );
    const found = await take(clinic, text);
    expect(found.booked).toMatchObject([{ visit: 'a1.routine-72' }]);
    expect(found.problems).toMatchObject([
      { path: 'events[0]', message: expect.stringContaining(message) },
    ]);
    expect(found.problems[0]?.mend).toContain('--accept');
    expect(await bookingsOf(clinic, episode)).toHaveLength(1);
    expect(await accept(clinic, text)).toMatchObject({
      booked: [{ visit: 'a1.baseline' }],
      problems: [],
    });
    expect(await bookingsOf(clinic, episode)).toHaveLength(2);
  });

  it.each([
    ['soon', '20260630', true],
    ['three months from now', '20260901', true],
    ['later', '20260902', false],
  ])(
    'books an overdue visit %s, and says that it lies outside the window',
    async (_, day, booked) => {
      const { clinic, episode, code } = await handedOut();
      clinic.wait(132);
      const text = file(['UID:own-1', `SUMMARY:${code}`, `DTSTART:${day}T073000Z`]);
      const found = await take(clinic, text);
      const outsideWindow = { earliest: '2026-04-15', latest: '2026-05-15' };
      expect(found.booked).toMatchObject(booked ? [{ outsideWindow }] : []);
      expect(found.problems).toHaveLength(booked ? 0 : 1);
      expect((await accept(clinic, text)).booked).toMatchObject(booked ? [] : [{ outsideWindow }]);
      expect(await bookingsOf(clinic, episode)).toHaveLength(1);
    },
  );

  it('books no hour that the clock leaves out until someone accepts it', async () => {
    const { clinic, text: own } = await handedOut();
    const lane = readEvents(own).find(({ start }) => start === '2032-01-15')?.uid ?? '';
    const text = file([`UID:${lane}`, 'DTSTART;TZID=Europe/Berlin:20320328T023000']);
    expect(await take(clinic, text)).toMatchObject({
      booked: [],
      problems: [{ message: expect.stringContaining('there is no such hour') }],
    });
    expect((await accept(clinic, text)).booked).toHaveLength(1);
  });

  it('books a visit inside the window that a deferral moved', async () => {
    const { clinic, episode, code } = await handedOut();
    const deferral = { id: 'd1', type: 'deferral', date: '2026-01-20', visit: 'a1.baseline' };
    await clinic.record(episode, { ...deferral, until: '2026-06-30', reason: 'abroad' });
    const text = file(['UID:own-1', `SUMMARY:${code}`, 'DTSTART:20260630T073000Z']);
    expect(await take(clinic, text)).toMatchObject({ booked: [{}], problems: [] });
  });

  it('refuses a file that cannot be read, and knows only the calendar of its own clinic', async () => {
    const { clinic, uid } = await handedOut();
    const outcome = await importBookings(clinic.context, {
      clinic: clinic.clinic,
      text: 'BEGIN:VCALENDAR\r\n',
    });
    expect(outcome).toMatchObject({ ok: false, fault: 'invalid' });
    const elsewhere = await importBookings(clinic.context, {
      clinic: { ...clinic.clinic, id: 2, code: 'SOUTH' },
      text: file([`UID:${uid}`, 'DTSTART:20260420T073000Z']),
    });
    expect(elsewhere).toEqual({ ok: true, value: { ...NOTHING, notOurs: 1 } });
  });
});
