import { hasInterval, type IntervalCategory, isSuspicious, worseOf } from '../domain/bi-rads.ts';
import type { Day } from '../domain/civil-date.ts';
import type { Decline } from '../domain/event.ts';
import type { Exam } from '../history/case-history.ts';
import type { Anchor, Verdict } from '../plan/schedule.ts';
import type { Protocol, ProtocolIntervals } from '../protocol/protocol-schema.ts';
import type { ClosedVisit, Course } from './course.ts';
import {
  firstIntervalAfter,
  intervalAfter,
  intervalAfterDecline,
  intervalAfterLimited,
  intervalMonths,
  isPastHorizon,
  isPlannedPastHorizon,
  type Proposal,
  toVisit,
} from './staged-visits.ts';

/** The day of an exam as the anchor of what follows. */
function examAnchor(exam: Exam): Anchor {
  return { kind: 'imaging', eventId: exam.id, day: exam.date };
}

/** Opens the next visit, unless it lies past the horizon and no exception holds. schedule.md 3.5. */
function openNext(
  course: Course,
  proposal: Proposal,
  since: Day,
  causedBy: string,
  intervals: ProtocolIntervals,
): void {
  const index = course.intervalsClosed + 1;
  const visit = toVisit(proposal, course.number, index, intervals, causedBy, false);
  const past = isPastHorizon(visit.window.target, course);
  course.deferral = null;
  if (past && !isPlannedPastHorizon(since, course, intervals)) course.open = null;
  else course.open = past ? { ...visit, pastHorizon: true } : visit;
}

/** Takes the open visit off the list as filled or declined. */
function closeOpen(
  course: Course,
  status: ClosedVisit['status'],
  by: string,
): ClosedVisit | undefined {
  const visit = course.open;
  if (visit === null) return undefined;
  const closed: ClosedVisit = { visit, deferral: course.deferral, status, by };
  course.closed.push(closed);
  if (visit.kind === 'interval') course.intervalsClosed += 1;
  course.open = null;
  course.deferral = null;
  return closed;
}

/** An assumption without an interval gives way to the protocol's own. schedule.md section 2. */
function replaceAssumptionWithoutInterval(course: Course, protocol: Protocol): void {
  if (course.categoryAssumed && !hasInterval(course.category)) {
    course.category = protocol.assumedCategory;
  }
}

/** The open visit is filled by an exam that counts; the next follows from it. schedule.md 3.2, 3.3, 3.7. */
export function fillOpenVisit(
  course: Course,
  exam: Exam,
  limited: boolean,
  protocol: Protocol,
): string | null {
  const status =
    exam.biRads === undefined ? 'awaiting-report' : limited ? 'completed-limited' : 'completed';
  const closed = closeOpen(course, status, exam.id);
  const { intervals } = protocol;
  if (closed === undefined || intervals === undefined) return null;
  if (exam.biRads === undefined) {
    replaceAssumptionWithoutInterval(course, protocol);
  } else {
    course.category = exam.biRads;
    course.categoryAssumed = false;
    course.categoryFrom = exam.id;
  }
  const interval = intervalMonths(course.category, course, intervals);
  if (interval !== undefined) {
    const anchor = examAnchor(exam);
    let proposal = intervalAfter(anchor, interval, intervals);
    if (limited) proposal = intervalAfterLimited(anchor, interval, intervals);
    else if (closed.visit.kind === 'baseline') {
      proposal = firstIntervalAfter(anchor, course.ablation, interval, intervals);
    }
    openNext(course, proposal, exam.date, exam.id, intervals);
  }
  return closed.visit.key;
}

/** The open visit is declined; the next one is offered, not too late. schedule.md 3.6. */
export function declineOpenVisit(course: Course, decline: Decline, protocol: Protocol): void {
  const closed = closeOpen(course, 'declined', decline.id);
  const { intervals } = protocol;
  if (closed === undefined || intervals === undefined) return;
  if (closed.visit.kind === 'baseline') replaceAssumptionWithoutInterval(course, protocol);
  const interval = intervalMonths(course.category, course, intervals);
  if (interval === undefined) return;
  const proposal = intervalAfterDecline(closed.visit, interval, intervals);
  openNext(course, proposal, closed.visit.window.target, decline.id, intervals);
}

/** What a candidate for an earlier visit led to. */
export type ForwardEffect = 'opened' | 'moved' | 'kept';

/** Offers earlier dates to an open interval visit, or fills the gap where none is open. schedule.md 3.8. */
function offerEarlier(
  course: Course,
  candidate: Proposal,
  causedBy: string,
  intervals: ProtocolIntervals,
): ForwardEffect {
  const { open } = course;
  if (open === null) {
    openNext(course, candidate, candidate.anchor.day, causedBy, intervals);
    return 'opened';
  }
  const index = course.intervalsClosed + 1;
  const visit = toVisit(candidate, course.number, index, intervals, causedBy, false);
  if (visit.window.target >= open.window.target) return 'kept';
  const pastHorizon = isPastHorizon(visit.window.target, course);
  course.open = { ...visit, pastHorizon };
  return 'moved';
}

/** The category of an exam that does not count but asks for more; undefined where it asks for nothing. */
function categoryThatAsks(exam: Exam, verdict: Verdict): IntervalCategory | undefined {
  const { biRads } = exam;
  if (verdict === 'interim' && hasInterval(biRads)) return biRads;
  return verdict === 'supplementary' && biRads === '3' ? biRads : undefined;
}

/** An exam that does not count may bring the next visit forward, never postpone it. schedule.md 3.8. */
export function considerUncountedExam(
  course: Course,
  exam: Exam,
  verdict: Verdict,
  protocol: Protocol,
): ForwardEffect {
  const { intervals } = protocol;
  const category = categoryThatAsks(exam, verdict);
  if (category === undefined || intervals === undefined) return 'kept';
  if (course.open?.kind === 'baseline' || isSuspicious(course.category)) return 'kept';
  const before = course.category;
  course.category =
    course.categoryAssumed || !hasInterval(before) ? category : worseOf(before, category);
  course.categoryAssumed = false;
  if (course.category !== before || course.categoryFrom === null) course.categoryFrom = exam.id;
  const interval = intervalMonths(category, course, intervals);
  if (interval === undefined) return 'kept';
  const candidate = intervalAfter(examAnchor(exam), interval, intervals, 'brought-forward');
  return offerEarlier(course, candidate, exam.id, intervals);
}

/** Surveillance resumes as category 3 after a hold. schedule.md section 5. */
export function resumeAsCategory3(
  course: Course,
  anchor: Anchor,
  causedBy: string,
  protocol: Protocol,
): ForwardEffect {
  course.category = '3';
  course.categoryAssumed = false;
  course.categoryFrom = causedBy;
  const { intervals } = protocol;
  if (intervals === undefined || course.open?.kind === 'baseline') return 'kept';
  const interval = intervalMonths(course.category, course, intervals);
  if (interval === undefined) return 'kept';
  const candidate = intervalAfter(anchor, interval, intervals, 'resumed');
  return offerEarlier(course, candidate, causedBy, intervals);
}
