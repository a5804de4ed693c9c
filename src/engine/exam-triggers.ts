import type { Constraint } from '../domain/event.ts';
import type { Exam } from '../history/case-history.ts';
import type { Trigger } from '../plan/schedule.ts';
import type { Protocol } from '../protocol/protocol-schema.ts';
import { isDiagnostic } from './exam-verdict.ts';
import { findingTriggers } from './finding-triggers.ts';
import { isContraindicated } from './modality-options.ts';

function byCategory(exam: Exam, protocol: Protocol): Trigger | undefined {
  const { biRads } = exam;
  if (biRads === undefined || biRads === '1' || biRads === '2' || biRads === '3') return undefined;
  if (biRads === '0' && !isDiagnostic(exam)) return undefined;
  const due = protocol.escalation.byCategory[biRads];
  return {
    id: `birads-${biRads.toLowerCase()}`,
    action: due.action,
    modality: null,
    withinDays: due.withinDays,
    rule: 'escalation-by-category',
  };
}

function reportAwaited(exam: Exam, protocol: Protocol): Trigger | undefined {
  if (exam.biRads !== undefined || !isDiagnostic(exam) || exam.modality === 'PET-CT') {
    return undefined;
  }
  return {
    id: 'report-awaited',
    action: 'obtain-report',
    modality: null,
    withinDays: protocol.escalation.reportWithinDays,
    rule: 'report-awaited',
  };
}

/** What a finding asks for: the other contrast study if it can be done, else biopsy. schedule.md section 5. */
function actionForFinding(
  exam: Exam,
  constraints: readonly Constraint[],
  protocol: Protocol,
): Pick<Trigger, 'action' | 'modality' | 'withinDays'> {
  const { byFinding } = protocol.escalation;
  const possible = (modality: 'MRI' | 'CEM') =>
    !isContraindicated(modality, exam.date, constraints, protocol);
  if (exam.modality !== 'MRI' && possible('MRI')) {
    return {
      action: 'advanced-imaging',
      modality: 'MRI',
      withinDays: byFinding['advanced-imaging'],
    };
  }
  if (exam.modality !== 'MRI' && exam.modality !== 'CEM' && possible('CEM')) {
    return {
      action: 'advanced-imaging',
      modality: 'CEM',
      withinDays: byFinding['advanced-imaging'],
    };
  }
  return { action: 'biopsy', modality: null, withinDays: byFinding.biopsy };
}

/**
 * Everything that an exam of this breast after the ablation asks for, sorted by trigger id.
 * `earlierExams` are the course's earlier diagnostic exams, in event order. schedule.md section 5.
 */
export function examTriggers(
  exam: Exam,
  earlierExams: readonly Exam[],
  constraints: readonly Constraint[],
  protocol: Protocol,
): Trigger[] {
  const triggers: Trigger[] = [];
  const category = byCategory(exam, protocol) ?? reportAwaited(exam, protocol);
  if (category !== undefined) triggers.push(category);
  if (isDiagnostic(exam) && exam.findings !== undefined) {
    const comparable = earlierExams.filter((earlier) => earlier.modality === exam.modality);
    const found = findingTriggers(exam.findings, comparable, protocol.escalation.thresholds);
    if (found.length > 0) {
      const { action, modality, withinDays } = actionForFinding(exam, constraints, protocol);
      for (const finding of found) {
        triggers.push({ ...finding, action, modality, withinDays, rule: 'escalation-by-finding' });
      }
    }
  }
  return triggers.length > 1 ? triggers.sort((a, b) => (a.id < b.id ? -1 : 1)) : triggers;
}
