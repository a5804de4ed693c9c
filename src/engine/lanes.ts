import { type Day, monthAndDay, monthsAfter } from '../domain/civil-date.ts';
import { laneKey } from '../domain/keys.ts';
import type { OffsetWindow, Window } from '../domain/window.ts';
import type { Exam } from '../history/case-history.ts';
import type { DeferralInForce } from '../plan/schedule.ts';
import type { Protocol, ProtocolLane } from '../protocol/protocol-schema.ts';
import { laneRules } from './lane-rules.ts';
import { windowFrom } from './staged-visits.ts';

/** A visit at fixed months from the current ablation. schedule.md section 7. */
export interface LaneVisit {
  readonly key: string;
  readonly lane: ProtocolLane;
  readonly offsets: OffsetWindow;
  readonly window: Window;
  readonly acceptFrom: Day;
  filledBy: Exam | null;
  declinedBy: string | null;
  /** A later visit of the lane was filled. */
  passedBy: string | null;
  deferral: DeferralInForce | null;
}

/** The lane visits of a course, in the protocol's order. */
export function createLanes(course: number, ablation: Day, protocol: Protocol): LaneVisit[] {
  const from = monthAndDay(ablation);
  return laneRules(protocol).map(({ lane, offsets, acceptFromMonths, firstKey }) => ({
    key: course === 1 ? firstKey : laneKey(course, lane.id, offsets.target),
    lane,
    offsets,
    window: windowFrom(from, offsets),
    acceptFrom: monthsAfter(from, acceptFromMonths),
    filledBy: null,
    declinedBy: null,
    passedBy: null,
    deferral: null,
  }));
}

/**
 * Lets a diagnostic exam of this breast fill the last visit of each lane that accepts it, unless
 * that one is filled; earlier unfilled ones are passed. Returns the keys that it filled.
 */
export function fillLanes(protocol: Protocol, visits: readonly LaneVisit[], exam: Exam): string[] {
  if (exam.biRads === '0') return [];
  const filled: string[] = [];
  for (const lane of protocol.lanes) {
    if (!lane.modalities.includes(exam.modality)) continue;
    const last = visits.findLast((visit) => visit.lane === lane && visit.acceptFrom <= exam.date);
    if (last === undefined || last.filledBy !== null) continue;
    last.filledBy = exam;
    filled.push(last.key);
    for (const visit of visits) {
      if (visit === last) break;
      if (visit.lane === lane && visit.filledBy === null) visit.passedBy ??= exam.id;
    }
  }
  return filled;
}
