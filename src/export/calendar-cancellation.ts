import { escape as escapeValue } from 'ical-generator';
import { calendarCode } from './calendar-item.ts';
import { type ContentLine, contentLines, foldedText } from './calendar-lines.ts';
import { capText, SUMMARY_LIMIT } from './sanitize.ts';

const PREFIX = 'Cancelled: ';

/**
 * The tombstone of an event that was handed out: the same UID, CREATED and dates, STATUS:CANCELLED,
 * no alarm, not blocking time. Its text says that there is nothing left to do, and no longer why
 * there was. calendar.md, "Identity".
 */
export function cancelEvent(
  vevent: string,
  { sequence, stamp }: { readonly sequence: number; readonly stamp: number },
): string {
  const revised: Readonly<Record<string, string>> = {
    SEQUENCE: String(sequence),
    DTSTAMP: utcText(stamp),
    'LAST-MODIFIED': utcText(stamp),
    STATUS: 'CANCELLED',
    TRANSP: 'TRANSPARENT',
    'X-MICROSOFT-CDO-BUSYSTATUS': 'FREE',
  };
  const lines = withoutAlarms(contentLines(vevent));
  const code = calendarCode(lines.find(({ name }) => name === 'UID')?.value ?? '');
  const description = escapeValue(
    `Done, or planned anew: nothing is left to do for this entry.\nCode for the clinic: ${code}`,
    false,
  );
  return foldedText(
    lines.map((line) => {
      const { name, value } = line;
      if (name === 'SUMMARY') return { ...line, value: cancelledSummary(value) };
      if (name === 'DESCRIPTION') return { ...line, value: description };
      return { ...line, value: revised[name] ?? value };
    }),
  );
}

/** CREATED of an event that was written, in milliseconds since 1970-01-01T00:00Z. */
export function createdOf(vevent: string): number {
  const value = /^CREATED:(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/m.exec(vevent);
  const [year = 0, month = 1, ...rest] = (value ?? []).slice(1).map(Number);
  const [day = 1, hour = 0, minute = 0, second = 0] = rest;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function withoutAlarms(lines: readonly ContentLine[]): ContentLine[] {
  let inside = false;
  return lines.filter(({ name, value }) => {
    if (name === 'BEGIN' && value === 'VALARM') inside = true;
    const keep = !inside;
    if (name === 'END' && value === 'VALARM') inside = false;
    return keep;
  });
}

/** The value is escaped; a cut never leaves half an escape behind. */
function cancelledSummary(value: string): string {
  return capText(`${PREFIX}${value}`, SUMMARY_LIMIT).replace(/(?<!\\)((?:\\\\)*)\\…$/, '$1…');
}

function utcText(instant: number): string {
  return new Date(instant)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
}
