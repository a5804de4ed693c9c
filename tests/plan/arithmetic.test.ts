import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { JudgedExam, Plan, PlannedEscalation, PlannedVisit } from '../../src/plan/plan.ts';
import { protocols } from '../../src/protocol/catalog.ts';
import type { Protocol } from '../../src/protocol/protocol-schema.ts';
import { CONFORMANCE, planOf } from './plans.ts';

/**
 * The sentences are read back and counted again with another calendar (luxon): what a clinician
 * reads must be true, not only the dates beside it.
 */

const DATE = String.raw`(\d{4}-\d{2}-\d{2})`;

function plusMonths(date: string, months: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ months }).toISODate() ?? '';
}

function daysBetween(from: string, to: string): number {
  return DateTime.fromISO(to, { zone: 'utc' }).diff(DateTime.fromISO(from, { zone: 'utc' }), 'days')
    .days;
}

/** What a sentence says, or fails: every sentence of a plan must be one of those that are read here. */
interface Reader<T> {
  readonly form: RegExp;
  readonly check: (parts: readonly string[], line: T, plan: Plan, protocol: Protocol) => void;
}

const VISIT_READERS: readonly Reader<PlannedVisit>[] = [
  {
    form: new RegExp(
      `^Target: (\\d+) months? from (.*) ${DATE} = ${DATE}( \\(clamped to the end of the month\\))?\\.$`,
    ),
    check: ([months, anchor, from = '', to = '', clamped = ''], visit) => {
      expect(from).toBe(visit.because.anchor.date);
      expect(anchor).toContain(visit.because.anchor.event ?? 'the ablation on');
      expect(to).toBe(plusMonths(from, Number(months)));
      expect(to).toBe(visit.target);
      expect(clamped !== '').toBe(from.slice(8) !== to.slice(8));
    },
  },
  {
    form: new RegExp(
      `^Window: month (\\d+) \\(${DATE}\\) to month (\\d+) \\(${DATE}\\), both days included(?:; inside the band of (\\d+) to (\\d+) months)?\\.$`,
    ),
    check: ([first, earliest, last, latest, shortest, longest], visit) => {
      const anchor = visit.because.anchor.date;
      expect(earliest).toBe(plusMonths(anchor, Number(first)));
      expect(earliest).toBe(visit.earliest);
      expect(latest).toBe(plusMonths(anchor, Number(last)));
      const deferred = visit.because.arithmetic.some((text) => /moves the deadline/.test(text));
      if (!deferred) expect(latest).toBe(visit.latest);
      if (shortest !== undefined && longest !== undefined) {
        expect(Number(first)).toBeGreaterThanOrEqual(Number(shortest));
        expect(Number(last)).toBeLessThanOrEqual(Number(longest));
      }
    },
  },
  {
    form: /^Window: that day alone\.$/,
    check: (_parts, visit) => expect(visit.earliest).toBe(visit.target),
  },
  {
    form: /^Category ([123])( \(assumed\))? → (\d+) months?; tier (\w+) caps at (\d+): (\d+) months?\.$/,
    check: ([category = '1', , byCategory, tier, cap, months], _visit, plan, { intervals }) => {
      expect(tier).toBe(plan.tier);
      expect(intervals?.monthsByCategory).toMatchObject({ [category]: Number(byCategory) });
      expect(intervals?.capMonthsByTier).toMatchObject({ [tier ?? '']: Number(cap) });
      expect(Number(months)).toBe(Math.min(Number(byCategory), Number(cap)));
    },
  },
  {
    form: new RegExp(
      `^(\\d+) months? after the exam (.+) on ${DATE} is later than (\\d+) months? after the ablation \\(${DATE}\\), so the visit is counted from the exam\\.$`,
    ),
    check: ([gap, id, exam = '', months, usual = ''], visit, plan) => {
      expect(id).toBe(visit.because.anchor.event);
      expect(usual).toBe(plusMonths(plan.ablationDate, Number(months)));
      expect(plusMonths(exam, Number(gap)) > usual).toBe(true);
    },
  },
  {
    form: /^The visit before was declined; the next is offered within (\d+) months? of its target\.$/,
    check: ([months], visit, plan) => {
      const place = plan.visits.findIndex(({ key }) => key === visit.key);
      const before = plan.visits[place - 1];
      expect(before?.status).toBe('declined');
      expect(visit.target <= plusMonths(before?.target ?? '', Number(months) + 1)).toBe(true);
    },
  },
  {
    form: /^The exam counted only as a fallback, so the next visit comes after at most (\d+) months?\.$/,
    check: ([months], visit) => {
      const { anchor } = visit.because;
      expect(visit.target <= plusMonths(anchor.date, Number(months))).toBe(true);
    },
  },
  {
    form: /^The exam (.+) did not count, but asked for an earlier visit\.$/,
    check: ([id], visit, plan) => {
      expect(id).toBe(visit.because.anchor.event);
      expect(plan.exams.find((exam) => exam.id === id)?.verdict).not.toBe('counts');
    },
  },
  {
    form: /^The hold was answered; surveillance resumes as category 3\.$/,
    check: (_parts, visit) =>
      expect(['pathology', 'escalation']).toContain(visit.because.anchor.kind),
  },
  {
    form: /^Forecast from the open visit, with the category now in force\.$/,
    check: (_parts, visit) => expect(visit.because.rule).toBe('forecast'),
  },
  {
    form: new RegExp(
      `^The target lies after the horizon \\(${DATE}, (\\d+) months?\\); the visit is planned all the same, because (.*)\\.$`,
    ),
    check: ([horizon = '', months], visit, plan) => {
      expect(horizon).toBe(plusMonths(plan.ablationDate, Number(months)));
      expect(visit.target > horizon).toBe(true);
    },
  },
  {
    form: new RegExp(
      `^Deferral (.+) moves the deadline from ${DATE} to ${DATE}(, the longest deferral allowed)?; the target stays\\.$`,
    ),
    check: ([id, from = '', to = ''], visit, plan) => {
      expect(plan.events).toContainEqual(expect.objectContaining({ id, type: 'deferral' }));
      expect(from < to).toBe(true);
      expect(to).toBe(visit.latest);
    },
  },
  {
    form: /^Deferral (.+) moves nothing\.$/,
    check: ([id], _visit, plan) =>
      expect(plan.events).toContainEqual(expect.objectContaining({ id, type: 'deferral' })),
  },
  {
    form: /^On hold while (.+) (is|are) open\.$/,
    check: ([keys = '', verb], visit, plan) => {
      const open = keys.split(' and ');
      expect(verb).toBe(open.length === 1 ? 'is' : 'are');
      expect(visit.status).toBe('on-hold');
      for (const key of open) {
        const found = plan.escalations.find((escalation) => escalation.key === key);
        expect(['open', 'overdue']).toContain(found?.status);
      }
    },
  },
  {
    form: new RegExp(`^On hold: surveillance is suspended until ${DATE}, that day included\\.$`),
    check: ([until = ''], visit, plan) => {
      expect(visit.status).toBe('on-hold');
      expect(until).toBe(plan.suspendedUntil);
      expect(until >= plan.asOf).toBe(true);
    },
  },
  {
    form: /^(None of the planned modalities is possible|No contrast-enhanced option): needs review\.$/,
    check: (_parts, visit) => expect(visit.needsReview).toBe(true),
  },
];

