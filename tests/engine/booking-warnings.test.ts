import { describe, expect, it } from 'vitest';
import { event, exam, scheduleOf } from './case-builder.ts';

/** The warnings of a plan with one booking, `k`. */
function notes(
  visit: string,
  appointment: string,
  more: readonly ReturnType<typeof event>[] = [],
  asOf = '2026-05-01',
) {
  const booking = event('k', 'booking', '2026-03-01', { visit, appointment });
  return scheduleOf({ events: [booking, ...more], asOf }).warnings;
}

describe('a booking inside the window', () => {
  it.each([
    '2026-04-15',
    '2026-05-15',
    '2026-04-20T09:30[Europe/Berlin]',
    '2026-05-15T23:59-10:00',
  ])('%s needs no word', (appointment) => {
    expect(notes('a1.baseline', appointment)).toEqual([]);
  });
});

describe('a booking outside the window', () => {
  it.each(['2026-04-14', '2026-05-16', '2026-05-16T00:00+14:00'])('%s is told', (appointment) => {
    expect(notes('a1.baseline', appointment)).toEqual([
      {
        code: 'booking-outside-window',
        event: 'k',
        message: `Booking k on ${appointment.slice(0, 10)} lies outside the window of a1.baseline, 2026-04-15 to 2026-05-15.`,
      },
    ]);
  });

  it.each([
    ['a forecast visit', 'a1.interval-1', []],
    ['a lane visit', 'a1.routine-72', []],
    ['a visit on hold', 'a1.baseline', [exam('x', '2026-02-01', 'US', '5')]],
  ])('of %s is told', (_what, visit, more) => {
    expect(notes(visit, '2026-03-15', more, '2026-03-02').map(({ code }) => code)).toEqual([
      'booking-outside-window',
    ]);
  });

  it('is told of an overdue visit too', () => {
    expect(notes('a1.baseline', '2026-09-01', [], '2026-08-01').map(({ code }) => code)).toEqual([
      'booking-outside-window',
    ]);
  });

  it('inside a deferred window is not told', () => {
    const deferral = event('f', 'deferral', '2026-03-02', {
      visit: 'a1.baseline',
      until: '2026-06-30',
    });
    expect(notes('a1.baseline', '2026-06-30', [deferral])).toEqual([]);
  });

  it('of a visit that was done since is not told', () => {
    expect(notes('a1.baseline', '2026-09-01', [exam('x', '2026-04-20', 'MRI', '2')])).toEqual([]);
  });
});

it('a booking of a visit that is not planned is told', () => {
  expect(notes('a1.interval-44', '2026-04-20')).toEqual([
    {
      code: 'booking-without-visit',
      event: 'k',
      message: 'Booking k is for a1.interval-44, which is not in the plan.',
    },
  ]);
});
