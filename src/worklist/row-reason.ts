import { capitalised } from '../domain/capitalised.ts';
import { formatDay } from '../domain/civil-date.ts';
import { counted } from '../domain/counted.ts';
import { holdsVisits } from '../domain/escalation-action.ts';
import { actionInWords, causeOfEscalation } from '../domain/escalation-words.ts';
import { listInWords } from '../domain/list-in-words.ts';
import type { RuleId } from '../domain/rule.ts';
import type { Plan, PlannedEscalation, PlannedVisit } from '../plan/plan.ts';
import type { Bucket } from '../plan/worklist-buckets.ts';
import { isUnanswered } from './open-items.ts';
import { planDay } from './plan-day.ts';
import type { VisitDays } from './visit-bucket.ts';

/** Why an item is in its bucket: one sentence and the rule behind it. */
export interface RowReason {
  readonly sentence: string;
  readonly rule: RuleId;
  /** Last day of what makes the item wait, `YYYY-MM-DD`; null where nothing does. */
  readonly until: string | null;
}

/** Why an escalation is open, and what it asks for. */
export function escalationReason(plan: Plan, escalation: PlannedEscalation): RowReason {
  const { dueBy, conflict, because } = escalation;
  const days = planDay(plan.asOf) - planDay(dueBy);
  const when = days > 0 ? `${counted(days, 'day')} ago` : `${counted(-days, 'day')} left`;
  const notes = [
    ...(conflict ? ['beside BI-RADS 1–3, so a radiologist must confirm it'] : []),
    ...(plan.endedBy === null ? [] : [`although the surveillance has ended`]),
  ];
  return {
    sentence: `${capitalised(causeOfEscalation(escalation, plan))}: ${actionInWords(escalation)} by ${dueBy}, ${when}${notes.map((note) => `, ${note}`).join('')}.`,
    rule: because.rule,
    until: null,
  };
}

/** Why a visit is in its bucket. */
export function visitReason(
  plan: Plan,
  visit: PlannedVisit,
  bucket: Bucket,
  days: VisitDays,
): RowReason {
  const asOf = planDay(plan.asOf);
  const { because, earliest, latest } = visit;
  const { appointment } = days;
  const own = (sentence: string): RowReason => ({
    sentence: `${sentence}${appointmentClause(bucket, days, asOf)}.`,
    rule: because.rule,
    until: null,
  });
  switch (bucket) {
    case 'on-hold': {
      const { sentence, rule, until } = holdReason(plan, visit);
      const ended = asOf > days.latest ? `; its window ended on ${latest}` : '';
      return {
        sentence: `${sentence}${ended}${appointmentClause(bucket, days, asOf)}.`,
        rule,
        until,
      };
    }
    case 'overdue':
      return own(
        `The window ended on ${latest}, ${counted(asOf - days.latest, 'day')} ago, and nothing has closed the visit`,
      );
    case 'booked':
      return own(
        `Booked for ${formatDay(appointment ?? asOf)}, inside the window of ${earliest} to ${latest}`,
      );
    case 'deferred':
      return {
        sentence: `Deferred until ${latest}, ${counted(days.latest - asOf, 'day')} left${appointmentClause(bucket, days, asOf)}.`,
        rule: 'deferral',
        until: latest,
      };
    case 'due': {
      const deferred = days.deferredUntil === null ? '' : ' (deferred)';
      return own(
        `The window is open until ${latest}${deferred}, ${counted(days.latest - asOf, 'day')} left`,
      );
    }
    default:
      return own(`The window opens on ${earliest}, in ${counted(days.earliest - asOf, 'day')}`);
  }
}

/** What an appointment that does not settle the visit means for it. */
function appointmentClause(
  bucket: Bucket,
  { appointment, earliest, latest }: VisitDays,
  asOf: number,
): string {
  if (appointment === null || bucket === 'booked') return '';
  const day = formatDay(appointment);
  if (appointment < asOf) return `; the appointment on ${day} has passed without filling it`;
  if (appointment < earliest) return `; the appointment on ${day} lies before the window`;
  if (appointment > latest) return `; the appointment on ${day} lies after the window`;
  return `; the appointment on ${day} stands, and should be looked at`;
}

/** By what a visit is held, and until when: escalations hold staged visits, a suspension holds all. */
function holdReason(plan: Plan, visit: PlannedVisit): RowReason {
  const holding =
    visit.kind === 'lane'
      ? []
      : plan.escalations.filter((item) => isUnanswered(item) && holdsVisits(item.action));
  const { suspendedUntil } = plan;
  const answers = holding.map((item) => `${actionInWords(item)} by ${item.dueBy}`);
  const causes = [
    ...(holding.length === 0 ? [] : [`an answer is awaited (${answers.join('; ')})`]),
    ...(suspendedUntil === null
      ? []
      : [`surveillance is suspended until ${suspendedUntil}, that day included`]),
  ];
  const ends = [
    ...holding.map(({ dueBy }) => dueBy),
    ...(suspendedUntil === null ? [] : [suspendedUntil]),
  ].sort();
  return {
    sentence: `On hold while ${listInWords(causes, 'and')}`,
    rule: holding.length > 0 ? 'hold' : 'suspension',
    until: ends.at(-1) ?? null,
  };
}

/** Which facts are missing, and what they could do. */
export function factsReason(plan: Plan, facts: readonly string[]): RowReason {
  const are =
    facts.length === 1
      ? 'is not recorded and could raise'
      : 'are not recorded and could each raise';
  return {
    sentence: `${listInWords(facts, 'and')} ${are} the tier above ${plan.tier}.`,
    rule: 'risk-tier',
    until: null,
  };
}

/** That nothing is left to do, and nobody has said so. */
export function noVisitLeftReason(): RowReason {
  return {
    sentence:
      'No visit is left and nothing has ended the surveillance: close the episode, or decide how it goes on.',
    rule: 'horizon',
    until: null,
  };
}
