import { showFound } from '../../domain/problem.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { fileFault } from '../faults/file-faults.ts';
import { readText } from '../input/read-cases.ts';
import type { Surroundings } from '../surroundings.ts';

/** The flags of `plan` that concern calendars. */
export interface CalendarFlags {
  readonly privacy?: 'minimal' | 'coded' | 'named';
  readonly stamp?: string;
  readonly uidKeyFile?: string;
  readonly alarms?: boolean;
}

/** Options of the calendar format, without a store. */
export interface CalendarSettings {
  readonly privacy: 'minimal' | 'coded' | 'named';
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly stamp?: number | undefined;
  readonly alarms: boolean;
  readonly uid: (episodeId: string, key: string) => string;
}

/** Without a secret UIDs are stable but can be guessed by whoever knows the episode's id. */
const PUBLIC_UID_KEY = 'cryowatch: no secret was given';
const SHORTEST_UID_KEY = 16;
const UID_LENGTH = 40;

export async function calendarOptions(
  surroundings: Surroundings,
  flags: CalendarFlags,
): Promise<CalendarSettings> {
  const key = await uidKey(surroundings, flags.uidKeyFile);
  return {
    privacy: flags.privacy ?? 'minimal',
    stamp: stampOf(flags.stamp),
    alarms: flags.alarms ?? true,
    uid: (episodeId, visitKey) =>
      surroundings.hmac(key, JSON.stringify([episodeId, visitKey])).slice(0, UID_LENGTH),
  };
}

async function uidKey(surroundings: Surroundings, file: string | undefined): Promise<string> {
  if (file === undefined) return PUBLIC_UID_KEY;
  const read = await readText(surroundings, file);
  if (!read.ok) throw fileFault(read.fault, file);
  const key = read.text.trim();
  if (key.length >= SHORTEST_UID_KEY) return key;
  throw new CommandFault(
    EXIT.invalidInput,
    [
      {
        path: '',
        message: 'the secret is too short',
        found: `${key.length} characters`,
        allowed: `at least ${SHORTEST_UID_KEY} characters`,
      },
    ],
    { file },
  );
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

function stampOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const instant = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return instant;
  throw new CommandFault(EXIT.usage, [
    {
      path: '--stamp',
      message: 'this is not an instant',
      found: showFound(text),
      allowed: 'date, time and offset (ISO 8601), 2026-01-15T08:30:00Z say',
    },
  ]);
}
