import { type Act, CLOCK_TOLERANCE_MS, type ClockReason } from '../act.ts';
import { done, type Result, refused } from '../result.ts';
import { logEnd } from './audit-log.ts';
import type { Connection } from './connection.ts';
import { whole } from './rows.ts';
import type { Note } from './unit-of-work.ts';

/** Notes that a clock which lies before the newest audit row is right. */
export function acceptClock(
  connection: Connection,
  { at }: Act,
  note: Note,
  { reason }: { readonly reason: ClockReason },
): Result<{ readonly behindMs: number }> {
  const newest = logEnd(connection);
  const behindMs = newest.at === null ? 0 : newest.at - at;
  if (behindMs <= CLOCK_TOLERANCE_MS) return done({ behindMs: 0 });
  const first = connection.get('SELECT at FROM audit ORDER BY seq LIMIT 1');
  if (at < whole(first ?? {}, 'at')) return refused('clock-behind');
  note({ action: 'clock.accepted', detail: { reason, behindMs, newest: newest.seq } });
  return done({ behindMs });
}
