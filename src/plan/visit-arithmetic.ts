import { addMonths, type Day, formatDay } from '../domain/civil-date.ts';
import type { ProtocolFacts } from './protocol-facts.ts';
import type { Anchor, ScheduledVisit } from './schedule.ts';

/** `1 month`, `12 months`. */
export function countOf(count: number, unit: string): string {
  return `${count} ${unit}${Math.abs(count) === 1 ? '' : 's'}`;
}

/** `the ablation on 2026-01-15`, `the exam x1 on 2026-04-20`. */
export function anchorInWords(anchor: Anchor): string {
  const what = {
    ablation: anchor.eventId === null ? 'the ablation' : `the repeat ablation ${anchor.eventId}`,
    imaging: `the exam ${anchor.eventId ?? ''}`,
    pathology: `the pathology result ${anchor.eventId ?? ''}`,
    escalation: `the day on which esc.${anchor.eventId ?? ''} was raised,`,
  }[anchor.kind];
  return anchor.kind === 'escalation'
    ? `${what} ${formatDay(anchor.day)}`
    : `${what} on ${formatDay(anchor.day)}`;
}

/** The calculation of a visit's dates, one sentence a step. */
export function visitArithmetic(
  visit: ScheduledVisit,
  protocol: ProtocolFacts,
  courseAblation: Day,
): string[] {
  return [
    ...occasion(visit, protocol, courseAblation),
    ...intervalSentence(visit),
    targetSentence(visit),
    windowSentence(visit, protocol),
    ...horizonSentence(visit, protocol, courseAblation),
    ...deferralSentence(visit),
  ];
}

/** Why this rule and no other. */
function occasion(visit: ScheduledVisit, protocol: ProtocolFacts, ablation: Day): string[] {
  const { rule, anchor, interval } = visit;
  const { intervals } = protocol;
  if (intervals === undefined || interval === null) return [];
  switch (rule) {
    case 'minimum-gap': {
      const gap = countOf(intervals.minimumGapMonths, 'month');
      const usual = formatDay(addMonths(ablation, interval.months));
      return [
        `${gap} after ${anchorInWords(anchor)} is later than ${countOf(interval.months, 'month')} after the ablation (${usual}), so the visit is counted from the exam.`,
      ];
    }
    case 'reoffer':
      return [
        `The visit before was declined; the next is offered within ${countOf(intervals.reofferMonths, 'month')} of its target.`,
      ];
    case 'limited':
      return [
        `The exam counted only as a fallback, so the next visit comes after at most ${countOf(intervals.limitedMonths, 'month')}.`,
      ];
    case 'brought-forward':
      return [`The exam ${anchor.eventId ?? ''} did not count, but asked for an earlier visit.`];
    case 'resumed':
      return ['The hold was answered; surveillance resumes as category 3.'];
    case 'forecast':
      return ['Forecast from the open visit, with the category now in force.'];
    default:
      return [];
  }
}

function intervalSentence({ interval }: ScheduledVisit): string[] {
  if (interval === null) return [];
  const { category, assumed, tier, byCategory, cap, months } = interval;
  return [
    `Category ${category}${assumed ? ' (assumed)' : ''} → ${countOf(byCategory, 'month')}; tier ${tier} caps at ${cap}: ${countOf(months, 'month')}.`,
  ];
}

function targetSentence({ offsets, anchor, window }: ScheduledVisit): string {
  const clamped = formatDay(anchor.day).slice(8) !== formatDay(window.target).slice(8);
  return `Target: ${countOf(offsets.target, 'month')} from ${anchorInWords(anchor)} = ${formatDay(window.target)}${clamped ? ' (clamped to the end of the month)' : ''}.`;
}

function windowSentence(visit: ScheduledVisit, protocol: ProtocolFacts): string {
  const { offsets, window, anchor, bandFrom } = visit;
  const latest = addMonths(anchor.day, offsets.latest);
  const days =
    offsets.earliest === offsets.latest
      ? `Window: that day alone.`
      : `Window: month ${offsets.earliest} (${formatDay(window.earliest)}) to month ${offsets.latest} (${formatDay(latest)}), both days included`;
  if (offsets.earliest === offsets.latest) return days;
  if (bandFrom === null || protocol.intervals === undefined) return `${days}.`;
  const [shortest, longest] = protocol.intervals.bandMonths;
  return `${days}; inside the band of ${bandFrom + shortest} to ${bandFrom + longest} months.`;
}

function horizonSentence(visit: ScheduledVisit, protocol: ProtocolFacts, ablation: Day): string[] {
  const { horizonMonths, intervals } = protocol;
  if (!visit.pastHorizon || horizonMonths === undefined || intervals === undefined) return [];
  const horizon = formatDay(addMonths(ablation, horizonMonths));
  const why =
    visit.interval?.category === '3'
      ? 'the category is 3'
      : `no lane visit follows within ${countOf(intervals.bandMonths[1], 'month')}`;
  return [
    `The target lies after the horizon (${horizon}, ${countOf(horizonMonths, 'month')}); the visit is planned all the same, because ${why}.`,
  ];
}

function deferralSentence({ deferral, window, offsets, anchor }: ScheduledVisit): string[] {
  if (deferral === null) return [];
  const before = formatDay(addMonths(anchor.day, offsets.latest));
  const after = formatDay(window.latest);
  return [
    before === after
      ? `Deferral ${deferral.eventId} moves nothing.`
      : `Deferral ${deferral.eventId} moves the deadline from ${before} to ${after}${deferral.cut ? ', the longest deferral allowed' : ''}; the target stays.`,
  ];
}
