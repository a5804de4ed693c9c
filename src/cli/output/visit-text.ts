import { visitInWords } from '../../domain/visit-words.ts';
import type { PlannedVisit } from '../../plan/plan.ts';

/** A visit in a line: when, with what, how it stands. */
export function visitText(visit: PlannedVisit): string {
  const { key, earliest, target, latest, modalities, status } = visit;
  const possible = modalities.join(' or ') || 'no modality possible';
  return `${visitInWords(key)} (${key}), ${target} (${earliest} to ${latest}), ${possible}, ${status.replaceAll('-', ' ')}`;
}
