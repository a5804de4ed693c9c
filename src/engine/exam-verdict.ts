import type { Day } from '../domain/civil-date.ts';
import type { Episode } from '../domain/episode.ts';
import type { Constraint } from '../domain/event.ts';
import type { Modality } from '../domain/modality.ts';
import type { Exam } from '../history/case-history.ts';
import type { Verdict } from '../plan/schedule.ts';
import type { Protocol } from '../protocol/protocol-schema.ts';
import type { StagedVisit } from './course.ts';
import { modalityOptions } from './modality-options.ts';

/** The situation on the day of an exam. */
export interface ExamContext {
  readonly episode: Episode;
  readonly ended: boolean;
  /** The current course's ablation. */
  readonly ablation: Day;
  readonly open: StagedVisit | null;
  readonly constraints: readonly Constraint[];
  readonly protocol: Protocol;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** Qualifies only because none of the visit's own modalities was possible that day. */
  readonly limited: boolean;
}

/** Whether imaging shows the episode's breast. */
export function isOfThisBreast(
  laterality: Exam['laterality'] | undefined,
  episode: Episode,
): boolean {
  return (
    laterality === undefined || laterality === 'bilateral' || laterality === episode.laterality
  );
}

export function isDiagnostic(exam: Exam): boolean {
  return exam.quality !== 'non-diagnostic';
}

/** The modalities that the protocol lists for a staged visit. */
export function plannedModalities(
  kind: StagedVisit['kind'],
  protocol: Protocol,
): readonly Modality[] {
  return (kind === 'baseline' ? protocol.baseline : protocol.intervals)?.modalities ?? [];
}

function judged(verdict: Verdict, limited = false): Judgement {
  return { verdict, limited };
}

/** Did the exam count? The first verdict that applies, in the order of schedule.md section 4. */
export function judgeExam(exam: Exam, context: ExamContext): Judgement {
  const { open, protocol, episode } = context;
  if (context.ended) return judged('after-end');
  if (!isOfThisBreast(exam.laterality, episode)) return judged('other-breast');
  if (exam.date <= context.ablation) return judged('before-ablation');
  if (!isDiagnostic(exam) || exam.biRads === '0') return judged('incomplete');
  if (open === null) return judged('supplementary');
  const planned = plannedModalities(open.kind, protocol);
  const listed = planned.includes(exam.modality);
  if (!listed) {
    const options = modalityOptions(planned, exam.date, context.constraints, protocol);
    if (!options.modalities.includes(exam.modality)) return judged('supplementary');
  }
  if (exam.date < open.acceptFrom) {
    return judged(open.kind === 'baseline' ? 'too-early' : 'interim');
  }
  return judged('counts', !listed);
}
