import { describe, expect, it } from 'vitest';
import type { Day } from '../../src/domain/civil-date.ts';
import {
  appointmentStands,
  bucketOfVisit,
  type VisitDays,
} from '../../src/worklist/visit-bucket.ts';

/** Days counted from a day zero; the window is 100 to 130. */
interface Situation {
  readonly asOf: number;
  readonly appointment?: number;
  readonly deferredUntil?: number;
  readonly soonDays?: number;
}

function daysOf({ appointment, deferredUntil }: Situation): VisitDays {
  return {
    earliest: 100 as Day,
    latest: Math.max(130, deferredUntil ?? 0) as Day,
    appointment: (appointment ?? null) as Day | null,
    deferredUntil: (deferredUntil ?? null) as Day | null,
  };
}

function bucket(situation: Situation, status: 'due' | 'on-hold' = 'due'): string {
  const setting = {
    asOf: situation.asOf as Day,
    soonDays: situation.soonDays ?? 30,
    suspendedUntil: null,
  };
  return bucketOfVisit({ status, kind: 'interval' }, daysOf(situation), setting);
}

describe('the bucket of an open visit', () => {
  it.each([
    [69, 'later'],
    [70, 'opens-soon'],
    [99, 'opens-soon'],
    [100, 'due'],
    [130, 'due'],
    [131, 'overdue'],
    [9999, 'overdue'],
  ])('on day %i of the window 100 to 130 is %s', (asOf, expected) => {
    expect(bucket({ asOf })).toBe(expected);
  });

  it('opens soon on no day where nobody looks ahead', () => {
    expect(bucket({ asOf: 99, soonDays: 0 })).toBe('later');
    expect(bucket({ asOf: 100, soonDays: 0 })).toBe('due');
  });

  describe('with an appointment', () => {
    it.each([
      ['ahead in the window', { asOf: 50, appointment: 110 }, 'booked'],
      ['today', { asOf: 110, appointment: 110 }, 'booked'],
      ['on the first day', { asOf: 100, appointment: 100 }, 'booked'],
      ['on the last day', { asOf: 130, appointment: 130 }, 'booked'],
      ['that has passed', { asOf: 111, appointment: 110 }, 'due'],
      ['before the window', { asOf: 90, appointment: 99 }, 'opens-soon'],
      ['after the window', { asOf: 120, appointment: 131 }, 'due'],
      ['ahead, the window over', { asOf: 131, appointment: 140 }, 'overdue'],
      ['today, the window over', { asOf: 131, appointment: 131 }, 'overdue'],
      [
        'in the time that a deferral added',
        { asOf: 140, appointment: 150, deferredUntil: 200 },
        'booked',
      ],
    ])('%s', (_name, situation, expected) => {
      expect(bucket(situation)).toBe(expected);
    });
  });

  describe('deferred to day 200', () => {
    it.each([
      [50, 'deferred'],
      [120, 'deferred'],
      [169, 'deferred'],
      [170, 'due'],
      [200, 'due'],
      [201, 'overdue'],
    ])('on day %i is %s', (asOf, expected) => {
      expect(bucket({ asOf, deferredUntil: 200 })).toBe(expected);
    });

    it('is due for one day at least, even where nobody looks ahead', () => {
      expect(bucket({ asOf: 199, deferredUntil: 200, soonDays: 0 })).toBe('deferred');
      expect(bucket({ asOf: 200, deferredUntil: 200, soonDays: 0 })).toBe('due');
    });
  });

  it('is on hold whatever its window, deferral or appointment', () => {
    for (const asOf of [50, 110, 140])
      expect(bucket({ asOf, appointment: 150 }, 'on-hold')).toBe('on-hold');
  });

  it.each([
    ['lane', 70, 'on-hold'],
    ['lane', 69, 'later'],
    ['interval', 69, 'on-hold'],
  ] as const)(
    'of a suspended %s visit, the suspension ending on day %i, is %s',
    (kind, end, expected) => {
      const setting = { asOf: 40 as Day, soonDays: 30, suspendedUntil: end as Day };
      expect(bucketOfVisit({ status: 'on-hold', kind }, daysOf({ asOf: 40 }), setting)).toBe(
        expected,
      );
    },
  );
});

it('an appointment stands from today on and inside the window', () => {
  const stands = (asOf: number, appointment: number) =>
    appointmentStands(daysOf({ asOf, appointment }), asOf as Day);
  expect([
    stands(50, 100),
    stands(130, 130),
    stands(50, 99),
    stands(50, 131),
    stands(101, 100),
  ]).toEqual([true, true, false, false, false]);
});
