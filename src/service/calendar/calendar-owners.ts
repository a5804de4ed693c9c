import type { Clinic } from '../../store/clinic.ts';
import { pagesOfCases } from '../episode/each-case.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import type { CalendarSubject } from './store-calendar.ts';

/** Somebody whose calendar can be made: a patient, or an episode that names none. */
export interface CalendarOwner {
  readonly subject: CalendarSubject;
  /** The patient's reference, or the id of the episode. */
  readonly reference: string;
  /** A name for a file that tells nothing, and stays the same. */
  readonly name: string;
}

const NAME_LENGTH = 16;

/** Everybody in a clinic who has an episode, each once, in the order of the first episode. */
export async function calendarOwners(
  context: SchedulerContext,
  clinic: Clinic,
): Promise<readonly CalendarOwner[]> {
  const secret = await context.store.uidSecret();
  const owners = new Map<string, CalendarOwner>();
  for await (const page of pagesOfCases(context, clinic.id)) {
    for (const { id, caseFile } of page) {
      const { patientRef, id: externalId } = caseFile.episode;
      const whose = patientRef === undefined ? `episode\n${id}` : `patient\n${patientRef}`;
      if (owners.has(whose)) continue;
      owners.set(whose, {
        subject:
          patientRef === undefined ? { of: 'episode', externalId } : { of: 'patient', patientRef },
        reference: patientRef ?? externalId,
        name: context.hmac(secret, `${clinic.id}\n${whose}`).slice(0, NAME_LENGTH),
      });
    }
  }
  return [...owners.values()];
}
