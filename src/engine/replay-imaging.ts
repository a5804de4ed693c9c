import type { Exam } from '../history/case-history.ts';
import type { ScheduledExam } from '../plan/schedule.ts';
import { answer, examAnswers, raise } from './escalations.ts';
import { examTriggers } from './exam-triggers.ts';
import { isDiagnostic, isOfThisBreast, judgeExam } from './exam-verdict.ts';
import { examWarnings } from './exam-warnings.ts';
import { fillLanes } from './lanes.ts';
import { endedByDeath, type ReplayState, warn } from './replay-state.ts';
import { considerUncountedExam, fillOpenVisit } from './staging.ts';

/** An exam gets its verdict, answers and raises escalations, and fills visits. schedule.md sections 3–5 and 7. */
export function replayImaging(state: ReplayState, exam: Exam): void {
  const { course, episode, constraints, protocol, end } = state;
  const { open } = course;
  const { verdict, limited } = judgeExam(exam, {
    episode,
    ended: end !== null,
    ablation: course.ablation.day,
    open,
    constraints,
    protocol,
  });

  if (isOfThisBreast(exam.laterality, episode) && exam.date > course.ablation.day) {
    answerWith(state, exam);
    raiseFrom(state, exam);
    if (isDiagnostic(exam)) course.diagnosticExams.push(exam);
  }

  let visit: string | null = null;
  if (verdict === 'counts') {
    visit = fillOpenVisit(course, exam, limited, protocol);
  } else {
    const { deferral } = course;
    const effect = considerUncountedExam(course, exam, verdict, protocol);
    if (effect === 'moved') lapseDeferral(state, deferral?.eventId, exam.id);
  }
  const fillsLanes =
    (verdict === 'counts' ||
      verdict === 'supplementary' ||
      verdict === 'too-early' ||
      verdict === 'interim') &&
    isDiagnostic(exam);
  const lanes = fillsLanes ? fillLanes(protocol, course.lanes, exam) : [];
  for (const note of examWarnings(exam, verdict, endedByDeath(state))) state.warnings.push(note);
  state.exams.push(examRecord(exam, verdict, limited, visit, open, lanes));
}

function examRecord(
  exam: Exam,
  verdict: ScheduledExam['verdict'],
  limited: boolean,
  visit: string | null,
  open: ReplayState['course']['open'],
  lanes: readonly string[],
): ScheduledExam {
  return {
    id: exam.id,
    date: exam.date,
    modality: exam.modality,
    biRads: exam.biRads ?? null,
    verdict,
    visit,
    against:
      open === null ? null : { key: open.key, window: open.window, acceptFrom: open.acceptFrom },
    limited,
    reportedBy: exam.reportedBy ?? null,
    lanes,
  };
}

function answerWith(state: ReplayState, exam: Exam): void {
  for (const escalation of state.escalations) {
    if (escalation.state === 'open' && examAnswers(exam, escalation)) answer(escalation, exam);
  }
}

function raiseFrom(state: ReplayState, exam: Exam): void {
  if (endedByDeath(state)) return;
  const { course, constraints, protocol } = state;
  const triggers = examTriggers(exam, course.diagnosticExams, constraints, protocol);
  if (triggers.length === 0) return;
  const escalation = raise(exam, triggers, course.number, protocol);
  const sameDay = course.diagnosticExams.find((earlier) => examAnswers(earlier, escalation));
  if (sameDay !== undefined) answer(escalation, sameDay);
  state.escalations.push(escalation);
}

/** A deferral of dates that were replaced lapses. schedule.md 3.8. */
export function lapseDeferral(
  state: ReplayState,
  deferral: string | undefined,
  causedBy: string,
): void {
  if (deferral === undefined) return;
  state.course.deferral = null;
  warn(
    state,
    'deferral-lapsed',
    deferral,
    `Deferral ${deferral} lapsed: ${causedBy} brought the visit forward to other dates.`,
  );
}
