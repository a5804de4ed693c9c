import { actionInWords } from '../../domain/escalation-words.ts';
import { eventTypeInWords } from '../../domain/event-type-words.ts';
import type { Plan, PlannedEscalation, PlannedVisit } from '../../plan/plan.ts';
import type { Cause, LineChange, LineDiff, PlanDiff, PlanHeader } from '../../plan/plan-diff.ts';
import type { Sink } from '../surroundings.ts';
import { wrapped } from './wrapped-text.ts';

function causeText(cause: Cause): string {
  switch (cause.kind) {
    case 'event':
      return `the ${eventTypeInWords(cause.type)} ${cause.event} of ${cause.date}`;
    case 'event-removed':
      return `the ${eventTypeInWords(cause.type)} ${cause.event} of ${cause.date}, which is gone`;
    case 'protocol':
      return `protocol ${cause.from} → ${cause.to}`;
    case 'as-of':
      return `the day: ${cause.from} → ${cause.to}`;
    case 'facts':
      return 'other facts of the case';
  }
}

function visitText({ earliest, target, latest, status, modalities }: PlannedVisit): string {
  const possible = modalities.join(' or ') || 'no modality possible';
  return `${target} (${earliest} to ${latest}), ${possible}, ${status.replaceAll('-', ' ')}`;
}

function escalationText(escalation: PlannedEscalation): string {
  const { dueBy, status } = escalation;
  return `${actionInWords(escalation)}, due by ${dueBy}, ${status}`;
}

function changeText<T>(mark: string, change: LineChange<T>, text: (line: T) => string): string {
  const { key, before, after, rule, cause } = change;
  const then = before === null ? '' : text(before);
  const now = after === null ? '' : text(after);
  const what = then === '' || now === '' ? `${then}${now}` : `${then} → ${now}`;
  return `${mark} ${key}: ${what} [${rule}; ${causeText(cause)}]`;
}

function linesText<T>(diff: LineDiff<T>, text: (line: T) => string): string[] {
  return [
    ...diff.added.map((change) => changeText('added    ', change, text)),
    ...diff.moved.map((change) => changeText('moved    ', change, text)),
    ...diff.changed.map((change) => changeText('changed  ', change, text)),
    ...diff.cancelled.map((change) => changeText('cancelled', change, text)),
    ...keysText('unchanged', diff.unchanged),
    ...keysText(
      'unchanged but for the reason:',
      diff.restated.map(({ key }) => key),
    ),
  ];
}

function keysText(mark: string, keys: readonly string[]): string[] {
  return keys.length === 0 ? [] : [`${mark} ${keys.join(', ')}`];
}

/** What the head of a plan says, by its name in the text. */
const HEAD: Readonly<Record<string, (header: PlanHeader) => string>> = {
  phase: ({ phase }) => phase,
  course: ({ course }) => String(course),
  category: ({ category, categoryAssumed }) => `${category}${categoryAssumed ? ' (assumed)' : ''}`,
  tier: ({ tier }) => tier,
  protocol: ({ protocol }) => `${protocol.id} ${protocol.version}`,
};

function headTexts(before: Plan, diff: PlanDiff): string[] {
  const after = { ...before, ...diff.header };
  return Object.entries(HEAD)
    .map(([name, text]) => ({ name, was: text(before), now: text(after) }))
    .filter(({ was, now }) => was !== now)
    .map(({ name, was, now }) => `${name.padEnd('unchanged'.length)} ${was} → ${now}`);
}

/** A difference for people: escalations first, each line with its rule and cause. */
export function diffText(before: Plan, diff: PlanDiff, sink: Sink): string {
  const lines = [
    `Episode ${diff.episode}, as of ${diff.asOf.from} → ${diff.asOf.to}`,
    ...headTexts(before, diff),
    ...linesText(diff.escalations, escalationText),
    ...linesText(diff.visits, visitText),
  ];
  return lines.map((line) => wrapped(line, sink, 0, 'unchanged '.length)).join('');
}
