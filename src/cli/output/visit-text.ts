import type { PlannedVisit } from '../../plan/plan.ts';

/** A visit in a line: when, with what, how it stands. */
export function visitText(visit: PlannedVisit): string {
  const { key, earliest, target, latest, modalities, status } = visit;
  return `${key}, ${target} (${earliest} to ${latest}), ${modalities.join(' or ')}, ${status}`;
}
