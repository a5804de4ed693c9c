import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/domain/civil-date.ts';
import { parseClosureRule } from '../../src/worklist/closure-rule.ts';

describe('a rule for closed days', () => {
  it('is read in all its parts', () => {
    const rule = 'RRULE:freq=yearly;BYMONTH=5,12;BYDAY=1MO,-1FR;UNTIL=20301231;WKST=SU';
    expect(parseClosureRule(rule)).toEqual({
      ok: true,
      value: {
        frequency: 'YEARLY',
        interval: 1,
        count: null,
        until: parseDay('2030-12-31'),
        months: [5, 12],
        monthDays: [],
        weekdays: [
          { day: 'MO', nth: 1 },
          { day: 'FR', nth: -1 },
        ],
        weekStart: 'SU',
      },
    });
  });

  it.each([
    ['FREQ=HOURLY;BYDAY=MO', 'FREQ has a wrong value'],
    ['FREQ=MINUTELY', 'FREQ has a wrong value'],
    ['FREQ=SECONDLY', 'FREQ has a wrong value'],
    ['FREQ=DAILY', 'FREQ has a wrong value'],
    ['', 'this part of the rule is not understood'],
    ['every Sunday', 'this part of the rule is not understood'],
    ['FREQ=WEEKLY;BYDAY=SU;', 'this part of the rule is not understood'],
    ['FREQ=WEEKLY;BYDAY', 'this part of the rule is not understood'],
    ['FREQ=YEARLY;BYEASTER=-2', 'this part of the rule is not understood'],
    ['FREQ=YEARLY;BYYEARDAY=1', 'this part of the rule is not understood'],
    ['FREQ=WEEKLY;BYDAY=MO;BYHOUR=9', 'this part of the rule is not understood'],
    ['DTSTART:20260101', 'this part of the rule is not understood'],
    ['BYDAY=MO', 'the rule has no frequency'],
    ['FREQ=WEEKLY;BYDAY=MO;BYDAY=TU', 'BYDAY stands there twice'],
    ['FREQ=WEEKLY;BYDAY=XX', 'BYDAY has a wrong value'],
    ['FREQ=MONTHLY;BYDAY=6MO', 'BYDAY has a wrong value'],
    ['FREQ=MONTHLY;BYDAY=0MO', 'BYDAY has a wrong value'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY has a wrong value'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY has a wrong value'],
    ['FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1', 'BYMONTH has a wrong value'],
    ['FREQ=WEEKLY;INTERVAL=0;BYDAY=MO', 'INTERVAL has a wrong value'],
    ['FREQ=WEEKLY;COUNT=-3;BYDAY=MO', 'COUNT has a wrong value'],
    ['FREQ=WEEKLY;UNTIL=20270230;BYDAY=MO', 'UNTIL has a wrong value'],
    ['FREQ=WEEKLY;UNTIL=20271231T000000Z;BYDAY=MO', 'UNTIL has a wrong value'],
    ['FREQ=WEEKLY', 'the rule does not name its days'],
    ['FREQ=MONTHLY', 'the rule does not name its days'],
    ['FREQ=YEARLY;BYMONTH=12', 'the rule does not name its days'],
    ['FREQ=YEARLY;BYMONTHDAY=25', 'a yearly rule does not name its months'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'a weekly rule has no days of the month and no numbered weekdays'],
    [
      'FREQ=WEEKLY;BYDAY=MO;BYMONTHDAY=1',
      'a weekly rule has no days of the month and no numbered weekdays',
    ],
    ['FREQ=MONTHLY;BYDAY=MO,1TU', 'numbered weekdays stand beside other days'],
    ['FREQ=MONTHLY;BYDAY=1TU;BYMONTHDAY=1', 'numbered weekdays stand beside other days'],
    ['FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU', 'an interval is only for weekly rules of every month'],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;BYMONTH=2',
      'an interval is only for weekly rules of every month',
    ],
    ['FREQ=WEEKLY;BYDAY=MO;COUNT=3;UNTIL=20270101', 'COUNT and UNTIL exclude each other'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'no month of the rule has such a day'],
    ['FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31,-31', 'no month of the rule has such a day'],
  ])('%j is refused: %s', (text, message) => {
    const parsed = parseClosureRule(text);
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.message)).toEqual([message]);
  });

  it('names every wrong value at once', () => {
    const parsed = parseClosureRule('FREQ=WEEKLY;BYDAY=MO,XX,YY;BYMONTH=0');
    expect(parsed.ok ? [] : parsed.problems.map(({ found }) => found)).toEqual([
      '"0"',
      '"XX"',
      '"YY"',
    ]);
  });
});
