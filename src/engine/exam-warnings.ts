import { isSuspicious } from '../domain/bi-rads.ts';
import type { Exam } from '../history/case-history.ts';
import type { Note, Verdict } from '../plan/schedule.ts';
import { isDiagnostic } from './exam-verdict.ts';

/** What an exam says that the schedule does not act on, so that nothing is swallowed. */
export function examWarnings(exam: Exam, verdict: Verdict, afterDeath: boolean): Note[] {
  const { id, biRads, findings } = exam;
  const suspicious = isSuspicious(biRads);
  const notes: Note[] = [];
  if (suspicious && verdict === 'other-breast') {
    notes.push({
      code: 'suspicious-in-other-breast',
      event: id,
      message: `Exam ${id} says BI-RADS ${biRads} of the other breast, which this episode does not follow: make sure that somebody does.`,
    });
  }
  if (suspicious && verdict === 'after-end' && afterDeath) {
    notes.push({
      code: 'suspicious-after-death',
      event: id,
      message: `Exam ${id} says BI-RADS ${biRads} after a recorded death: nothing is asked for. A death entered by mistake must be taken back by a correction.`,
    });
  }
  if (findings !== undefined && !isDiagnostic(exam)) {
    notes.push({
      code: 'findings-not-diagnostic',
      event: id,
      message: `Exam ${id} was not diagnostic: its findings ask for nothing and are compared with nothing.`,
    });
  }
  const unmentioned = exam.unmentionedFindings;
  if (unmentioned !== undefined && unmentioned.length > 0) {
    notes.push({
      code: 'findings-not-in-report',
      event: id,
      message: `Report ${exam.reportedBy ?? ''} replaces the findings of exam ${id} and says nothing of what was recorded before: ${unmentioned.join(', ')}. Ask the reader whether that still stands.`,
    });
  }
  const enhancement = findings?.enhancement;
  if (enhancement?.change !== undefined && !enhancement.present) {
    notes.push({
      code: 'change-without-enhancement',
      event: id,
      message: `Exam ${id} says that enhancement is ${enhancement.change} and, beside it, that none is present. A change to new or enlarging counts; ask the reader to confirm.`,
    });
  }
  return notes;
}
