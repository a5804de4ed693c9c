import { type Act, CLOCK_TOLERANCE_MS, type ClockReason } from '../act.ts';
import { refused } from '../result.ts';
import { type Decided, unchanged } from './memory-change.ts';
import type { MemoryState } from './memory-state.ts';

/** Notes that a clock which lies before the newest audit row is right. */
export function acceptClock(
  { audit }: MemoryState,
  { at }: Act,
  { reason }: { readonly reason: ClockReason },
): Decided<{ readonly behindMs: number }> {
  const newest = audit.at(-1);
  const behindMs = (newest?.at ?? at) - at;
  if (newest === undefined || behindMs <= CLOCK_TOLERANCE_MS) return unchanged({ behindMs: 0 });
  if (at < (audit[0]?.at ?? at)) return refused('clock-behind');
  const detail = { reason, behindMs, newest: newest.seq };
  return { value: { behindMs }, audit: [{ action: 'clock.accepted', detail }], apply: () => {} };
}
