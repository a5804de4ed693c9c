import { type Day, laterOf } from '../domain/civil-date.ts';
import type { Modality } from '../domain/modality.ts';
import type { Window } from '../domain/window.ts';
import type { DeferralInForce, ScheduledVisit, VisitStatus } from '../plan/schedule.ts';
import type { ClosedVisit, StagedVisit } from './course.ts';
import { isHolding } from './escalations.ts';
import { plannedModalities } from './exam-verdict.ts';
import type { LaneVisit } from './lanes.ts';
import { type ModalityOptions, modalityOptions } from './modality-options.ts';
import type { ReplayState } from './replay-state.ts';
import { forecastVisits } from './staged-visits.ts';
import { suspensionOn } from './suspensions.ts';

/** Where a day lies in a window; all three days are inclusive. schedule.md section 8. */
export function statusInWindow(asOf: Day, window: Window): 'not-yet-due' | 'due' | 'overdue' {
  if (asOf < window.earliest) return 'not-yet-due';
  return asOf <= window.latest ? 'due' : 'overdue';
}

function deferred(window: Window, deferral: DeferralInForce | null): Window {
  return deferral === null || deferral.until <= window.latest
    ? window
    : { ...window, latest: deferral.until };
}

/** What the as-of date makes of a replayed state. */
interface Situation {
  readonly state: ReplayState;
  readonly asOf: Day;
  /** The event whose escalation holds the staged visits. */
  readonly heldBy: string | null;
  /** The suspension that holds on the day. */
  readonly suspendedBy: string | null;
}

function options(situation: Situation, planned: readonly Modality[], day: Day): ModalityOptions {
  const { constraints, protocol } = situation.state;
  return modalityOptions(planned, day, constraints, protocol);
}

function stagedLine(
  situation: Situation,
  visit: StagedVisit,
  status: VisitStatus,
  deferral: DeferralInForce | null,
  day: Day,
  causedBy: string | null,
): ScheduledVisit {
  const { key, kind, rule, anchor, offsets, bandFrom, interval, pastHorizon } = visit;
  const planned = plannedModalities(kind, situation.state.protocol);
  const { modalities, fallbackOnly } = options(situation, planned, day);
  return {
    key,
    kind,
    rule,
    anchor,
    offsets,
    bandFrom,
    interval,
    window: deferred(visit.window, deferral),
    status,
    modalities,
    fallbackOnly,
    deferral,
    causedBy,
    pastHorizon,
  };
}

function closedLine(situation: Situation, closed: ClosedVisit): ScheduledVisit {
  const { visit, status, deferral, by } = closed;
  return stagedLine(situation, visit, status, deferral, visit.window.target, by);
}

function openLine(situation: Situation, visit: StagedVisit): ScheduledVisit {
  const { asOf } = situation;
  const { deferral } = situation.state.course;
  const stopped = situation.heldBy ?? situation.suspendedBy;
  const status =
    stopped === null ? statusInWindow(asOf, deferred(visit.window, deferral)) : 'on-hold';
  const causedBy = stopped ?? deferral?.eventId ?? visit.causedBy;
  const day = laterOf(visit.window.target, asOf);
  return stagedLine(situation, visit, status, deferral, day, causedBy);
}

function laneStatus(situation: Situation, visit: LaneVisit, window: Window): VisitStatus {
  if (visit.filledBy !== null) {
    return visit.filledBy.biRads === undefined ? 'awaiting-report' : 'completed';
  }
  if (visit.declinedBy !== null) return 'declined';
  if (visit.passedBy !== null) return 'missed';
  return situation.suspendedBy === null ? statusInWindow(situation.asOf, window) : 'on-hold';
}

function laneLine(situation: Situation, visit: LaneVisit): ScheduledVisit {
  const { course } = situation.state;
  const window = deferred(visit.window, visit.deferral);
  const status = laneStatus(situation, visit, window);
  const settled = visit.filledBy !== null || visit.declinedBy !== null || visit.passedBy !== null;
  const day = settled ? visit.window.target : laterOf(visit.window.target, situation.asOf);
  const { modalities, fallbackOnly } = options(situation, visit.lane.modalities, day);
  return {
    key: visit.key,
    kind: 'lane',
    rule: 'lane',
    anchor: course.ablation,
    offsets: visit.offsets,
    bandFrom: null,
    interval: null,
    window,
    status,
    modalities,
    fallbackOnly,
    deferral: visit.deferral,
    causedBy:
      visit.filledBy?.id ??
      visit.declinedBy ??
      visit.passedBy ??
      situation.suspendedBy ??
      visit.deferral?.eventId ??
      course.ablation.eventId,
    pastHorizon: false,
  };
}

/**
 * The visits of the current course as of a date, in the plan's order: filled or declined, the open
 * one, the forecast, the lanes. schedule.md section 8.
 */
export function visitsOn(state: ReplayState, asOf: Day): ScheduledVisit[] {
  const { course, protocol, end } = state;
  const heldBy = state.escalations.find(isHolding)?.eventId ?? null;
  const suspendedBy = suspensionOn(asOf, state.suspensions)?.eventId ?? null;
  const situation: Situation = { state, asOf, heldBy, suspendedBy };
  const visits = course.closed.map((closed) => closedLine(situation, closed));
  if (end === null && course.open !== null) {
    visits.push(openLine(situation, course.open));
    if (heldBy === null) {
      const status = suspendedBy === null ? 'forecast' : 'on-hold';
      for (const visit of forecastVisits(course, protocol)) {
        const causedBy = suspendedBy ?? visit.causedBy;
        visits.push(stagedLine(situation, visit, status, null, visit.window.target, causedBy));
      }
    }
  }
  for (const visit of course.lanes) {
    const settled = visit.filledBy !== null || visit.declinedBy !== null;
    if (end === null || settled) visits.push(laneLine(situation, visit));
  }
  return visits;
}
