import { letterNote } from '../../export/letter-words.ts';
import type { Clinic } from '../../store/clinic.ts';
import { recordEvents } from '../episode/record-events.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import type { ServiceOutcome } from '../service-outcome.ts';
import { succeed } from '../service-outcome.ts';
import type { PreparedLetter } from './prepare-letter.ts';

/** A letter that was prepared and is to be recorded as sent. */
export interface LetterRecording {
  readonly clinic: Clinic;
  readonly prepared: PreparedLetter;
  /** Id of the contact: the same one a second time records nothing. */
  readonly id: string;
  /** The version of the episode that the author saw. */
  readonly expected: number;
}

/** Records a letter as a contact that was sent. cryowatch sends nothing: a person prints it and posts it. */
export async function recordLetter(
  context: SchedulerContext,
  { clinic, prepared, id, expected }: LetterRecording,
): Promise<ServiceOutcome<{ readonly knownBefore: boolean }>> {
  const { letter, item, subject } = prepared;
  const event = {
    type: 'contact',
    id,
    date: letter.date,
    method: 'letter',
    outcome: 'sent',
    ...(item === null ? {} : { item }),
    note: letterNote(letter.kind, letter.language),
  };
  const { episode } = subject;
  const recorded = await recordEvents(context, { clinic, episode, events: [event], expected });
  return recorded.ok ? succeed({ knownBefore: recorded.value.knownBefore > 0 }) : recorded;
}
