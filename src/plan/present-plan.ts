import { addMonths, formatDay } from '../domain/civil-date.ts';
import type { Episode } from '../domain/episode.ts';
import type { CaseEvent, Contact } from '../domain/event.ts';
import { RULES, type RuleId } from '../domain/rule.ts';
import { assumptionsOf } from './assumptions.ts';
import { type RuleSupport, supportOf } from './citations.ts';
import { escalationArithmetic } from './escalation-arithmetic.ts';
import { examReason } from './exam-reason.ts';
import type {
  Because,
  JudgedExam,
  KnownContact,
  KnownEvent,
  Plan,
  PlannedEscalation,
  PlannedVisit,
} from './plan.ts';
import { PLAN_SCHEMA_VERSION } from './plan.ts';
import type { ProtocolFacts } from './protocol-facts.ts';
import type {
  Anchor,
  Note,
  Schedule,
  ScheduledEscalation,
  ScheduledExam,
  ScheduledVisit,
} from './schedule.ts';
import { visitArithmetic } from './visit-arithmetic.ts';

/** What a plan is made of. */
export interface PlanParts {
  readonly schedule: Schedule;
  readonly episode: Episode;
  /** The events that were known and stood, in order. */
  readonly known: readonly CaseEvent[];
  readonly protocol: ProtocolFacts;
}

/** Which texts to write. */
export interface PresentOptions {
  /** False leaves arithmetic, reasons and citations empty: dates alone are much faster. */
  readonly explain: boolean;
}

/** Tells a schedule in ISO dates and sentences. */
export function presentPlan(parts: PlanParts, options: PresentOptions): Plan {
  const { schedule, episode, known, protocol } = parts;
  const writer = new BecauseWriter(protocol, options.explain);
  const { horizonMonths, intervals } = protocol;
  const { ablation } = schedule;
  return {
    schemaVersion: PLAN_SCHEMA_VERSION,
    asOf: formatDay(schedule.asOf),
    episode: presentEpisode(episode),
    protocol: {
      id: protocol.id,
      version: protocol.version,
      title: protocol.title ?? protocol.id,
    },
    phase: schedule.phase,
    course: schedule.course,
    ablationDate: formatDay(ablation.day),
    horizon:
      intervals === undefined || horizonMonths === undefined
        ? null
        : formatDay(addMonths(ablation.day, horizonMonths)),
    category: schedule.category,
    categoryAssumed: schedule.categoryAssumed,
    tier: schedule.tier,
    tierFactors: schedule.tierFactors,
    suspendedUntil: schedule.suspendedUntil === null ? null : formatDay(schedule.suspendedUntil),
    endedBy: schedule.endedBy,
    visits: schedule.visits.map((visit) => presentVisit(visit, schedule, protocol, writer)),
    escalations: schedule.escalations.map((escalation) => presentEscalation(escalation, writer)),
    exams: schedule.exams.map(presentExam),
    assumptions: assumptionsOf(schedule, episode.assumedBiRads, protocol),
    warnings: [...schedule.warnings, ...visitWarnings(schedule)],
    contacts: known.filter((event) => event.type === 'contact').map(presentContact),
    events: known.map(presentEvent),
  };
}

function presentEpisode({ id, patientRef, laterality: side, ablation }: Episode): Plan['episode'] {
  const laterality = side ?? null;
  const ablationDate = formatDay(ablation.date);
  return patientRef === undefined
    ? { id, laterality, ablationDate }
    : { id, patientRef, laterality, ablationDate };
}

function presentContact({ id, date, method, outcome, item }: Contact): KnownContact {
  return { id, date: formatDay(date), method, outcome, item: item ?? null };
}

function presentEvent(event: CaseEvent): KnownEvent {
  const { id, type } = event;
  const date = formatDay(event.date);
  return type === 'report' || type === 'correction'
    ? { id, type, date, of: event.of }
    : { id, type, date };
}

/** Writes `because`: what many lines of a plan have in common is made once a plan. */
class BecauseWriter {
  readonly explain: boolean;
  readonly #protocol: ProtocolFacts;
  readonly #named: Because['protocol'];
  readonly #support = new Map<RuleId, RuleSupport>();
  #anchor: Anchor | null = null;
  #anchored: Because['anchor'] | null = null;

  constructor(protocol: ProtocolFacts, explain: boolean) {
    this.explain = explain;
    this.#protocol = protocol;
    this.#named = { id: protocol.id, version: protocol.version };
  }

  write(
    rule: RuleId,
    anchor: Anchor,
    causedBy: string | null,
    arithmetic: readonly string[],
  ): Because {
    const { reasons, citations } = this.explain ? this.#supportOf(rule) : NO_SUPPORT;
    return {
      rule,
      section: RULES[rule].section,
      protocol: this.#named,
      anchor: this.#anchorText(anchor),
      causedBy,
      arithmetic,
      reasons,
      citations,
    };
  }

