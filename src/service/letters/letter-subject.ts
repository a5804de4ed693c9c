import { type DateText, formatDay } from '../../domain/civil-date.ts';
import type { CaseEvent } from '../../domain/event.ts';
import { type LetterKind, type LetterLanguage, letterOfNote } from '../../export/letter-words.ts';
import type { Plan, PlannedVisit } from '../../plan/plan.ts';
import type { Clinic } from '../../store/clinic.ts';
import { recordingSubject } from '../episode/recording-subject.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';

/** A letter that was recorded as sent. */
export interface SentLetter {
  /** Id of the contact that records it. */
  readonly id: string;
  readonly date: DateText;
  readonly kind: LetterKind;
  readonly language: LetterLanguage;
  /** Key of the visit that it was about; null: of none. */
  readonly item: string | null;
}

/** What letters about an episode can be about today. */
export interface LetterSubject {
  readonly episode: string;
  readonly version: number;
  readonly today: DateText;
  readonly plan: Plan;
  /** The visits that somebody can be written to about: ahead, due or overdue, and not on hold. */
  readonly visits: readonly PlannedVisit[];
  /** Why the surveillance ended; null: it goes on. */
  readonly ended: 'death' | 'other' | null;
  /** The newest first, without those that were taken back. */
  readonly sent: readonly SentLetter[];
}

/** Looks at an episode for somebody who wants to write to the patient. */
export async function letterSubject(
  context: SchedulerContext,
  where: { readonly clinic: Clinic; readonly episode: string },
): Promise<ServiceOutcome<LetterSubject>> {
  const found = await recordingSubject(context, where);
  if (!found.ok) return found;
  const { episode, version, today, plan, openVisits, events, takenBack } = found.value;
  return succeed({
    episode,
    version,
    today,
    plan,
    visits: openVisits.filter(({ status }) => status !== 'on-hold'),
    ended: endOf(plan, events),
    sent: events.flatMap((event) => sentLetter(event, takenBack)).toReversed(),
  });
}

function sentLetter(event: CaseEvent, takenBack: ReadonlySet<string>): SentLetter[] {
  if (event.type !== 'contact' || event.method !== 'letter' || takenBack.has(event.id)) return [];
  const letter = letterOfNote(event.note ?? '');
  const { id, date, item = null } = event;
  return letter === null ? [] : [{ id, date: formatDay(date), item, ...letter }];
}

function endOf({ endedBy }: Plan, events: readonly CaseEvent[]): LetterSubject['ended'] {
  if (endedBy === null) return null;
  const end = events.find(({ id }) => id === endedBy);
  return end?.type === 'closure' && end.reason === 'death' ? 'death' : 'other';
}
