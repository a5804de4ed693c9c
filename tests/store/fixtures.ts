import { createHash } from 'node:crypto';
import { type Day, parseDay } from '../../src/domain/civil-date.ts';
import type { Episode } from '../../src/domain/episode.ts';
import type { CaseEvent } from '../../src/domain/event.ts';
import type { Act } from '../../src/store/act.ts';
import type { CalendarEntry } from '../../src/store/calendar-entry.ts';
import type { Clinic } from '../../src/store/clinic.ts';
import type { DueItem } from '../../src/store/due-item.ts';
import type { Result } from '../../src/store/result.ts';
import { hmacSeal } from '../../src/store/sqlite/hmac-seal.ts';
import type { Store } from '../../src/store/store.ts';
import type { NewEpisode } from '../../src/store/stored-case.ts';
import type { ProtocolVersion } from '../../src/store/stored-protocol.ts';

export const SEAL = hmacSeal(new Uint8Array(32).fill(7));
export const OTHER_SEAL = hmacSeal(new Uint8Array(32).fill(8));
export const UID_SECRET = 'a-secret-of-the-sample-store';

/** 2026-03-01T12:00Z, and as many milliseconds later as asked. */
export function act(later = 0, actor = 'dr-lee'): Act {
  return { actor, at: Date.UTC(2026, 2, 1, 12) + later };
}

export function day(text: string): Day {
  const found = parseDay(text);
  if (found === undefined) throw new Error(`no day: ${text}`);
  return found;
}

export const NORTH: Clinic = { id: 1, code: 'NORTH', name: 'Clinic North', zone: 'Europe/Berlin' };
export const SOUTH: Clinic = { id: 2, code: 'SOUTH', name: 'Clinic South', zone: 'Asia/Kathmandu' };

export function protocolVersion(version: string, document = `{"version":"${version}"}`) {
  const hash = createHash('sha256').update(document).digest('hex');
  return { id: 'staged', version, hash, document } satisfies ProtocolVersion;
}

export const FIRST = protocolVersion('1.0.0');
export const SECOND = protocolVersion('2.0.0');

export function facts(id: string, more: Partial<Episode> = {}): Episode {
  return {
    id,
    patientRef: `P-${id}`,
    laterality: 'left',
    ablation: { date: day('2026-01-15'), freezeThawCycles: 2 },
    tumor: { sizeMm: 12.5, grade: 2 },
    ...more,
  };
}

export function exam(id: string, date = '2026-02-01'): CaseEvent {
  return { type: 'imaging', id, date: day(date), modality: 'MRI', biRads: '2' };
}

export function newEpisode(id: number, more: Partial<NewEpisode> = {}): NewEpisode {
  return { id, facts: facts(`E-${id}`), protocol: FIRST, events: [exam('x1')], ...more };
}

export function item(key: string, earliest: string, more: Partial<DueItem> = {}): DueItem {
  const from = day(earliest);
  return {
    key,
    kind: 'interval',
    earliest: from,
    target: (from + 14) as Day,
    latest: (from + 28) as Day,
    open: true,
    ...more,
  };
}

export function entry(key: string, more: Partial<CalendarEntry> = {}): CalendarEntry {
  return {
    key,
    privacy: 'minimal',
    uid: `uid-${key}`,
    sequence: 1,
    stamp: act().at,
    cancelled: false,
    vevent: `BEGIN:VEVENT\r\nUID:uid-${key}\r\nEND:VEVENT\r\n`,
    ...more,
  };
}

/** The value of a result that must be ok. */
export function value<T>(result: Result<T>): T {
  if (result.outcome !== 'ok') throw new Error(JSON.stringify(result));
  return result.value;
}

/** Two clinics; in the first one two protocol versions, the first of them approved. */
export async function furnish(store: Store): Promise<Store> {
  for (const clinic of [NORTH, SOUTH]) value(await store.createClinic(act(), clinic));
  for (const protocol of [FIRST, SECOND]) {
    value(await store.recordProtocol(act(), { clinic: NORTH.id, protocol }));
  }
  value(await store.approveProtocol(act(), { clinic: NORTH.id, approval: approvalOf(FIRST) }));
  return store;
}

export function approvalOf({ id, version }: ProtocolVersion, clinician = 'Dr. Lee') {
  return { id, version, clinician, date: day('2026-02-20'), note: 'for the whole clinic' };
}
