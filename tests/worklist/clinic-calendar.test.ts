import { describe, expect, it } from 'vitest';
import { type Day, parseDay } from '../../src/domain/civil-date.ts';
import { type ClinicCalendar, loadClinicCalendar } from '../../src/worklist/clinic-calendar.ts';

const day = (text: string) => parseDay(text) as Day;

function calendarOf(...closed: unknown[]): ClinicCalendar {
  const loaded = loadClinicCalendar({ clinic: 'C1', closed });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
}

function problemsOf(document: unknown): string[] {
  const loaded = loadClinicCalendar(document);
  return loaded.ok ? [] : loaded.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('a clinic calendar', () => {
  const calendar = calendarOf(
    { rule: 'FREQ=WEEKLY;BYDAY=SA,SU', name: 'weekend' },
    { rule: 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25,26', name: 'Christmas' },
    { date: '2026-05-14', name: 'Ascension Day' },
    { date: '2026-12-26' },
  );

  it('is closed by rules and by single dates', () => {
    const days = ['2026-05-14', '2026-05-15', '2026-05-16', '2026-12-25', '2026-12-28'];
    expect(days.map((text) => calendar.isClosed(day(text)))).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
  });

  it('names everything that closes a day', () => {
    expect(calendar.closures(day('2026-12-26'))).toEqual(['weekend', 'Christmas', '2026-12-26']);
    expect(calendar.closures(day('2026-05-14'))).toEqual(['Ascension Day']);
    expect(calendar.closures(day('2026-05-15'))).toEqual([]);
  });

  it('may be closed on no day', () => {
    expect(calendarOf().isClosed(day('2026-12-25'))).toBe(false);
  });

  it.each<[string, unknown, string[]]>([
    ['no object', [], [': the value has the wrong type']],
    ['nothing of it', { clinic: 'C1' }, ['closed: this field is missing']],
    ['an unknown field', { clinic: 'C1', closed: [], open: [] }, ['open: this field is not known']],
    [
      'neither rule nor date',
      { clinic: 'C1', closed: [{ name: 'x' }] },
      ['closed[0]: an entry has either a rule or a date'],
    ],
    [
      'both',
      { clinic: 'C1', closed: [{ rule: 'FREQ=WEEKLY;BYDAY=SU', date: '2026-05-14' }] },
      ['closed[0]: an entry has either a rule or a date'],
    ],
    [
      'a first day of a single date',
      { clinic: 'C1', closed: [{ date: '2026-05-14', from: '2026-05-01' }] },
      ['closed[0].from: a single date has no first day'],
    ],
    [
      'days that do not exist or are not plausible',
      { clinic: 'C1', closed: [{ date: '2026-02-30' }, { date: '0026-02-03' }] },
      [
        'closed[0].date: this day does not exist in the calendar',
        'closed[1].date: this day is not plausible',
      ],
    ],
    [
      'nothing to count from',
      {
        clinic: 'C1',
        closed: [
          { rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR' },
          { rule: 'FREQ=WEEKLY;COUNT=2;BYDAY=FR' },
        ],
      },
      [
        'closed[0].from: INTERVAL and COUNT need a day to be counted from',
        'closed[1].from: INTERVAL and COUNT need a day to be counted from',
      ],
    ],
    [
      'an end before the beginning',
      {
        clinic: 'C1',
        closed: [{ rule: 'FREQ=WEEKLY;BYDAY=FR;UNTIL=20260101', from: '2026-01-02' }],
      },
      ['closed[0].rule: the rule ends before it begins'],
    ],
    [
      'a rule that is none, each by its place',
      { clinic: 'C1', closed: [{ rule: 'FREQ=DAILY' }, { date: '2026-05-14' }, { rule: 'x' }] },
      [
        'closed[0].rule: FREQ has a wrong value',
        'closed[2].rule: this part of the rule is not understood',
      ],
    ],
  ])('is refused with %s', (_name, document, problems) => {
    expect(problemsOf(document)).toEqual(problems);
  });
});
