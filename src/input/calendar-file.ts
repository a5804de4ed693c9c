import { failure, type Outcome, type Problem, success } from '../domain/problem.ts';

/** An event of a calendar file, found but not read: most of a clinic's events are none of ours. */
export interface FileEvent {
  /** Place in the file, from 0. */
  readonly index: number;
  /** Null: it has none. */
  readonly uid: string | null;
  /** What may be codes of ours in its title or description, in capitals; see `calendarCode`. */
  readonly codes: readonly string[];
  /** From `BEGIN:VEVENT` to `END:VEVENT`, unfolded. */
  readonly text: string;
}

/** An iCalendar file in its parts. RFC 5545 3.6. */
export interface CalendarFile {
  readonly events: readonly FileEvent[];
  /** The text of each VTIMEZONE by its TZID. */
  readonly zones: ReadonlyMap<string, string>;
}

/** Longest file, in UTF-16 units, and most events: a clinic's calendar of ten years has fewer. */
const LONGEST_FILE = 32 * 1024 * 1024;
const MOST_EVENTS = 200_000;
const CODES_OF_AN_EVENT = 20;

const FOLD = /\r?\n[ \t]/g;
const CODE = /(?<![0-9A-Za-z])[0-9A-F]{8}(?![0-9A-Za-z])/gi;

/** Finds events and time zones of a calendar. A file that is cut short is refused whole. */
export function scanCalendar(text: string): Outcome<CalendarFile> {
  if (text.length > LONGEST_FILE) {
    return failure(fileProblem('the file is too large', 'export a shorter span of time'));
  }
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(FOLD, '')
    .split(/\r\n|\n|\r/);
  if (!/^BEGIN:VCALENDAR\s*$/i.test(lines.find((line) => line.trim() !== '') ?? '')) {
    return failure(fileProblem('this is not an iCalendar file', 'export the calendar as .ics'));
  }
  const components = topComponents(lines);
  if (components === undefined) {
    return failure(fileProblem('the file is cut short or not well-formed', 'export it again'));
  }
  const events = components.filter(({ name }) => name === 'VEVENT');
  if (events.length > MOST_EVENTS) {
    return failure(fileProblem('the file has too many events', 'export a shorter span of time'));
  }
  const zones = components.filter(({ name }) => name === 'VTIMEZONE');
  return success({
    events: events.map((component, index) => fileEvent(component.lines, index)),
    zones: new Map(
      zones.map((zone) => [valuesOf(zone.lines, 'TZID')[0] ?? '', zone.lines.join('\r\n')]),
    ),
  });
}

function fileProblem(message: string, mend: string): Problem {
  return { path: '', message, mend };
}

interface Component {
  readonly name: string;
  readonly lines: readonly string[];
}

/** The components right inside each VCALENDAR; `undefined` where begin and end do not match. */
function topComponents(lines: readonly string[]): Component[] | undefined {
  const found: Component[] = [];
  const open: string[] = [];
  let start = 0;
  for (const [index, line] of lines.entries()) {
    const [, edge, given] = /^(BEGIN|END):([\w-]+)\s*$/i.exec(line) ?? [];
    const name = given?.toUpperCase() ?? '';
    if (edge?.toUpperCase() === 'BEGIN') {
      if ((open.length === 0) !== (name === 'VCALENDAR')) return undefined;
      if (open.length === 1) start = index;
      open.push(name);
    } else if (edge !== undefined) {
      if (open.pop() !== name) return undefined;
      if (open.length === 1) found.push({ name, lines: lines.slice(start, index + 1) });
    }
  }
  return open.length === 0 ? found : undefined;
}

function fileEvent(lines: readonly string[], index: number): FileEvent {
  const words = [...valuesOf(lines, 'SUMMARY'), ...valuesOf(lines, 'DESCRIPTION')].join('\n');
  const codes = new Set((words.replaceAll('\\n', '\n').match(CODE) ?? []).map(capitals));
  return {
    index,
    uid: valuesOf(lines, 'UID')[0] ?? null,
    codes: [...codes].slice(0, CODES_OF_AN_EVENT),
    text: lines.join('\r\n'),
  };
}

function capitals(text: string): string {
  return text.toUpperCase();
}

function valuesOf(lines: readonly string[], name: string): string[] {
  return lines.flatMap((line) => {
    const head = line.slice(0, name.length).toUpperCase();
    const rest = line.slice(name.length);
    if (head !== name || !/^[:;]/.test(rest)) return [];
    return [rest.slice(rest.indexOf(':') + 1).trim()];
  });
}
