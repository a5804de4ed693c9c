import type { CaseEvent } from '../../domain/event.ts';
import type { Problem } from '../../domain/problem.ts';
import { compareEvents } from '../../history/event-order.ts';
import { examOfSameDay } from './exam-of-same-day.ts';
import type { Joining } from './joining.ts';
import { sameContent } from './same-event.ts';

/** The same event under another id: typed twice, or sent twice without ids. Calls are repeated on one day. */
export function repeatProblems(
  event: CaseEvent,
  at: string,
  all: readonly CaseEvent[],
  takenBack: ReadonlyMap<string, unknown>,
): Problem[] {
  if (event.type === 'contact') return [];
  const twin = all.find(
    (other) =>
      other.id !== event.id &&
      !takenBack.has(other.id) &&
      other.date === event.date &&
      sameContent({ ...other, id: '' }, { ...event, id: '' }) &&
      !isOverruled(other, all, event),
  );
  return twin === undefined
    ? []
    : [
        {
          path: at,
          message: `the same ${event.type} of the same day is there already`,
          found: twin.id,
          mend: 'if it happened twice, accept it: --accept',
        },
      ];
}

/** An appointment that was moved and is moved back on one day is no repetition. */
function isOverruled(booking: CaseEvent, all: readonly CaseEvent[], but: CaseEvent): boolean {
  return (
    booking.type === 'booking' &&
    all.some(
      (other) =>
        other !== but &&
        other.type === 'booking' &&
        other.visit === booking.visit &&
        compareEvents(other, booking) > 0,
    )
  );
}

/** Another exam of the modality, side and day of a recorded one, with whatever category. */
export function sameDayProblems(
  event: CaseEvent,
  at: string,
  { recorded, events, planOf }: Joining,
  takenBack: ReadonlyMap<string, unknown>,
): Problem[] {
  if (event.type !== 'imaging') return [];
  const before = [...recorded, ...events.slice(0, events.indexOf(event))];
  const message = examOfSameDay({
    exam: event,
    before: before.filter(({ id }) => !takenBack.has(id)),
    planOf,
  });
  return message === undefined
    ? []
    : [{ path: at, message, mend: 'if it is another exam, accept it: --accept' }];
}
