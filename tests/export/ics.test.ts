import { describe, expect, it } from 'vitest';
import { calendarCode } from '../../src/export/calendar-item.ts';
import { toIcs } from '../../src/export/ics.ts';
import type { Plan, PlannedVisit } from '../../src/plan/plan.ts';
import { parseCalendar, type ReadEvent, readEvents } from './read-calendar.ts';
import {
  conformanceCases,
  planOf,
  SAMPLE_CASES,
  SAMPLE_NAMES,
  samplePlan,
  testUid,
} from './sample-plans.ts';

const PRIVACIES = ['minimal', 'coded', 'named'] as const;

function unfolded(text: string): string[] {
  return text.replaceAll('\r\n ', '').split('\r\n').slice(0, -1);
}

function eventOf(text: string, plan: Plan, key: string): ReadEvent {
  const uid = testUid(plan.episode.id, key);
  const event = readEvents(text).find((candidate) => candidate.uid === uid);
  if (event === undefined) throw new Error(`no event of ${key}`);
  return event;
}

function withVisit(plan: Plan, key: string, change: Partial<PlannedVisit>): Plan {
  return {
    ...plan,
    visits: plan.visits.map((visit) => (visit.key === key ? { ...visit, ...change } : visit)),
  };
}

describe('the calendar', () => {
  it('has the profile of the contract and nothing beside it', () => {
    const calendar = parseCalendar(toIcs([samplePlan('baseline-ahead')], { uid: testUid }));
    const properties = calendar.getAllProperties().map((property) => property.toICALString());
    expect(properties).toEqual([
      'VERSION:2.0',
      'PRODID:-//Imaging follow-up//Calendar 1//EN',
      'CALSCALE:GREGORIAN',
      'NAME:Imaging follow-up',
      'X-WR-CALNAME:Imaging follow-up',
      'REFRESH-INTERVAL;VALUE=DURATION:PT12H',
      'X-PUBLISHED-TTL:PT12H',
    ]);
  });

  it.each(SAMPLE_NAMES)('is CRLF-ended lines of at most 75 octets without controls: %s', (name) => {
    for (const privacy of PRIVACIES) {
      const text = toIcs([samplePlan(name)], { uid: testUid, privacy });
      const lines = text.split('\r\n');
      expect(lines.pop()).toBe('');
      expect(lines.at(-1)).toBe('END:VCALENDAR');
      expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
      expect(lines.filter((line) => /\p{Cc}/u.test(line))).toEqual([]);
    }
  });

  it.each(SAMPLE_NAMES)('gives each event the properties of the contract only: %s', (name) => {
    const text = toIcs([samplePlan(name)], { uid: testUid, privacy: 'named' });
    const names = parseCalendar(text)
      .getAllSubcomponents('vevent')
      .flatMap((event) => event.getAllProperties().map((property) => property.name));
    const allowed = [
      'uid dtstamp last-modified created sequence dtstart dtend summary description location',
      'categories status transp x-microsoft-cdo-busystatus',
      'x-microsoft-cdo-alldayevent x-microsoft-msncalendar-alldayevent',
    ]
      .join(' ')
      .split(' ');
    expect([...new Set(names)].filter((property) => !allowed.includes(property))).toEqual([]);
  });

  it('holds a name on one line, escaped', () => {
    const text = toIcs([samplePlan('ended')], {
      uid: testUid,
      calendarName: 'Room 3,\r\nMETHOD:PUBLISH;x',
    });
    expect(unfolded(text)).toContain('NAME:Room 3\\, METHOD:PUBLISH\\;x');
    expect(unfolded(text).filter((line) => line.startsWith('METHOD'))).toEqual([]);
  });

  it('sorts the events of all its plans by UID', () => {
    const [first, second] = [samplePlan('baseline-ahead'), samplePlan('overdue')];
    const plans = [first, second];
    const text = toIcs(plans, { uid: testUid });
    const uids = readEvents(text).map(({ uid }) => uid);
    expect(uids).toHaveLength(first.visits.length + second.visits.length - 1);
    expect(uids).toEqual([...uids].sort());
    expect(toIcs([...plans].reverse(), { uid: testUid })).toBe(text);
  });

  it('refuses a UID that could break its line', () => {
    expect(() => toIcs([samplePlan('baseline-ahead')], { uid: () => 'x\r\nBEGIN:X' })).toThrow(
      RangeError,
    );
  });
});

