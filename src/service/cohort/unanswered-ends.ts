import type { Day } from '../../domain/civil-date.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { ProtocolPin } from '../../store/stored-protocol.ts';
import { leftUnanswered } from '../episode/closure-checks.ts';
import { planStored } from '../episode/plan-stored.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import type { LeftUnanswered } from './cohort-report.ts';
import type { SoundRow } from './cohort-rows.ts';

interface Settings {
  readonly clinic: Clinic;
  readonly protocol: ProtocolPin;
  readonly today: Day;
}

/** The open escalations that the ends of new episodes close unanswered. Only histories with an end are planned. */
export async function unansweredEnds(
  context: SchedulerContext,
  { clinic, protocol, today }: Settings,
  added: readonly SoundRow[],
): Promise<LeftUnanswered[]> {
  const found: LeftUnanswered[] = [];
  for (const { line, caseFile } of added) {
    const { episode, events } = caseFile;
    if (!events.some(({ type }) => type === 'closure' || type === 'surgery')) continue;
    const settings = { asOf: today, explain: false };
    const plan = await planStored(context, clinic.id, { caseFile, protocol }, settings);
    if (!plan.ok) continue;
    for (const { key, action } of leftUnanswered(plan.value, events)) {
      found.push({ line, episode: episode.id, escalation: key, action });
    }
  }
  return found;
}
