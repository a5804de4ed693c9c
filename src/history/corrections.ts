import { compareTexts } from '../domain/compare-texts.ts';
import type { CaseEvent, Correction } from '../domain/event.ts';

const NONE: ReadonlyMap<string, Correction> = new Map();

/**
 * The events that corrections remove, each with the correction that did it. Corrections take effect
 * newest first, then by id downwards, so that a correction can itself be corrected. schedule.md, "Input".
 */
export function correctedEvents(events: readonly CaseEvent[]): ReadonlyMap<string, Correction> {
  const corrections = events.filter((event) => event.type === 'correction');
  if (corrections.length === 0) return NONE;
  corrections.sort((a, b) => b.date - a.date || compareTexts(b.id, a.id));
  const removed = new Map<string, Correction>();
  for (const correction of corrections) {
    if (!removed.has(correction.id) && !removed.has(correction.of)) {
      removed.set(correction.of, correction);
    }
  }
  return removed;
}
