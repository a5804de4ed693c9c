import type { Acknowledgement } from './acknowledgement.ts';
import type { CalendarEntry } from './calendar-entry.ts';
import type { Clinic } from './clinic.ts';
import type { SavedPlan } from './due-item.ts';
import type { EventColumns } from './event-text.ts';
import type { NightlyRun } from './nightly-run.ts';
import type { Approval, ProtocolPin, ProtocolVersion } from './stored-protocol.ts';

/**
 * The text of what a change wrote, from which its audit row keeps a keyed digest. It is made from
 * the stored columns, so that a later check can make it again from the tables.
 */

/** Of an episode's facts and pinned protocol. `facts` is the stored text. */
export function factsContent(facts: string, pin: ProtocolPin): string {
  return JSON.stringify([facts, pin.id, pin.version, pin.hash]);
}

/** Of the due items of an episode; their digest stands beside them, as they are replaced each time. */
export function planContent({ episode, restsOn, items }: SavedPlan): string {
  return JSON.stringify([
    episode,
    restsOn,
    items.map(({ key, kind, earliest, target, latest, open }) => [
      key,
      kind,
      earliest,
      target,
      latest,
      open,
    ]),
  ]);
}

/** Of the events of one append, in their order, and of the acknowledgement that came with them. */
export function eventsContent(
  events: readonly EventColumns[],
  acknowledgement?: Acknowledgement,
): string {
  const columns = events.map(({ id, type, date, body }) => [id, type, date, body]);
  if (acknowledgement === undefined) return JSON.stringify(columns);
  const { escalations, reason } = acknowledgement;
  return JSON.stringify({ events: columns, acknowledgement: [escalations, reason] });
}

export function clinicContent({ id, code, name, zone }: Clinic): string {
  return JSON.stringify([id, code, name, zone]);
}

/** Of a clinic's calendar of closed days. */
export function clinicCalendarContent(document: string): string {
  return JSON.stringify([document]);
}

/** Of a run of the nightly job as it stands after the change. */
export function runContent(run: NightlyRun): string {
  const { auditHead, report } = run;
  return JSON.stringify([
    run.run,
    run.asOf,
    run.holder,
    run.startedAt,
    run.leaseUntil,
    auditHead.seq,
    auditHead.seal,
    run.finishedAt,
    report === null ? null : [report.digest, report.episodes, report.counts],
  ]);
}

export function protocolContent({ id, version, hash, document }: ProtocolVersion): string {
  return JSON.stringify([id, version, hash, document]);
}

export function approvalContent({ id, version, clinician, date, note }: Approval): string {
  return JSON.stringify([id, version, clinician, date, note ?? null]);
}

/** Of all calendar entries of an episode, ordered by key and privacy. */
export function calendarContent(entries: readonly CalendarEntry[]): string {
  return JSON.stringify(
    entries.map((entry) => [
      entry.key,
      entry.privacy,
      entry.uid,
      entry.sequence,
      entry.stamp,
      entry.cancelled,
      entry.vevent,
    ]),
  );
}
