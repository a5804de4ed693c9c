import { causeOfEscalation } from '../domain/escalation-words.ts';
import { listInWords } from '../domain/list-in-words.ts';
import { keysInWords, visitInWords } from '../domain/visit-words.ts';
import type {
  Because,
  Citation,
  JudgedExam,
  Plan,
  PlannedEscalation,
  PlannedVisit,
} from '../plan/plan.ts';
import type { Note } from '../plan/schedule.ts';
import { appointmentInWords } from './appointment-words.ts';
import {
  actionInWords,
  anchorInWords,
  breastInWords,
  categoryInWords,
  escalationStatusInWords,
  isAhead,
  isUnanswered,
  modalitiesInWords,
  spaced,
  visitStatusInWords,
} from './plan-words.ts';
import {
  padded,
  styled,
  type TerminalOptions,
  type TerminalStyle,
  wrapped,
} from './terminal-text.ts';

/** From this width on each line is followed by why it is so. */
const WIDTH_WITH_REASONS = 80;
const NARROWEST = 20;
/** Wider lines are hard to read, whatever the terminal. */
const WIDEST = 120;
const DETAIL = '      ';
const DATE_HEADS = 'earliest    target      latest      ';
/** Columns that a visit's key may take beside its dates and status. */
const WIDEST_KEY = 20;

/**
 * Some plans as text for a terminal: unanswered escalations first, then the visits that are ahead,
 * the exams with their verdicts, what was done before, assumptions and warnings. Readable from 60
 * columns on; from 80 columns each line is followed by its arithmetic and its rule with
 * numbered sources, which stand at the end. Stored text
 * cannot reach the terminal's controls.
 */
export function toTable(plans: readonly Plan[], options: TerminalOptions): string {
  return plans.map((plan) => planTable(plan, options)).join('\n');
}

function planTable(plan: Plan, options: TerminalOptions): string {
  const page = new Page({
    ...options,
    width: Math.min(WIDEST, Math.max(NARROWEST, Math.floor(options.width))),
  });
  const waiting = plan.escalations.filter(isUnanswered);
  const answered = plan.escalations.filter((escalation) => !isUnanswered(escalation));
  const ahead = plan.visits.filter(isAhead);
  const past = plan.visits.filter((visit) => !isAhead(visit));

  writeHead(page, plan);
  page.section('Escalations', waiting, (item) => writeEscalation(page, item, plan), 'alarm');
  page.heading('Visits');
  if (ahead.length === 0) page.text('No visit is planned.');
  else writeVisits(page, ahead, plan);
  page.section('Exams', plan.exams, (exam) => writeExam(page, exam, plan));
  if (past.length > 0) {
    page.heading('Earlier visits');
    writeVisits(page, past, plan);
  }
  page.section('Answered escalations', answered, (item) => writeEscalation(page, item, plan));
  page.section('Warnings', plan.warnings, (note) => writeNote(page, note, plan), 'notice');
  page.section('Assumed, because not recorded', groupedNotes(plan.assumptions), (note) =>
    writeNote(page, note, plan),
  );
  page.section('Sources', page.citations, ({ number, citation }) =>
    page.text(`${citation.citation} (${spaced(citation.certainty)})`, `  [${number}] `),
  );
  return page.toString();
}

interface NumberedCitation {
  readonly number: number;
  readonly citation: Citation;
}

/** Lines of a page, each at most as wide as the terminal. */
class Page {
  readonly #lines: string[] = [];
  readonly #citations = new Map<string, NumberedCitation>();
  readonly options: TerminalOptions;

  constructor(options: TerminalOptions) {
    this.options = options;
  }

  get explains(): boolean {
    return this.options.width >= WIDTH_WITH_REASONS;
  }

