import type { CaseEvent } from '../../domain/event.ts';

/** Whether two events say the same, whatever the order of their fields. */
export function sameEvent(a: CaseEvent, b: CaseEvent): boolean {
  return sameContent(a, b);
}

/** Whether two values say the same, whatever the order of fields; a field without a value is as good as none. */
export function sameContent(a: unknown, b: unknown): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, part]) => [name, ordered(part)]);
}
