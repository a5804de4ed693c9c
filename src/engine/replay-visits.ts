import { addMonths, type Day, earlierOf, formatDay } from '../domain/civil-date.ts';
import type { Booking, Decline, Deferral } from '../domain/event.ts';
import type { OffsetWindow, Window } from '../domain/window.ts';
import type { DeferralInForce } from '../plan/schedule.ts';
import { type ReplayState, warn } from './replay-state.ts';
import { declineOpenVisit } from './staging.ts';

/** A deferral moves the deadline of the open visit or of a lane visit. schedule.md section 8. */
export function replayDeferral(state: ReplayState, deferral: Deferral): void {
  const { course } = state;
  const { open } = course;
  const lane = course.lanes.find(({ key }) => key === deferral.visit);
  if (state.end === null && open?.key === deferral.visit) {
    course.deferral = deferralInForce(state, deferral, open.anchor.day, open);
  } else if (state.end === null && lane !== undefined) {
    lane.deferral = deferralInForce(state, deferral, course.ablation.day, lane);
    if (lane.filledBy !== null || lane.declinedBy !== null) {
      warn(
        state,
        'deferral-of-settled-visit',
        deferral.id,
        `The deferral ${deferral.id} moves the deadline of ${lane.key}, which was already filled or declined.`,
      );
    }
  } else {
    warnNotOpen(state, 'deferral', deferral);
  }
}

function deferralInForce(
  state: ReplayState,
  deferral: Deferral,
  anchor: Day,
  visit: { readonly offsets: OffsetWindow; readonly window: Window },
): DeferralInForce {
  const { deferralMaxMonths } = state.protocol;
  const furthest = addMonths(anchor, visit.offsets.latest + deferralMaxMonths);
  const cut = deferral.until > furthest;
  if (cut) {
    warn(
      state,
      'deferral-cut',
      deferral.id,
      `Deferral ${deferral.id} until ${formatDay(deferral.until)} is cut at ${formatDay(furthest)}, ${deferralMaxMonths} months past the window.`,
    );
  } else if (deferral.until <= visit.window.latest) {
    warn(
      state,
      'deferral-without-effect',
      deferral.id,
      `Deferral ${deferral.id} until ${formatDay(deferral.until)} moves nothing: the window is open until ${formatDay(visit.window.latest)}.`,
    );
  }
  return { eventId: deferral.id, until: earlierOf(deferral.until, furthest), cut };
}

/** A decline closes the open visit or a lane visit. schedule.md 3.6 and section 7. */
export function replayDecline(state: ReplayState, decline: Decline): void {
  const { course } = state;
  const lane = course.lanes.find(({ key }) => key === decline.visit);
  if (state.end === null && course.open?.key === decline.visit) {
    declineOpenVisit(course, decline, state.protocol);
  } else if (
    state.end === null &&
    lane !== undefined &&
    lane.filledBy === null &&
    lane.declinedBy === null
  ) {
    lane.declinedBy = decline.id;
  } else {
    warnNotOpen(state, 'decline', decline);
  }
}

/** A booking decides nothing; the latest one of a visit is kept beside it. */
export function replayBooking(state: ReplayState, booking: Booking): void {
  state.bookings.set(booking.visit, booking);
}

function warnNotOpen(
  state: ReplayState,
  what: 'deferral' | 'decline',
  event: Deferral | Decline,
): void {
  warn(
    state,
    `${what}-without-effect`,
    event.id,
    `The ${what} ${event.id} changes nothing: ${event.visit} was not open on ${formatDay(event.date)}.`,
  );
}
