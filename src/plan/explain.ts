import { didYouMean } from '../domain/did-you-mean.ts';
import { actionInWords } from '../domain/escalation-words.ts';
import { eventTypeInWords } from '../domain/event-type-words.ts';
import { failure, type Outcome, showFound, success } from '../domain/problem.ts';
import { RULES } from '../domain/rule.ts';
import { keysInWords, visitInWords } from '../domain/visit-words.ts';
import type { Because, JudgedExam, Plan, PlannedEscalation, PlannedVisit } from './plan.ts';

/** The answer to "why then?": a headline, then one plain sentence a line. */
export interface Explanation {
  readonly key: string;
  readonly headline: string;
  readonly sentences: readonly string[];
}

/**
 * Explains one line of a plan: a visit (`a1.interval-2`), an escalation (`esc.x1`) or an exam
 * (its event id). An unknown key is a problem that names what is there.
 */
export function explain(plan: Plan, key: string): Outcome<Explanation> {
  const visit = plan.visits.find((line) => line.key === key);
  if (visit !== undefined) return success(explainVisit(plan, visit));
  const escalation = plan.escalations.find((line) => line.key === key);
  if (escalation !== undefined) return success(explainEscalation(plan, escalation));
  const exam = plan.exams.find((line) => line.id === key);
  if (exam !== undefined) return success(explainExam(plan, exam));
  const keys = [...plan.visits, ...plan.escalations]
    .map((line) => line.key)
    .concat(plan.exams.map(({ id }) => id));
  const meant = didYouMean(key, keys);
  return failure({
    path: '',
    message: 'the plan has no such line',
    found: showFound(key),
    allowed: keys.join(', '),
    ...(meant === undefined ? {} : { mend: `did you mean ${meant}?` }),
  });
}

function explainVisit(plan: Plan, visit: PlannedVisit): Explanation {
  const modalities = visit.modalities.join(' or ') || 'no modality possible';
  return {
    key: visit.key,
    headline: `${visit.key}: ${visitInWords(visit.key)}, ${visit.target} (${visit.earliest} to ${visit.latest}), ${modalities}, ${spaced(visit.status)}.`,
    sentences: [
      ...visit.because.arithmetic.map((sentence) => keysInWords(sentence, plan)),
      ...(visit.booking === null ? [] : [`Booked: ${visit.booking.appointment}.`]),
      ...(visit.because.causedBy === null ? [] : [causedBySentence(plan, visit.because.causedBy)]),
      ...supportSentences(visit.because),
    ],
  };
}

function explainEscalation(plan: Plan, escalation: PlannedEscalation): Explanation {
  const { key, status, dueBy } = escalation;
  return {
    key,
    headline: `${key}: ${actionInWords(escalation)}, due by ${dueBy}, ${status} as of ${plan.asOf}.`,
    sentences: [
      ...escalation.because.arithmetic.map((sentence) => keysInWords(sentence, plan)),
      ...supportSentences(escalation.because),
    ],
  };
}

function explainExam(plan: Plan, exam: JudgedExam): Explanation {
  const category = exam.biRads === null ? 'report awaited' : `BI-RADS ${exam.biRads}`;
  const { section, says } = RULES.verdict;
  return {
    key: exam.id,
    headline: `${exam.id}: ${exam.modality} on ${exam.date}, ${category}: ${spaced(exam.verdict)}.`,
    sentences: [
      keysInWords(exam.reason, plan),
      `Rule verdict (section ${section}), protocol ${plan.protocol.id} ${plan.protocol.version}: ${says}`,
    ],
  };
}

/** `not-yet-due` as words. */
function spaced(id: string): string {
  return id.replaceAll('-', ' ');
}

function causedBySentence(plan: Plan, id: string): string {
  const event = plan.events.find((known) => known.id === id);
  return event === undefined
    ? `Last changed by ${id}.`
    : `Last changed by the ${eventTypeInWords(event.type)} ${event.id} of ${event.date}.`;
}

function supportSentences({ rule, section, protocol, reasons, citations }: Because): string[] {
  return [
    `Rule ${rule} (section ${section}), protocol ${protocol.id} ${protocol.version}: ${RULES[rule].says}`,
    ...reasons.map((reason) => `Reason: ${reason}`),
    ...citations.map(
      ({ citation, certainty, note }) =>
        `Source (${spaced(certainty)}): ${citation}${citation.endsWith('.') ? '' : '.'}${note === undefined ? '' : ` ${note}`}`,
    ),
  ];
}
