import { type BiRads, hasInterval, type IntervalCategory } from '../domain/bi-rads.ts';
import {
  addMonths,
  type Day,
  type MonthAndDay,
  monthAndDay,
  monthsAfter,
} from '../domain/civil-date.ts';
import { baselineKey, intervalKey } from '../domain/keys.ts';
import type { OffsetWindow, Window } from '../domain/window.ts';
import type { Anchor, IntervalMonths, VisitRule } from '../plan/schedule.ts';
import type { Protocol, ProtocolBaseline, ProtocolIntervals } from '../protocol/protocol-schema.ts';
import type { Course, StagedVisit } from './course.ts';

/** The dates of the next staged visit, before the horizon has its say. */
export interface Proposal {
  readonly rule: VisitRule;
  readonly anchor: Anchor;
  readonly offsets: OffsetWindow;
  readonly bandFrom: number | null;
  readonly interval: IntervalMonths;
}

/** Counts a window's three days from the anchor, each in one step. */
export function windowFrom(anchor: MonthAndDay, offsets: OffsetWindow): Window {
  const target = monthsAfter(anchor, offsets.target);
  return {
    earliest: offsets.earliest === offsets.target ? target : monthsAfter(anchor, offsets.earliest),
    target,
    latest: offsets.latest === offsets.target ? target : monthsAfter(anchor, offsets.latest),
  };
}

/** The baseline visit of a course. schedule.md 3.1. */
export function baselineVisit(
  course: number,
  ablation: Anchor,
  baseline: ProtocolBaseline,
): StagedVisit {
  const offsets = {
    earliest: baseline.earliestMonths,
    target: baseline.targetMonths,
    latest: baseline.latestMonths,
  };
  const window = windowFrom(monthAndDay(ablation.day), offsets);
  return {
    key: baselineKey(course),
    kind: 'baseline',
    rule: 'baseline',
    anchor: ablation,
    offsets,
    bandFrom: null,
    interval: null,
    window,
    acceptFrom: window.earliest,
    causedBy: ablation.eventId,
    pastHorizon: false,
  };
}

/** The interval months of a category in a tier; undefined for a category without an interval. schedule.md 2. */
export function intervalMonths(
  category: BiRads,
  course: Course,
  intervals: ProtocolIntervals,
): IntervalMonths | undefined {
  if (!hasInterval(category)) return undefined;
  return monthsOf(category, course, intervals);
}

function monthsOf(
  category: IntervalCategory,
  course: Course,
  intervals: ProtocolIntervals,
): IntervalMonths {
  const byCategory = intervals.monthsByCategory[category];
  const cap = intervals.capMonthsByTier[course.tier.tier];
  return {
    category,
    assumed: course.categoryAssumed,
    tier: course.tier.tier,
    byCategory,
    cap,
    months: Math.min(byCategory, cap),
  };
}

/** The window around `target`, clipped to the band counted from `bandFrom` months. */
function clipped(target: number, bandFrom: number, intervals: ProtocolIntervals): OffsetWindow {
  const { before, after } = intervals.windowMonths;
  const [shortest, longest] = intervals.bandMonths;
  return {
    earliest: Math.max(target - before, bandFrom + shortest),
    target,
    latest: Math.min(target + after, bandFrom + longest),
  };
}

/** A window that opens on its target and is not clipped. */
function fromTarget(target: number, intervals: ProtocolIntervals): OffsetWindow {
  return { earliest: target, target, latest: target + intervals.windowMonths.after };
}

/** A later interval visit: counted from `anchor`. schedule.md 3.3; with other rules' names 3.8 and 5. */
export function intervalAfter(
  anchor: Anchor,
  interval: IntervalMonths,
  intervals: ProtocolIntervals,
  rule: Extract<VisitRule, 'interval' | 'brought-forward' | 'resumed'> = 'interval',
): Proposal {
  return { rule, anchor, offsets: clipped(interval.months, 0, intervals), bandFrom: 0, interval };
}

/** The first interval visit after a baseline exam. schedule.md 3.2. */
export function firstIntervalAfter(
  exam: Anchor,
  ablation: Anchor,
  interval: IntervalMonths,
  intervals: ProtocolIntervals,
): Proposal {
  if (intervals.firstFrom === 'previous-exam') return intervalAfter(exam, interval, intervals);
  const gap = intervals.minimumGapMonths;
  if (addMonths(exam.day, gap) > addMonths(ablation.day, interval.months)) {
    return {
      rule: 'minimum-gap',
      anchor: exam,
      offsets: fromTarget(gap, intervals),
      bandFrom: null,
      interval,
    };
  }
  return {
    rule: 'first-interval',
    anchor: ablation,
    offsets: clipped(interval.months, 0, intervals),
    bandFrom: 0,
    interval,
  };
}

