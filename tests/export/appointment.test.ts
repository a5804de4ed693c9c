import { describe, expect, it } from 'vitest';
import {
  appointmentAt,
  appointmentInstant,
  isLeftOut,
  readAppointment,
  shownTwice,
} from '../../src/export/appointment.ts';

function told(text: string, home?: string) {
  const appointment = readAppointment(text, home);
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
    // The hour that the clock shows twice, and the one that it leaves out; whatever today is.
    ['2026-10-25T02:30[Europe/Berlin]', '2026-10-25T00:30:00Z', 'Europe/Berlin'],
    ['2026-03-29T02:30[Europe/Berlin]', '2026-03-29T01:30:00Z', 'Europe/Berlin'],
    ['2026-11-01T01:30[America/New_York]', '2026-11-01T05:30:00Z', 'America/New_York'],
    ['2026-03-08T02:30[America/New_York]', '2026-03-08T07:30:00Z', 'America/New_York'],
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
    '2026-07-20T25:00Z',
    '2026-07-20T09:61[Europe/Berlin]',
  ])('leaves %s all day: a wrong hour would be worse than none', (text) =>
    expect(told(text)).toBe('2026-07-20'),
  );

  it.each(['', 'tomorrow', '2026-07-20T9:30', '2026-07-20T09:30[Europe/Berlin]\r\nX:1'])(
    'does not read %j',
    (text) => expect(readAppointment(text)).toBeUndefined(),
  );
});

describe('readAppointment in a clinic', () => {
  it.each([
    ['2026-07-20T09:30Z', '2026-07-20T09:30:00Z', 'Europe/Berlin'],
    ['2026-07-20T09:30-04:00', '2026-07-20T13:30:00Z', 'Europe/Berlin'],
    ['2026-07-20T09:30', '2026-07-20T07:30:00Z', 'Europe/Berlin'],
    ['2026-07-20T09:30[Asia/Kathmandu]', '2026-07-20T03:45:00Z', 'Asia/Kathmandu'],
  ])('tells %s as %s in %s', (text, instant, zone) => {
    expect(told(text, 'Europe/Berlin')).toEqual([instant, zone]);
  });

  it('leaves a civil date all day', () => {
    expect(told('2026-07-20', 'Europe/Berlin')).toBe('2026-07-20');
  });
});

describe('appointmentAt', () => {
  it.each([
    ['2026-07-20T07:30:00Z', 'Europe/Berlin', '2026-07-20T09:30[Europe/Berlin]'],
    ['2026-07-20T22:30:15Z', 'Europe/Berlin', '2026-07-21T00:30:15[Europe/Berlin]'],
    ['2026-10-25T00:30:00Z', 'Europe/Berlin', '2026-10-25T02:30+02:00[Europe/Berlin]'],
    ['2026-10-25T01:30:00Z', 'Europe/Berlin', '2026-10-25T02:30+01:00[Europe/Berlin]'],
    ['2026-07-20T03:45:00Z', 'Asia/Kathmandu', '2026-07-20T09:30[Asia/Kathmandu]'],
  ])('tells %s in %s as %s', (instant, zone, text) => {
    expect(appointmentAt(Date.parse(instant), zone)).toBe(text);
    expect(appointmentInstant(text)).toBe(Date.parse(instant));
  });

  it('knows no other zone, and no moment outside four-digit years', () => {
    expect(appointmentAt(0, 'Mars/Olympus')).toBeUndefined();
    expect(appointmentAt(Date.UTC(12000, 0, 1), 'Europe/Berlin')).toBeUndefined();
    expect(appointmentAt(Number.NaN, 'Europe/Berlin')).toBeUndefined();
  });
});

describe('an hour that the clock of its zone leaves out', () => {
  it.each([
    ['2026-03-29T02:30[Europe/Berlin]', true],
    ['2026-03-29T01:59[Europe/Berlin]', false],
    ['2026-03-29T03:00[Europe/Berlin]', false],
    ['2026-03-29T02:30[Africa/Lagos]', false],
    ['2026-10-25T02:30[Europe/Berlin]', false],
    ['2026-03-08T02:30[America/New_York]', true],
    ['2026-03-29T02:30+01:00[Europe/Berlin]', false],
    ['2026-03-29T02:30Z', false],
    ['2026-03-29', false],
    ['2026-03-29T02:30[Mars/Olympus]', false],
  ])('%s: %s', (text, leftOut) => expect(isLeftOut(text)).toBe(leftOut));
});

describe('an hour that the clock of its zone shows twice', () => {
  it.each([
    ['2026-10-25T02:30[Europe/Berlin]', ['02:30+02:00', '02:30+01:00']],
    ['2026-10-25T02:00:10[Europe/Berlin]', ['02:00:10+02:00', '02:00:10+01:00']],
    ['2026-10-25T01:59[Europe/Berlin]', []],
    ['2026-10-25T03:00[Europe/Berlin]', []],
    ['2026-11-01T01:30[America/New_York]', ['01:30-04:00', '01:30-05:00']],
    // Half an hour is put back there.
    ['2026-04-05T01:45[Australia/Lord_Howe]', ['01:45+11:00', '01:45+10:30']],
    ['2026-03-29T02:30[Europe/Berlin]', []],
    ['2026-10-25T02:30+01:00[Europe/Berlin]', []],
    ['2026-10-25T02:30Z', []],
    ['2026-10-25', []],
    ['2026-10-25T02:30[Mars/Olympus]', []],
  ])('%s: %j', (text, both) => {
    const [day, zone] = [text.slice(0, 10), text.slice(text.indexOf('['))];
    expect(shownTwice(text)).toEqual(both.map((clock) => `${day}T${clock}${zone}`));
  });

  it('means one of two moments, an hour apart, and is taken as the first of them', () => {
    const text = '2026-10-25T02:30[Europe/Berlin]';
    const [first = Number.NaN, second] = shownTwice(text).map(appointmentInstant);
    expect(first).toBe(appointmentInstant(text));
    expect(second).toBe(first + 3_600_000);
  });
});
