import { sameAppointment } from './file-appointment.ts';
import type { Verdict } from './judge-booking.ts';
import type { MatchedEvent } from './match-bookings.ts';

/** An event of the file with what it says. */
export interface Judged {
  readonly match: MatchedEvent;
  readonly verdict: Verdict;
}

/** Where a file gives one visit two appointments neither is taken; the same one twice is taken once. */
export function withoutDisputes(judged: readonly Judged[]): Judged[] {
  const stated = new Map<string, Judged>();
  const disputed = new Set<string>();
  for (const each of judged) {
    const appointment = appointmentIn(each.verdict);
    if (appointment === undefined) continue;
    const { key } = each.match.handedOut;
    const other = stated.get(key);
    if (other === undefined) stated.set(key, each);
    else if (!sameAppointment(appointmentIn(other.verdict) ?? '', appointment)) disputed.add(key);
  }
  return judged.map((each) => {
    const { match, verdict } = each;
    const { key } = match.handedOut;
    if (verdict.says !== 'booking') return each;
    if (disputed.has(key)) return { match, verdict: dispute(match) };
    return stated.get(key) === each ? each : { match, verdict: { says: 'untouched' } };
  });
}

function appointmentIn(verdict: Verdict): string | undefined {
  return verdict.says === 'booking' || verdict.says === 'recorded'
    ? verdict.appointment
    : undefined;
}

function dispute({ event }: MatchedEvent): Verdict {
  return {
    says: 'problem',
    problem: {
      path: `events[${event.index}]`,
      message: 'the file holds several appointments for this visit',
      mend: 'leave the one that is meant, or record the booking by hand',
    },
  };
}
