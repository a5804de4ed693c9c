import type { JudgedExam } from '../../plan/plan.ts';
import type { Recorded } from './record-events.ts';

/** Exams of a recording that fill no visit: whoever typed a wrong year sees it here. */
export function examsNotCounted({ after, events }: Recorded): readonly JudgedExam[] {
  const recorded = new Set(events.map(({ id }) => id));
  return after.exams.filter(({ id, verdict }) => recorded.has(id) && verdict !== 'counts');
}