const ESCALATION_READERS: readonly Reader<PlannedEscalation>[] = [
  {
    form: /^.+: (treatment referral|biopsy|advanced imaging|complete the assessment|obtain the report)(?: with (MRI|CEM))? within (\d+) days?\.$/,
    check: ([, , days], escalation) => {
      const { raisedOn, dueBy } = escalation;
      expect(Number(days)).toBeGreaterThanOrEqual(daysBetween(raisedOn, dueBy));
    },
  },
  {
    form: /^One escalation: the most urgent action, the shortest deadline\.$/,
    check: (_parts, escalation) => expect(escalation.triggers.length).toBeGreaterThan(1),
  },
  {
    form: new RegExp(
      `^Deadline: (\\d+) days? from the (exam|pathology result) (.+) on ${DATE} = ${DATE}\\.$`,
    ),
    check: ([days, , id, from = '', to = ''], escalation) => {
      expect(id).toBe(escalation.because.anchor.event);
      expect([from, to]).toEqual([escalation.raisedOn, escalation.dueBy]);
      expect(daysBetween(from, to)).toBe(Number(days));
      const asked = escalation.because.arithmetic.flatMap((text) =>
        [...text.matchAll(/ within (\d+) days?\.$/g)].map((match) => Number(match[1])),
      );
      expect(Math.min(...asked)).toBe(Number(days));
    },
  },
  {
    form: /^The exam says BI-RADS ([123]) and the finding asks for more: a conflict that a radiologist must confirm\. Urgency is raised, never lowered\.$/,
    check: ([category], escalation, plan) => {
      expect(escalation.conflict).toBe(true);
      const id = escalation.because.anchor.event;
      expect(plan.exams.find((exam) => exam.id === id)?.biRads).toBe(category);
    },
  },
  {
    form: new RegExp(`^(Answered|Closed) by (.+) on ${DATE}, (?:(\\d+) days? late|in time)\\.$`),
    check: ([how, by, on = '', late], escalation, plan) => {
      expect(by).toBe(escalation.answeredBy);
      expect(how).toBe(escalation.status === 'closed' ? 'Closed' : 'Answered');
      expect(plan.events.find(({ id }) => id === by)?.date).toBe(on);
      const days = daysBetween(escalation.dueBy, on);
      expect(Number(late ?? 0)).toBe(Math.max(0, days));
    },
  },
];

