import type { JudgedExam, Plan } from './plan.ts';

/** Exams that both plans know, which fill a visit of `plan` and none of `other`; as `plan` judges them. */
export function examsCountedOnlyIn(
  { exams }: Pick<Plan, 'exams'>,
  other: Pick<Plan, 'exams'>,
): readonly JudgedExam[] {
  const idle = new Set(other.exams.filter((exam) => !fillsAVisit(exam)).map(({ id }) => id));
  return exams.filter((exam) => fillsAVisit(exam) && idle.has(exam.id));
}

function fillsAVisit({ visit, lanes }: JudgedExam): boolean {
  return visit !== null || lanes.length > 0;
}
