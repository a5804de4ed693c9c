import type { Problem } from '../../domain/problem.ts';
import { isLeftOut } from '../../export/appointment.ts';
import { appointmentInWords } from '../../export/appointment-words.ts';
import { may, permissionToRecord } from '../../service/access/permission.ts';
import { type Recorded, recordEvents } from '../../service/episode/record-events.ts';
import type { RecordingSubject } from '../../service/episode/recording-subject.ts';
import type { ServiceFailure } from '../../service/service-outcome.ts';
import type { ClinicCall } from '../call.ts';
import type { EventForm } from './event-form.ts';
import { ACKNOWLEDGE } from './field-of-problem.ts';
import { typedEvent } from './typed-event.ts';

/** What a form asks to be recorded. */
interface Wanted {
  readonly event: Readonly<Record<string, unknown>>;
  /** The version of the episode that the author saw. */
  readonly expected: number;
  readonly acknowledgement:
    | { readonly escalations: readonly string[]; readonly reason: string }
    | undefined;
}

/** What the check of a recording found. */
export type Checked =
  | {
      readonly ok: true;
      readonly recorded: Recorded;
      /** Why the event does not fit what is recorded: somebody must say that it is right all the same. */
      readonly doubts: readonly Problem[];
    }
  | ServiceFailure;

/** Reads what was typed, with the version that its author saw. */
export function wantedRecording({ fields, clinic }: ClinicCall, form: EventForm): Wanted {
  const escalations = fields.all(ACKNOWLEDGE.escalations);
  const reason = fields.text(ACKNOWLEDGE.reason);
  return {
    event: typedEvent(form, fields, clinic.zone),
    expected: Number(fields.text('expected')),
    acknowledgement: escalations.length === 0 ? undefined : { escalations, reason },
  };
}

/** Whether the caller may record this: what it needs depends on the event and on what is recorded. */
export function mayRecord(
  { caller, clinic }: ClinicCall,
  { event, acknowledgement }: Pick<Wanted, 'event' | 'acknowledgement'>,
  { events: recorded }: RecordingSubject,
): boolean {
  const acknowledged = acknowledgement !== undefined;
  return may(caller, clinic.id, permissionToRecord([event], { acknowledged, recorded }));
}

/** Says what a recording would change, and what speaks against it; nothing is written. */
export async function checkRecording(call: ClinicCall, wanted: Wanted): Promise<Checked> {
  const first = await attempt(call, wanted, { dryRun: true, accept: false });
  if (first.ok) return { ok: true, recorded: first.value, doubts: [] };
  if (first.fault !== 'invalid') return first;
  const impossible = first.problems.filter(isImpossible);
  if (impossible.length > 0)
    return { ...first, problems: impossible.map((problem) => forReader(problem, call.clinic)) };
  const accepted = await attempt(call, wanted, { dryRun: true, accept: true });
  if (!accepted.ok) return accepted;
  return {
    ok: true,
    recorded: accepted.value,
    doubts: first.problems.map((problem) => forReader(problem, call.clinic)),
  };
}

/** Records it under an id: the same form sent twice is recorded once. */
export function recordWanted(
  call: ClinicCall,
  { event, ...wanted }: Wanted,
  { id, accept }: { readonly id: string; readonly accept: boolean },
) {
  return attempt(call, { ...wanted, event: { ...event, id } }, { dryRun: false, accept });
}

function attempt(
  { context, clinic, params, caller }: ClinicCall,
  { event, expected, acknowledgement }: Wanted,
  { dryRun, accept }: { readonly dryRun: boolean; readonly accept: boolean },
) {
  return recordEvents(context, {
    clinic,
    episode: params.episode ?? '',
    events: [event],
    expected,
    acknowledgement,
    acceptContradictions: accept,
    mayDecide: may(caller, clinic.id, 'decide'),
    dryRun,
  });
}

/** An hour that the clock leaves out is no doubt: nobody can come then. */
function isImpossible({ path, found }: Problem): boolean {
  return path === 'events[0].appointment' && found !== undefined && isLeftOut(found);
}

/** How a doubt is mended on the command line is of no use here; an appointment is told by the clinic's clock. */
function forReader({ mend: _, ...problem }: Problem, { zone }: ClinicCall['clinic']): Problem {
  const { path, found } = problem;
  return found === undefined || !path.endsWith('.appointment')
    ? problem
    : { ...problem, found: appointmentInWords(found, zone) };
}
