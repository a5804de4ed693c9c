import { eventTypeInWords } from '../domain/event-type-words.ts';
import { keysInWords, visitInWords } from '../domain/visit-words.ts';
import { examsCountedOnlyIn } from '../plan/exams-counted-only-in.ts';
import type { JudgedExam, Plan, PlannedEscalation, PlannedVisit } from '../plan/plan.ts';
import type { Cause, LineChange, LineDiff, PlanDiff } from '../plan/plan-diff.ts';
import { appointmentInWords } from './appointment-words.ts';
import { withDates } from './html-dates.ts';
import { html, type Markup } from './markup.ts';
import {
  actionInWords,
  breastInWords,
  categoryInWords,
  escalationStatusInWords,
  modalitiesInWords,
  spaced,
  visitStatusInWords,
} from './plan-words.ts';

/** The difference of two plans: the head first, then exams read otherwise, escalations and visits, each with its cause. `home`: the clinic's zone. */
export function planDifference(before: Plan, diff: PlanDiff, home?: string): Markup {
  const after: Plan = { ...before, ...diff.header };
  const rows = [
    ...headRows(before, after),
    ...examRows('no longer counts', examsCountedOnlyIn(before, after), before, diff),
    ...examRows('counts now', examsCountedOnlyIn(after, before), before, diff),
    ...lineRows(diff.escalations, actionInWords, escalationText(after.asOf)),
    ...lineRows(diff.visits, ({ key }) => visitInWords(key), visitText(after.asOf, home)),
  ];
  if (rows.length === 0)
    return html`<p>The plan stays as it is.</p>
`;
  return html`<table class="stacks">
<thead><tr><th scope="col">Line</th><th scope="col">What happens</th><th scope="col">Before</th><th scope="col">After</th><th scope="col">Because of</th></tr></thead>
<tbody>
${rows.map(row)}</tbody>
</table>
`;
}

interface Row {
  readonly line: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly cause: string;
}

function row({ line, what, before, after, cause }: Row): Markup {
  return html`<tr><th scope="row">${line}</th><td data-label="What happens">${what}</td>${cell('Before', before, (text) => html`<del>${text}</del>`)}${cell('After', after, (text) => html`<ins>${text}</ins>`)}${cell('Because of', cause, (text) => text)}</tr>
`;
}

/** A cell that says nothing keeps its place in a row, and has none where rows are stacked. */
function cell(label: string, text: string, shown: (text: Markup) => Markup): Markup {
  return text === ''
    ? html`<td class="none">–</td>`
    : html`<td data-label="${label}">${shown(withDates(text))}</td>`;
}

/** What the head of a plan says; a change of it has no cause of its own. */
const HEAD: Readonly<Record<string, (plan: Plan) => string>> = {
  Breast: breastInWords,
  Ablation: ({ ablationDate }) => ablationDate,
  Phase: ({ phase }) => spaced(phase),
  Course: ({ course }) => String(course),
  Category: categoryInWords,
  'Risk tier': ({ tier, tierFactors }) =>
    [tier, tierFactors.map(spaced).join(', ')].filter(Boolean).join(': '),
  Protocol: ({ protocol }) => `${protocol.id} ${protocol.version}`,
};

function headRows(before: Plan, after: Plan): Row[] {
  return Object.entries(HEAD).flatMap(([line, text]) => {
    const [was, now] = [text(before), text(after)];
    return was === now ? [] : [{ line, what: 'changes', before: was, after: now, cause: '' }];
  });
}

/** The reasons of both plans. A new exam is no row: nothing of it was read before. */
function examRows(
  what: string,
  exams: readonly JudgedExam[],
  before: Plan,
  { header, visits, escalations }: PlanDiff,
): Row[] {
  const keyed = (order: readonly string[]) => order.map((key) => ({ key }));
  const keys = { visits: keyed(visits.order), escalations: keyed(escalations.order) };
  const reasonIn = (list: readonly JudgedExam[], exam: string) =>
    list.find(({ id }) => id === exam)?.reason ?? '';
  return exams.map(({ id, date }) => ({
    line: `exam ${id} of ${date}`,
    what,
    before: keysInWords(reasonIn(before.exams, id), before),
    after: keysInWords(reasonIn(header.exams ?? before.exams, id), keys),
    cause: '',
  }));
}

function lineRows<T>(
  diff: LineDiff<T>,
  name: (line: T) => string,
  text: (line: T) => string,
): Row[] {
  const rows = (what: string, changes: readonly LineChange<T>[]) =>
    changes.flatMap(({ before, after, cause }) => {
      const line = after ?? before;
      return line === null
        ? []
        : [
            {
              line: name(line),
              what,
              before: before === null ? '' : text(before),
              after: after === null ? '' : text(after),
              cause: planCauseInWords(cause),
            },
          ];
    });
  return [
    ...rows('is added', diff.added),
    ...rows('moves', diff.moved),
    ...rows('changes', diff.changed),
    ...rows('falls away', diff.cancelled),
  ];
}

function visitText(asOf: string, home: string | undefined) {
  return (visit: PlannedVisit) => {
    const { earliest, target, latest, booking } = visit;
    const booked =
      booking === null ? '' : `; booked: ${appointmentInWords(booking.appointment, home)}`;
    return `${target} (${earliest} to ${latest}), ${modalitiesInWords(visit)}, ${visitStatusInWords(visit, asOf)}${booked}`;
  };
}

function escalationText(asOf: string) {
  return (escalation: PlannedEscalation) =>
    `${actionInWords(escalation)} by ${escalation.dueBy}, ${escalationStatusInWords(escalation, asOf)}`;
}

/** What brought a change of a line about. */
function planCauseInWords(cause: Cause): string {
  switch (cause.kind) {
    case 'event':
      return `${eventTypeInWords(cause.type)} ${cause.event} of ${cause.date}`;
    case 'event-removed':
      return `${eventTypeInWords(cause.type)} ${cause.event} of ${cause.date}, taken back`;
    case 'protocol':
      return `protocol ${cause.to} instead of ${cause.from}`;
    case 'as-of':
      return `the day: ${cause.from} to ${cause.to}`;
    case 'facts':
      return 'the facts of the episode';
  }
}
