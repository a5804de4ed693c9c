import { shownTwice } from '../../export/appointment.ts';
import type { Fields } from '../fields.ts';
import type { Choice } from '../page/form-fields.ts';

/** The name under which the check sends which of two equal hours is meant: an offset, `+01:00`. */
export const OFFSET = 'offset';

/**
 * What was typed as an appointment: a day, or a day and an hour on the clock of the clinic, in the
 * night when the clocks are put back with its offset. RFC 9557. Undefined: no day was typed.
 */
export function typedAppointment(fields: Fields, zone: string): string | undefined {
  const text = onClock(fields, zone);
  const both = shownTwice(text ?? '');
  const chosen = fields.text(OFFSET);
  return both.find((each) => offsetOf(each) === chosen) ?? both[0] ?? text;
}

/** The two hours that may be meant, the one that it is taken as first; empty where there is no doubt. */
export function equalHours(fields: Fields, zone: string): readonly Choice[] {
  return shownTwice(onClock(fields, zone) ?? '').map((text, index) => {
    const value = offsetOf(text);
    return { value, label: `${index === 0 ? 'the first' : 'the second'} (UTC${value})` };
  });
}

function onClock(fields: Fields, zone: string): string | undefined {
  const [day, time] = [fields.optional('day'), fields.optional('time')];
  if (day === undefined || time === undefined) return day;
  return `${day}T${time.replace(/^\d:/, '0$&')}[${zone}]`;
}

function offsetOf(text: string): string {
  return /[+-]\d{2}:\d{2}(?=\[)/.exec(text)?.[0] ?? '';
}
