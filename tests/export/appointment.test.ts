import { describe, expect, it } from 'vitest';
import { readAppointment } from '../../src/export/appointment.ts';

function told(text: string) {
  const appointment = readAppointment(text);
  return appointment?.kind === 'timed'
    ? [appointment.time.start.toUTC().toISO({ suppressMilliseconds: true }), appointment.time.zone]
    : appointment?.date;
}

describe('readAppointment', () => {
  it.each([
    ['2026-07-20T09:30[Europe/Berlin]', '2026-07-20T07:30:00Z', 'Europe/Berlin'],
    ['2026-01-20T09:30:15[Europe/Berlin]', '2026-01-20T08:30:15Z', 'Europe/Berlin'],
    ['2026-07-20T09:30+02:00[Europe/Berlin]', '2026-07-20T07:30:00Z', 'Europe/Berlin'],
    ['2026-07-20T09:30-04:00', '2026-07-20T13:30:00Z', null],
    ['2026-07-20T09:30Z', '2026-07-20T09:30:00Z', null],
    ['2026-07-20T09:30[UTC]', '2026-07-20T09:30:00Z', null],
    ['2026-07-20T09:30[Asia/Kathmandu]', '2026-07-20T03:45:00Z', 'Asia/Kathmandu'],
  ])('reads %s as %s in %s', (text, instant, zone) => {
    expect(told(text)).toEqual([instant, zone]);
  });

  it('leaves a civil date all day', () => {
    expect(told('2026-07-20')).toBe('2026-07-20');
  });

  it.each([
    '2026-07-20T09:30[Mars/Olympus]',
    '2026-07-20T09:30[local]',
    '2026-07-20T09:30[system]',
  ])('leaves %s all day: a wrong hour would be worse than none', (text) =>
    expect(told(text)).toBe('2026-07-20'),
  );

  it.each(['', 'tomorrow', '2026-07-20T9:30', '2026-07-20T09:30[Europe/Berlin]\r\nX:1'])(
    'does not read %j',
    (text) => expect(readAppointment(text)).toBeUndefined(),
  );
});
