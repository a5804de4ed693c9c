import type { Day } from '../domain/civil-date.ts';
import type { Constraint } from '../domain/event.ts';
import type { Modality } from '../domain/modality.ts';
import type { Protocol } from '../protocol/protocol-schema.ts';

export interface ModalityOptions {
  readonly modalities: readonly Modality[];
  /** None of the visit's own modalities is possible that day; the options are fallbacks, perhaps none. */
  readonly fallbackOnly: boolean;
}

/** Whether a modality is contraindicated on a day by a known constraint; both ends are inclusive. */
export function isContraindicated(
  modality: Modality,
  day: Day,
  constraints: readonly Constraint[],
  protocol: Protocol,
): boolean {
  return constraints.some(
    (constraint) =>
      constraint.from <= day &&
      (constraint.to === undefined || day <= constraint.to) &&
      Object.hasOwn(protocol.contraindications, constraint.kind) &&
      protocol.contraindications[constraint.kind]?.includes(modality) === true,
  );
}

/**
 * What can be done on a day: the visit's modalities in the protocol's order, less those
 * contraindicated; if none is left, the fallback modalities less those. schedule.md section 6.
 */
export function modalityOptions(
  planned: readonly Modality[],
  day: Day,
  constraints: readonly Constraint[],
  protocol: Protocol,
): ModalityOptions {
  if (constraints.length === 0) return { modalities: planned, fallbackOnly: false };
  const possible = (modality: Modality) => !isContraindicated(modality, day, constraints, protocol);
  const own = planned.filter(possible);
  if (own.length > 0) return { modalities: own, fallbackOnly: false };
  return { modalities: protocol.fallbackModalities.filter(possible), fallbackOnly: true };
}