describe('a visit', () => {
  it('is one all-day event on its target, and the window is told', () => {
    const plan = samplePlan('baseline-ahead');
    const event = eventOf(toIcs([plan], { uid: testUid }), plan, 'a1.baseline');
    const code = calendarCode(event.uid);
    expect(event).toEqual({
      uid: testUid('EP-1', 'a1.baseline'),
      summary: `Imaging follow-up due (${code})`,
      description: [
        'Between 15 April 2026 and 15 May 2026, best on 15 April 2026.',
        'If these days have passed without the exam, please contact the clinic.',
        `Code for the clinic: ${code}`,
      ].join('\n'),
      location: null,
      start: '2026-04-15',
      end: '2026-04-16',
      stamp: '2026-01-15T00:00:00Z',
      modified: '2026-01-15T00:00:00Z',
      created: '2026-01-15T00:00:00Z',
      sequence: Date.UTC(2026, 0, 15) / 60_000,
      status: 'CONFIRMED',
      transparency: 'TRANSPARENT',
      category: 'Imaging',
      alarms: ['-P6DT15H'],
    });
  });

  it.each(SAMPLE_NAMES)('is there exactly once where it is ahead, on its target: %s', (name) => {
    const plan = samplePlan(name);
    const ahead = plan.visits.filter(
      ({ status }) => !/^(completed|awaiting|declined|missed)/.test(status),
    );
    const days = readEvents(toIcs([plan], { uid: testUid })).map(({ uid, start }) => [uid, start]);
    const expected = ahead.map(({ key, target, booking }) => [
      testUid(plan.episode.id, key),
      booking === null ? target : expect.any(String),
    ]);
    expect(days).toHaveLength(ahead.length);
    expect(days).toEqual(expect.arrayContaining(expected));
  });

  it('has the day after as its exclusive end, at the end of a year and of February too', () => {
    for (const [target, end] of [
      ['2027-12-31', '2028-01-01'],
      ['2028-02-28', '2028-02-29'],
      ['2028-02-29', '2028-03-01'],
    ] as const) {
      const plan = withVisit(samplePlan('baseline-ahead'), 'a1.baseline', { target });
      expect(eventOf(toIcs([plan], { uid: testUid }), plan, 'a1.baseline')).toMatchObject({
        start: target,
        end,
      });
    }
  });

  it('that is forecast or on hold is tentative and without alarm', () => {
    for (const status of ['forecast', 'on-hold'] as const) {
      const plan = withVisit(samplePlan('baseline-ahead'), 'a1.baseline', { status });
      const event = eventOf(toIcs([plan], { uid: testUid }), plan, 'a1.baseline');
      expect(event).toMatchObject({ status: 'TENTATIVE', alarms: [] });
      expect(event.description).toMatch(
        status === 'forecast' ? /Planned ahead/ : /On hold for now/,
      );
    }
  });

  it('that was filled, declined or missed is left out', () => {
    for (const status of [
      'completed',
      'completed-limited',
      'awaiting-report',
      'declined',
      'missed',
    ] as const) {
      const plan = withVisit(samplePlan('baseline-ahead'), 'a1.baseline', { status });
      expect(toIcs([plan], { uid: testUid })).not.toContain(
        testUid('EP-1', 'a1.baseline').slice(0, 60),
      );
    }
  });

  it('has no alarm where none is wanted', () => {
    const text = toIcs([samplePlan('baseline-ahead')], { uid: testUid, alarms: false });
    expect(text).not.toContain('VALARM');
  });
});

describe('a booked visit', () => {
  const plan = samplePlan('booked-interval');
  const text = toIcs([plan], { uid: testUid, privacy: 'coded' });

  it('is timed in its own zone, blocks the hour and tells where', () => {
    expect(eventOf(text, plan, 'a1.interval-1')).toMatchObject({
      start: '2027-01-20T08:30:00Z',
      end: '2027-01-20T09:30:00Z',
      location: 'Radiology, room 3; ground floor',
      transparency: 'OPAQUE',
      status: 'CONFIRMED',
      alarms: ['-P7D'],
    });
    expect(unfolded(text)).toContain('DTSTART;TZID=Europe/Berlin:20270120T093000');
    expect(unfolded(text)).toContain('X-MICROSOFT-CDO-BUSYSTATUS:BUSY');
  });

  it('stays booked while the visit is only forecast', () => {
    expect(eventOf(text, plan, 'a1.interval-2')).toMatchObject({
      start: '2028-07-10T18:00:00Z',
      status: 'CONFIRMED',
    });
  });

  it('is all day where only the date is known', () => {
    expect(eventOf(text, plan, 'a1.routine-72')).toMatchObject({
      start: '2032-01-14',
      end: '2032-01-15',
      transparency: 'OPAQUE',
    });
  });

  it('is in UTC where no zone was named', () => {
    expect(unfolded(text)).toContain('DTSTART:20330114T101500Z');
  });

  it('brings the time zones that are used, each once, and only then', () => {
    const zones = parseCalendar(text)
      .getAllSubcomponents('vtimezone')
      .map((zone) => zone.getFirstPropertyValue('tzid'));
    expect(zones.sort()).toEqual(['America/New_York', 'Europe/Berlin']);
    expect(toIcs([samplePlan('overdue')], { uid: testUid })).not.toContain('VTIMEZONE');
  });
});

