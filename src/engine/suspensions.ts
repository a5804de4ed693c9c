import { addDays, type Day, earlierOf } from '../domain/civil-date.ts';
import type { Suspension } from '../domain/event.ts';
import type { Protocol } from '../protocol/protocol-schema.ts';

/** A suspension with the last day on which it holds, inclusive. */
export interface SuspensionInForce {
  readonly eventId: string;
  readonly until: Day;
  /** Whether the wished end lay beyond the longest suspension. */
  readonly cut: boolean;
}

/** How long a suspension holds. schedule.md section 8. */
export function suspensionInForce(suspension: Suspension, protocol: Protocol): SuspensionInForce {
  const wished = suspension.until ?? addDays(suspension.date, protocol.suspensionDays);
  const longest = addDays(suspension.date, protocol.suspensionMaxDays);
  return { eventId: suspension.id, until: earlierOf(wished, longest), cut: wished > longest };
}

/** The suspension that holds longest, if any still holds on `asOf`. */
export function suspensionOn(
  asOf: Day,
  suspensions: readonly SuspensionInForce[],
): SuspensionInForce | undefined {
  let longest: SuspensionInForce | undefined;
  for (const suspension of suspensions) {
    if (suspension.until >= asOf && (longest === undefined || suspension.until > longest.until)) {
      longest = suspension;
    }
  }
  return longest;
}