  /** Neighbouring lines mostly count from the same anchor. */
  #anchorText(anchor: Anchor): Because['anchor'] {
    if (this.#anchored === null || this.#anchor !== anchor) {
      const { kind, eventId, day } = anchor;
      this.#anchor = anchor;
      this.#anchored = { kind, event: eventId, date: formatDay(day) };
    }
    return this.#anchored;
  }

  #supportOf(rule: RuleId): RuleSupport {
    const known = this.#support.get(rule);
    if (known !== undefined) return known;
    const support = supportOf(rule, this.#protocol);
    this.#support.set(rule, support);
    return support;
  }
}

const NO_SUPPORT: RuleSupport = { reasons: [], citations: [] };
const NO_ARITHMETIC: readonly string[] = [];

function presentVisit(
  visit: ScheduledVisit,
  schedule: Schedule,
  protocol: ProtocolFacts,
  writer: BecauseWriter,
): PlannedVisit {
  const { earliest, target, latest } = visit.window;
  const booking = schedule.bookings.get(visit.key);
  return {
    key: visit.key,
    kind: visit.kind,
    earliest: formatDay(earliest),
    target: formatDay(target),
    latest: formatDay(latest),
    modalities: visit.modalities,
    needsReview: visit.fallbackOnly,
    status: visit.status,
    booking:
      booking === undefined
        ? null
        : {
            event: booking.id,
            appointment: booking.appointment,
            ...(booking.location === undefined ? {} : { location: booking.location }),
          },
    deferral:
      visit.deferral === null
        ? null
        : { event: visit.deferral.eventId, until: formatDay(visit.deferral.until) },
    because: writer.write(
      visit.rule,
      visit.anchor,
      visit.causedBy,
      writer.explain
        ? [
            ...visitArithmetic(visit, protocol, schedule.ablation.day),
            ...statusSentences(visit, schedule),
          ]
        : NO_ARITHMETIC,
    ),
  };
}

function statusSentences(visit: ScheduledVisit, schedule: Schedule): string[] {
  const sentences: string[] = [];
  if (visit.status === 'on-hold') {
    const holding = schedule.escalations.filter(
      ({ status, action }) =>
        (status === 'open' || status === 'overdue') &&
        (action === 'biopsy' || action === 'treatment-referral'),
    );
    if (visit.kind !== 'lane' && holding.length > 0) {
      sentences.push(
        `On hold while ${holding.map(({ key }) => key).join(' and ')} ${holding.length === 1 ? 'is' : 'are'} open.`,
      );
    } else if (schedule.suspendedUntil !== null) {
      sentences.push(
        `On hold: surveillance is suspended until ${formatDay(schedule.suspendedUntil)}, that day included.`,
      );
    }
  }
  if (visit.fallbackOnly) {
    sentences.push(
      visit.kind === 'lane'
        ? 'None of the planned modalities is possible: needs review.'
        : 'No contrast-enhanced option: needs review.',
    );
  }
  return sentences;
}

function presentEscalation(
  escalation: ScheduledEscalation,
  writer: BecauseWriter,
): PlannedEscalation {
  const { key, action, modality, triggers, raisedOn, dueBy, status, answeredBy } = escalation;
  const decisive = triggers.find((trigger) => trigger.action === action);
  const anchor: Anchor = { kind: escalation.source, eventId: escalation.eventId, day: raisedOn };
  return {
    key,
    action,
    modality,
    triggers: triggers.map(({ id }) => id),
    raisedOn: formatDay(raisedOn),
    dueBy: formatDay(dueBy),
    status,
    answeredBy,
    conflict: escalation.conflict !== null,
    because: writer.write(
      decisive?.rule ?? 'escalation-by-finding',
      anchor,
      answeredBy ?? escalation.eventId,
      writer.explain ? escalationArithmetic(escalation) : NO_ARITHMETIC,
    ),
  };
}

function presentExam(exam: ScheduledExam): JudgedExam {
  const { id, modality, biRads, verdict, visit, lanes, against } = exam;
  return {
    id,
    date: formatDay(exam.date),
    modality,
    biRads,
    verdict,
    visit,
    lanes,
    reason: examReason(exam),
    daysFromTarget: against === null ? null : exam.date - against.window.target,
  };
}

const ASKS_FOR_REVIEW: ReadonlySet<string> = new Set(['not-yet-due', 'due', 'overdue', 'on-hold']);

function visitWarnings({ visits }: Schedule): Note[] {
  return visits
    .filter(({ fallbackOnly, status }) => fallbackOnly && ASKS_FOR_REVIEW.has(status))
    .map(({ key, modalities, kind }) => ({
      code: 'needs-review',
      message: `${key}: ${kind === 'lane' ? 'none of the planned modalities is possible' : 'no contrast-enhanced option'}${modalities.length === 0 ? ', and no fallback either' : ''}: needs review.`,
    }));
}