/** The first interval visit while no baseline exam has counted. schedule.md 3.2 and 3.4. */
function firstIntervalWithoutExam(
  baseline: StagedVisit,
  interval: IntervalMonths,
  intervals: ProtocolIntervals,
): Proposal {
  const bandFrom = intervals.firstFrom === 'ablation' ? 0 : baseline.offsets.target;
  return {
    rule: 'first-interval',
    anchor: baseline.anchor,
    offsets: clipped(bandFrom + interval.months, bandFrom, intervals),
    bandFrom,
    interval,
  };
}

/** The next visit after an exam that counted only as a fallback. schedule.md 3.7. */
export function intervalAfterLimited(
  exam: Anchor,
  interval: IntervalMonths,
  intervals: ProtocolIntervals,
): Proposal {
  const target = Math.min(interval.months, intervals.limitedMonths);
  return {
    rule: 'limited',
    anchor: exam,
    offsets: fromTarget(target, intervals),
    bandFrom: null,
    interval,
  };
}

/** The visit after another, from the same anchor. schedule.md 3.4. */
export function forecastAfter(
  previous: StagedVisit | Proposal,
  interval: IntervalMonths,
  intervals: ProtocolIntervals,
): Proposal {
  if (previous.rule === 'baseline') {
    return firstIntervalWithoutExam(previous as StagedVisit, interval, intervals);
  }
  const bandFrom = previous.offsets.target;
  return {
    rule: 'forecast',
    anchor: previous.anchor,
    offsets: clipped(bandFrom + interval.months, bandFrom, intervals),
    bandFrom,
    interval,
  };
}

/** The next visit after a declined one: as forecast, but not later than the reoffer months. schedule.md 3.6. */
export function intervalAfterDecline(
  declined: StagedVisit,
  interval: IntervalMonths,
  intervals: ProtocolIntervals,
): Proposal {
  const next = forecastAfter(declined, interval, intervals);
  const limit = declined.offsets.target + intervals.reofferMonths;
  if (next.offsets.target <= limit) return next;
  return { ...next, rule: 'reoffer', offsets: fromTarget(limit, intervals), bandFrom: null };
}

/** Gives a proposal its key and days. `index` is the interval's number in the course, from 1. */
export function toVisit(
  proposal: Proposal,
  course: number,
  index: number,
  intervals: ProtocolIntervals,
  causedBy: string | null,
  pastHorizon: boolean,
): StagedVisit {
  const { rule, anchor, offsets, bandFrom, interval } = proposal;
  const from = monthAndDay(anchor.day);
  return {
    key: intervalKey(course, index),
    kind: 'interval',
    rule,
    anchor,
    offsets,
    bandFrom,
    interval,
    window: windowFrom(from, offsets),
    acceptFrom: monthsAfter(from, offsets.earliest - intervals.acceptEarlyMonths),
    causedBy,
    pastHorizon,
  };
}

/** Whether a target lies after the horizon. */
export function isPastHorizon(target: Day, { horizon }: Course): boolean {
  return horizon !== null && target > horizon;
}

/**
 * Whether the one next visit is planned although its target lies after the horizon: while the
 * category is 3, or where the first lane visit after `since` (the last counted exam, or the target
 * of the declined visit) is further from it than the band's upper months. schedule.md 3.5.
 */
export function isPlannedPastHorizon(
  since: Day,
  course: Course,
  intervals: ProtocolIntervals,
): boolean {
  if (course.category === '3') return true;
  let first: Day | undefined;
  for (const { window } of course.lanes) {
    if (window.target > since && (first === undefined || window.target < first)) {
      first = window.target;
    }
  }
  return first !== undefined && first > addMonths(since, intervals.bandMonths[1]);
}

/** Forecast of the visits after the open one, up to the horizon. schedule.md 3.4 and 3.5. */
export function forecastVisits(course: Course, protocol: Protocol): StagedVisit[] {
  const { intervals } = protocol;
  const { open } = course;
  if (intervals === undefined || open === null) return [];
  const interval = intervalMonths(course.category, course, intervals);
  if (interval === undefined) return [];
  const visits: StagedVisit[] = [];
  let previous: StagedVisit = open;
  const anchor = monthAndDay(open.anchor.day);
  let index = course.intervalsClosed + (open.kind === 'interval' ? 2 : 1);
  for (;;) {
    const proposal = forecastAfter(previous, interval, intervals);
    if (isPastHorizon(monthsAfter(anchor, proposal.offsets.target), course)) return visits;
    const visit = toVisit(proposal, course.number, index, intervals, open.causedBy, false);
    visits.push(visit);
    previous = visit;
    index += 1;
  }
}