describe('privacy', () => {
  it('minimal tells no name, number, side, diagnosis, modality or category of any case', () => {
    const forbidden =
      /ablat|cryo|biops|patholog|bi-?rads|breast|cancer|tumou?r|lesion|malign|suspic|escalat|urgent|left|right|radiolog|room|\b(?:MRI|CEM|MG|DBT|US|CEUS|PET)\b|EP-|P-47/i;
    const plans = [...SAMPLE_NAMES.map(samplePlan), ...conformanceCases('named').map(planOf)];
    const words = new Set<string>();
    for (const plan of plans) {
      for (const line of unfolded(toIcs([plan], { uid: testUid }))) {
        // The names of properties and parameters belong to RFC 5545; only values can tell something.
        words.add(line.slice(line.indexOf(':') + 1));
      }
    }
    expect(words.size).toBeGreaterThan(500);
    expect([...words].filter((value) => forbidden.test(value))).toEqual([]);
  });

  it('minimal is what is written when nothing is asked for', () => {
    const plans = [samplePlan('escalated')];
    expect(toIcs(plans, { uid: testUid })).toBe(toIcs(plans, { uid: testUid, privacy: 'minimal' }));
  });

  it('coded tells the code, the modality and the reason, not the patient', () => {
    const plan = samplePlan('booked-interval');
    const text = toIcs([plan], { uid: testUid, privacy: 'coded' });
    const event = eventOf(text, plan, 'a1.interval-3');
    expect(event.summary).toBe('Imaging follow-up due: EP-2, MRI or CEM');
    expect(event.description).toContain('Rule forecast (3.4), staged-risk-adapted 1.0.0.');
    expect(text.replaceAll('\r\n ', '')).not.toContain('P-4711');
  });

  it('named tells the patient too', () => {
    const plan = samplePlan('booked-interval');
    const text = toIcs([plan], { uid: testUid, privacy: 'named' });
    expect(eventOf(text, plan, 'a1.interval-3').summary).toBe(
      'Imaging follow-up due: P-4711 (EP-2), MRI or CEM',
    );
  });

  it('an unanswered escalation is a deadline in coded and named, and nowhere in minimal', () => {
    const plan = samplePlan('escalated');
    const uid = testUid('EP-3', 'esc.x3');
    for (const privacy of ['coded', 'named'] as const) {
      const text = toIcs([plan], { uid: testUid, privacy });
      expect(eventOf(text, plan, 'esc.x3')).toMatchObject({
        summary: `Answer needed (biopsy): ${privacy === 'named' ? 'P-4712 (EP-3)' : 'EP-3'}`,
        start: '2027-02-01',
        end: '2027-02-02',
        category: 'Escalation',
        transparency: 'TRANSPARENT',
        alarms: [],
      });
      expect(readEvents(text).map((event) => event.uid)).not.toContain(testUid('EP-3', 'esc.x2'));
    }
    const minimal = readEvents(toIcs([plan], { uid: testUid }));
    expect(minimal.map((event) => event.uid)).not.toContain(uid);
  });
});

describe('stability', () => {
  it('does not change as time passes without an event', () => {
    const document = SAMPLE_CASES['baseline-ahead'] as { asOf: string };
    const texts = ['2026-01-20', '2026-04-15', '2026-05-10', '2027-09-01'].map((asOf) =>
      toIcs([planOf({ ...document, asOf })], { uid: testUid }),
    );
    expect(new Set(texts).size).toBe(1);
  });

  it('does not depend on the order of the events in the file', () => {
    const document = SAMPLE_CASES['booked-interval'];
    const shuffled = { ...document, events: [...document.events].reverse() };
    const options = { uid: testUid, privacy: 'named' } as const;
    expect(toIcs([planOf(shuffled)], options)).toBe(toIcs([planOf(document)], options));
  });

  it('keeps UIDs when an event moves the dates, and moves SEQUENCE and stamps together', () => {
    const document = SAMPLE_CASES.overdue;
    const before = { ...document, events: document.events.slice(0, 1) };
    const [old, now] = [planOf(before), planOf(document)].map((plan) =>
      eventOf(toIcs([plan], { uid: testUid }), plan, 'a1.interval-1'),
    );
    expect(now?.uid).toBe(old?.uid);
    expect(now?.stamp).toBe(now?.modified);
    expect((now?.stamp ?? '') > (old?.stamp ?? '')).toBe(true);
    expect((now?.sequence ?? 0) > (old?.sequence ?? 0)).toBe(true);
    expect(now?.created).toBe(old?.created);
  });

  it('takes the stamp that it is given', () => {
    const stamp = Date.UTC(2026, 5, 1, 12, 30, 15);
    const [event] = readEvents(toIcs([samplePlan('baseline-ahead')], { uid: testUid, stamp }));
    expect(event).toMatchObject({
      stamp: '2026-06-01T12:30:15Z',
      modified: '2026-06-01T12:30:15Z',
      sequence: Math.floor(stamp / 60_000),
    });
  });
});
