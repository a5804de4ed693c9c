import type { EventType } from '../../domain/event.ts';
import type { Plan } from '../../plan/plan.ts';
import type { RecordingSubject } from '../../service/episode/recording-subject.ts';
import type { Choice } from '../page/form-fields.ts';
import type { TypedKind } from '../page/typed-value.ts';

/**
 * How a field of an event is typed: as a value, as several ticks, as words of more than a line, or as
 * the day and the hour of an appointment, which make one value.
 */
export type EventFieldKind = TypedKind | 'ticks' | 'words' | 'appointment-day' | 'appointment-time';

/** A field of an event. Its name in the form is its path in the event: `findings.wall.minMm`. */
export interface EventField {
  readonly name: string;
  readonly label: string;
  readonly kind: EventFieldKind;
  readonly hint?: string | undefined;
  readonly required?: boolean | undefined;
  /** What may be chosen; of an episode what it has. */
  readonly choices?: readonly Choice[] | ((subject: RecordingSubject) => readonly Choice[]);
  /** What is so where there is nothing to choose from, though a choice is needed. */
  readonly none?: string | undefined;
  /** What the choice of nothing says; absent: not recorded. */
  readonly nothing?: string | undefined;
  /** What it means for the plan that would be that nothing is typed: the check says so. */
  readonly unsaid?: string | ((after: Plan) => string);
}

/** Fields that stand together. */
export interface EventFieldGroup {
  /** Null: they stand at the top, without a title. */
  readonly title: string | null;
  /** Whether the group is shut until somebody opens it. */
  readonly folded?: boolean | undefined;
  readonly fields: readonly EventField[];
}

/** One type of event as a form: for showing it, for reading it, and for the words of the check. */
export interface EventForm {
  readonly type: EventType;
  /** `Record an exam`. */
  readonly title: string;
  /** What is meant by it, in one sentence. */
  readonly says: string;
  /** What is so once it is recorded: `The exam is recorded`. */
  readonly done: string;
  readonly groups: readonly EventFieldGroup[];
}

/** Every field of a form. */
export function fieldsOf({ groups }: EventForm): readonly EventField[] {
  return groups.flatMap(({ fields }) => fields);
}

/** What may be chosen in a field for an episode; empty for a field without choices. */
export function choicesOf({ choices = [] }: EventField, subject: RecordingSubject) {
  return typeof choices === 'function' ? choices(subject) : choices;
}