  /** The sources that were referred to, in the order of their numbers. */
  get citations(): readonly NumberedCitation[] {
    return [...this.#citations.values()];
  }

  /** The number of a source on this page; the same source keeps it. */
  numberOf(citation: Citation): number {
    const known = this.#citations.get(citation.source);
    if (known !== undefined) return known.number;
    const number = this.#citations.size + 1;
    this.#citations.set(citation.source, { number, citation });
    return number;
  }

  heading(title: string, style: TerminalStyle = 'strong'): void {
    this.#lines.push('');
    this.text(title.toUpperCase(), '', style);
  }

  section<T>(
    title: string,
    items: readonly T[],
    write: (item: T) => void,
    style: TerminalStyle = 'strong',
  ): void {
    if (items.length === 0) return;
    this.heading(title, style);
    for (const item of items) write(item);
  }

  text(text: string, first = '  ', style?: TerminalStyle): void {
    for (const line of wrapped(text, this.options.width, first)) {
      this.#lines.push(style === undefined ? line : styled(line, style, this.options));
    }
  }

  /** A line whose columns must stay aligned; its parts fit by design. */
  line(text: string, style?: TerminalStyle): void {
    this.#lines.push(style === undefined ? text : styled(text, style, this.options));
  }

  toString(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}

function writeHead(page: Page, plan: Plan): void {
  const { episode, protocol, tierFactors } = plan;
  const who = episode.patientRef === undefined ? '' : `, patient ${episode.patientRef}`;
  page.text(
    `Episode ${episode.id}${who}, ${breastInWords(plan)}, as of ${plan.asOf}`,
    '',
    'strong',
  );
  const rows: readonly (readonly [string, string])[] = [
    [
      'Phase',
      spaced(plan.phase) + (plan.suspendedUntil === null ? '' : ` until ${plan.suspendedUntil}`),
    ],
    ['Ablation', plan.ablationDate + (plan.course === 1 ? '' : ` (course ${plan.course})`)],
    ['Category', categoryInWords(plan)],
    [
      'Tier',
      plan.tier + (tierFactors.length === 0 ? '' : `: ${tierFactors.map(spaced).join(', ')}`),
    ],
    ['Protocol', `${protocol.id} ${protocol.version} (${protocol.title})`],
  ];
  for (const [name, value] of rows) page.text(value, padded(name, 10));
}

function writeEscalation(page: Page, escalation: PlannedEscalation, plan: Plan): void {
  const { key, dueBy, conflict, because } = escalation;
  const style = escalation.status === 'overdue' ? 'alarm' : undefined;
  page.text(
    `${actionInWords(escalation)} by ${dueBy}: ${escalationStatusInWords(escalation, plan.asOf)}`,
    isUnanswered(escalation) ? '! ' : '- ',
    style,
  );
  page.text(`${key}, raised by ${causeOfEscalation(escalation, plan)}`, DETAIL);
  if (conflict)
    page.text('A finding beside BI-RADS 1-3: to be confirmed by a radiologist.', DETAIL);
  writeBecause(page, because, plan);
}

function writeVisits(page: Page, visits: readonly PlannedVisit[], plan: Plan): void {
  const keyColumns = Math.max(5, ...plan.visits.map(({ key }) => key.length)) + 2;
  const aligned = page.explains && keyColumns <= WIDEST_KEY;
  if (aligned) page.line(`  ${padded('visit', keyColumns)}${DATE_HEADS}status`, 'dim');
  for (const visit of visits) {
    const { key, earliest, target, latest, status } = visit;
    const style = status === 'overdue' ? 'alarm' : status === 'due' ? 'strong' : undefined;
    const state = visitStatusInWords(visit, plan.asOf);
    if (aligned) {
      page.line(`  ${padded(key, keyColumns)}${earliest}  ${target}  ${latest}  ${state}`, style);
      page.text(`${visitInWords(key)}; ${possibilities(visit)}`, DETAIL);
    } else {
      page.text(`${visitInWords(key)} (${key}): ${state}`, '  ', style);
      page.text(`${earliest} to ${latest}, target ${target}`, DETAIL);
      page.text(possibilities(visit), DETAIL);
    }
    writeBecause(page, visit.because, plan);
  }
}

function possibilities(visit: PlannedVisit): string {
  const { booking, needsReview } = visit;
  const where = booking?.location === undefined ? '' : `, ${booking.location}`;
  return [
    modalitiesInWords(visit),
    ...(needsReview ? ['needs review'] : []),
    ...(booking === null ? [] : [`booked: ${appointmentInWords(booking.appointment)}${where}`]),
  ].join('; ');
}

function writeExam(page: Page, exam: JudgedExam, plan: Plan): void {
  const { id, date, modality, biRads, verdict, visit, lanes, reason } = exam;
  const category = biRads === null ? 'report awaited' : `BI-RADS ${biRads}`;
  const filled = [...(visit === null ? [] : [visit]), ...lanes];
  const fills = filled.length === 0 ? '' : ` for ${listInWords(filled.map(visitInWords), 'and')}`;
  page.text(`${date}  ${modality}, ${category}: ${spaced(verdict)}${fills} (${id})`);
  page.text(keysInWords(reason, plan), DETAIL);
}

/** The line's reasons: what was counted from what, by which rule, and how sure its sources make it. */
function writeBecause(page: Page, because: Because, plan: Plan): void {
  if (!page.explains) return;
  const { arithmetic, causedBy } = because;
  page.text(
    arithmetic.length > 0
      ? keysInWords(arithmetic.join(' '), plan)
      : `Counted from ${anchorInWords(because)}.`,
    `${DETAIL}why: `,
    'dim',
  );
  const sources = because.citations.map((citation) => page.numberOf(citation));
  page.text(
    [
      `${because.rule} (${because.section})${sources.length === 0 ? '' : ` [${sources.join(', ')}]`}`,
      ...(causedBy === null ? [] : [`by event ${causedBy}`]),
    ].join('; '),
    `${DETAIL}rule: `,
    'dim',
  );
}

/** The facts that are not recorded on one line; the plan has a note for each. */
function groupedNotes(notes: readonly Note[]): readonly Note[] {
  const facts = notes.flatMap(({ fact }) => fact ?? []);
  if (facts.length < 2) return notes;
  return [
    ...notes.filter(({ fact }) => fact === undefined),
    {
      code: 'facts-not-recorded',
      message: `Not recorded, and each could have raised the tier: ${facts.join(', ')}.`,
    },
  ];
}

function writeNote(page: Page, { message, event }: Note, plan: Plan): void {
  const told = keysInWords(message, plan);
  page.text(event === undefined ? told : `${told} (${event})`, '  - ');
}
