import type { CaseEvent, Imaging } from '../../domain/event.ts';
import type { Plan } from '../../plan/plan.ts';

/** An exam and what it joins. */
interface JoiningExam {
  readonly exam: Imaging;
  /** The events that stand before it. */
  readonly before: readonly CaseEvent[];
  /** The plan with these events. */
  readonly planOf: (events: readonly CaseEvent[]) => Plan;
}

/**
 * Says that an exam of this modality, side and day is there already, whatever its category: a report
 * that came was most often meant. `undefined`: there is none.
 */
export function examOfSameDay({ exam, before, planOf }: JoiningExam): string | undefined {
  const alike = before.filter(
    (other): other is Imaging =>
      other.type === 'imaging' && other.date === exam.date && other.modality === exam.modality,
  );
  if (alike.length === 0) return undefined;
  const plan = planOf(before);
  const own = plan.episode.laterality ?? undefined;
  const twin = alike.find((other) => showSameSide(other.laterality ?? own, exam.laterality ?? own));
  if (twin === undefined) return undefined;
  const biRads = plan.exams.find(({ id }) => id === twin.id)?.biRads ?? null;
  const there = `${exam.modality} of this day is recorded already`;
  return biRads === null
    ? `${there} (${twin.id}), and its report is awaited: record a report of it instead?`
    : `${there} (${twin.id}, BI-RADS ${biRads}): is this a second exam?`;
}

/** A side that nobody told may be any. */
function showSameSide(a: Imaging['laterality'], b: Imaging['laterality']): boolean {
  return a === b || [a, b].some((side) => side === undefined || side === 'bilateral');
}