const EXAM_READERS: readonly Reader<JudgedExam>[] = [
  {
    form: /^Does not count: (surveillance had ended|it shows the other breast|it was done on the day of the ablation or before it|BI-RADS 0 is an incomplete assessment|it was not diagnostic)\.$/,
    check: ([why], exam) => {
      const verdicts: Readonly<Record<string, string>> = {
        'surveillance had ended': 'after-end',
        'it shows the other breast': 'other-breast',
        'it was done on the day of the ablation or before it': 'before-ablation',
      };
      expect(exam.verdict).toBe(verdicts[why ?? ''] ?? 'incomplete');
    },
  },
  {
    form: /^Supplementary: (no staged visit was open|\S+ is not an option for \S+ on that day)\.$/,
    check: (_parts, exam) => expect(exam.verdict).toBe('supplementary'),
  },
  {
    form: new RegExp(
      `^(Too early|Interim): (\\S+) accepts exams from ${DATE} on, (\\d+) days? later\\.$`,
    ),
    check: ([what, , from = '', days], exam) => {
      expect(exam.verdict).toBe(what === 'Interim' ? 'interim' : 'too-early');
      expect(daysBetween(exam.date, from)).toBe(Number(days));
      expect(Number(days)).toBeGreaterThan(0);
    },
  },
  {
    form: /^Counts for (\S+), (?:on its target day|in its window, (\d+) days? (before|after) its target|(\d+) days? (before|after) its window)\.$/,
    check: ([key, days, side, outside], exam) => {
      expect(exam.visit).toBe(key);
      if (days !== undefined) {
        expect(exam.daysFromTarget).toBe(side === 'before' ? -Number(days) : Number(days));
      } else if (outside === undefined) expect(exam.daysFromTarget).toBe(0);
      else expect(Math.abs(exam.daysFromTarget ?? 0)).toBeGreaterThanOrEqual(Number(outside));
    },
  },
  {
    form: /^Only as a fallback: none of the visit's own modalities was possible\.$/,
    check: (_parts, exam) => expect(exam.verdict).toBe('counts'),
  },
  { form: /^Its report is awaited\.$/, check: (_parts, exam) => expect(exam.biRads).toBeNull() },
  {
    form: /^It fills (.+)\.$/,
    check: ([keys], exam) => expect(exam.lanes).toEqual(keys?.split(' and ')),
  },
  {
    form: /^Category from report (.+)\.$/,
    check: ([id], _exam, plan) =>
      expect(plan.events).toContainEqual(expect.objectContaining({ id, type: 'report' })),
  },
];

function readAloud<T>(
  text: string,
  readers: readonly Reader<T>[],
  line: T,
  plan: Plan,
  protocol: Protocol,
): void {
  for (const { form, check } of readers) {
    const match = form.exec(text);
    if (match === null) continue;
    check(match.slice(1), line, plan, protocol);
    return;
  }
  expect.fail(`no reader for: ${text}`);
}

function sentences(text: string): string[] {
  return text.split(/(?<=\.) (?=[A-Z])/);
}

/** Reads every sentence of a plan; each must be of a form that is known here, and true. */
function checkSentences(plan: Plan, protocol: Protocol): void {
  for (const visit of plan.visits) {
    const { arithmetic } = visit.because;
    expect(arithmetic.some((text) => text.startsWith('Target: '))).toBe(true);
    for (const text of arithmetic) readAloud(text, VISIT_READERS, visit, plan, protocol);
  }
  for (const line of plan.escalations) {
    for (const text of line.because.arithmetic) {
      readAloud(text, ESCALATION_READERS, line, plan, protocol);
    }
  }
  for (const exam of plan.exams) {
    for (const text of sentences(exam.reason)) {
      readAloud(text, EXAM_READERS, exam, plan, protocol);
    }
  }
}

describe.each(protocols().map((protocol) => ({ id: protocol.id, protocol })))(
  'the sentences of plans by $id',
  ({ protocol }) => {
    it('say what luxon counts, in every conformance case', () => {
      for (const { document } of CONFORMANCE) {
        checkSentences(planOf(document, document.asOf, protocol), protocol);
      }
    });
  },
);
