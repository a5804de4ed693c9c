import { expect, test } from 'vitest';
import { replacedAppointments } from '../../../src/service/episode/standing-appointments.ts';
import { BASELINE, done, recordingClinic } from './recording-clinic.ts';

const APPOINTMENT = '2026-12-03T11:15[Europe/Berlin]';
const BOOKING = {
  type: 'booking',
  id: 'b1',
  date: '2026-06-10',
  visit: 'a1.interval-1',
  appointment: APPOINTMENT,
} as const;
const TODAY = { id: 'n1', date: '2026-06-15' } as const;
const ACCEPT = { acceptContradictions: true } as const;

async function warningsOf(event: object) {
  const clinic = await recordingClinic([BASELINE, BOOKING]);
  const { warnings } = done(await clinic.record([{ ...TODAY, ...event }], ACCEPT));
  return warnings.map(({ code, message }) => `${code}: ${message}`);
}

const cancel = (why: string) => [
  `appointment-to-cancel: Cancel the appointment of 2026-12-03 11:15 at the clinic: its visit (interval visit 1) ${why}.`,
];

test.each([
  { type: 'closure', reason: 'withdrew' },
  { type: 'closure', reason: 'death' },
  { type: 'surgery' },
])('an end tells the appointment that is to be cancelled: $type $reason', async (end) => {
  expect(await warningsOf(end)).toEqual(cancel('is not in the plan any more'));
});

test('a decline tells it, and a suspension that lasts until then', async () => {
  const decline = { type: 'decline', visit: 'a1.interval-1', reason: 'no wish' };
  expect(await warningsOf(decline)).toEqual(cancel('is declined'));
  const pause = (until: string) => warningsOf({ type: 'suspension', until, reason: 'abroad' });
  expect(await pause('2026-12-03')).toEqual(cancel('is on hold until 2026-12-03'));
  expect(await pause('2026-12-02')).toEqual([]);
});

test('an appointment that is over is not cancelled', async () => {
  const clinic = await recordingClinic([BASELINE, { ...BOOKING, appointment: '2026-06-14' }]);
  const { warnings } = done(
    await clinic.record([{ ...TODAY, type: 'closure', reason: 'withdrew' }]),
  );
  expect(warnings.map(({ code }) => code)).not.toContain('appointment-to-cancel');
});

test('a booking tells the appointment that it takes the place of', async () => {
  const clinic = await recordingClinic([BASELINE]);
  const first = done(await clinic.record([BOOKING]));
  expect(replacedAppointments(first)).toEqual([]);
  const move = { ...BOOKING, ...TODAY, appointment: '2027-01-12' };
  const moved = done(await clinic.record([move]));
  expect(replacedAppointments(moved, 'Europe/Berlin')).toEqual([
    'It replaces the appointment of 2026-12-03 11:15.',
  ]);
});
