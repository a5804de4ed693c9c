import { DateTime, IANAZone } from 'luxon';

/** A booked time. `zone` is null where neither the text nor the clinic names one; the time is then in UTC. */
export interface BookedTime {
  readonly start: DateTime<true>;
  readonly zone: string | null;
}

/** A booking as a calendar shows it: timed, or all day when only the date is known. */
export type Appointment =
  | { readonly kind: 'timed'; readonly time: BookedTime }
  | { readonly kind: 'all-day'; readonly date: string };

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const FORM =
  /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})?(?:\[([A-Za-z][\w+/-]*)\])?)?$/;

/**
 * Reads a booking's appointment: a civil date, or a date-time with offset, zone or both (RFC 9557,
 * `2026-04-20T09:30[Europe/Berlin]`). Where both are given the offset tells the instant and the zone
 * the place. A zone that is not known leaves the date, all day: a wrong hour would be worse than none.
 * `home` is the zone of a time that names none. `undefined` when the text has another form.
 */
export function readAppointment(text: string, home?: string): Appointment | undefined {
  const match = FORM.exec(text);
  const date = match?.[1];
  if (match === null || date === undefined) return undefined;
  const allDay: Appointment = { kind: 'all-day', date };
  const [, , clock, offset, named] = match;
  const zone = named ?? home;
  if (clock === undefined) return allDay;
  if (zone !== undefined && !IANAZone.create(zone).isValid) return allDay;
  const told = DateTime.fromISO(`${date}T${clock}${offset ?? 'Z'}`, { zone: 'utc' });
  if (!told.isValid) return allDay;
  const start =
    zone === undefined
      ? told
      : DateTime.fromMillis(
          offset === undefined ? localInstant(told.toMillis(), zone) : told.toMillis(),
          { zone },
        );
  if (!start.isValid) return allDay;
  return { kind: 'timed', time: { start, zone: zone === undefined || isUtc(zone) ? null : zone } };
}

/**
 * A moment as an appointment on the clock of an IANA zone: `2026-04-20T09:30[Europe/Berlin]`, with its
 * offset where the clock shows that hour twice. `undefined` for a zone that is not known, or a moment
 * outside the years 0-9999.
 */
export function appointmentAt(instant: number, zone: string): string | undefined {
  if (!IANAZone.create(zone).isValid) return undefined;
  const time = DateTime.fromMillis(instant, { zone });
  const clock = time.toFormat(time.second === 0 ? "yyyy-LL-dd'T'HH:mm" : "yyyy-LL-dd'T'HH:mm:ss");
  const twice = time.getPossibleOffsets().length > 1;
  const text = `${clock}${twice ? time.toFormat('ZZ') : ''}[${zone}]`;
  return appointmentInstant(text) === Math.floor(instant / 1000) * 1000 ? text : undefined;
}

/** The moment of a timed appointment, in milliseconds since 1970-01-01T00:00Z; `undefined` for any other text. */
export function appointmentInstant(text: string): number | undefined {
  const appointment = readAppointment(text);
  return appointment?.kind === 'timed' ? appointment.time.start.toMillis() : undefined;
}

/** Whether the clock of its zone never shows this time, because it is put forward: 02:30 on that night. */
export function isLeftOut(text: string): boolean {
  const [, date, clock, offset] = FORM.exec(text) ?? [];
  const appointment = readAppointment(text);
  if (appointment?.kind !== 'timed' || clock === undefined || offset !== undefined) return false;
  return !appointment.time.start.toISO({ includeOffset: false }).startsWith(`${date}T${clock}`);
}

/**
 * A time that the clock of its zone shows twice, because it is put back, as the two appointments that
 * it may mean: with their offsets, the earlier first. Empty for any other text, and where the offset
 * is told already. RFC 9557.
 */
export function shownTwice(text: string): readonly string[] {
  const [, date, clock, offset, zone] = FORM.exec(text) ?? [];
  const appointment = readAppointment(text);
  if (appointment?.kind !== 'timed' || offset !== undefined || zone === undefined) return [];
  const moments = appointment.time.start.getPossibleOffsets();
  return moments.length < 2
    ? []
    : moments
        .toSorted((a, b) => a.toMillis() - b.toMillis())
        .map((moment) => `${date}T${clock}${moment.toFormat('ZZ')}[${zone}]`);
}

/**
 * The moment of a time on the clock of a zone, given as if it were in UTC: the first where the clock shows it twice, and by the
 * offset before the gap where it leaves it out. RFC 5545 3.3.5. Luxon would choose by today's offset.
 */
function localInstant(asUtc: number, zone: string): number {
  const clock = IANAZone.create(zone);
  const [before, after] = [asUtc - DAY, asUtc + DAY].map((at) => clock.offset(at) * MINUTE);
  const first = asUtc - (before ?? Number.NaN);
  const second = asUtc - (after ?? Number.NaN);
  const isShown = (at: number) => at + clock.offset(at) * MINUTE === asUtc;
  return isShown(first) || !isShown(second) ? first : second;
}

function isUtc(zone: string): boolean {
  return /^(?:utc|etc\/utc|etc\/gmt|gmt|z)$/i.test(zone);
}
