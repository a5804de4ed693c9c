import type { Day } from '../../domain/civil-date.ts';
import type { Plan } from '../../plan/plan.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import { planCase } from '../case/plan-case.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';
import { pinnedProtocol } from './pinned-protocol.ts';

/** Plans a stored case with the protocol that it is pinned to, as of a day. */
export async function planStored(
  context: Pick<SchedulerContext, 'store' | 'protocols' | 'sha256'>,
  clinic: number,
  { caseFile, protocol: pin }: Pick<StoredCase, 'caseFile' | 'protocol'>,
  { asOf, explain = true }: { readonly asOf: Day; readonly explain?: boolean },
): Promise<ServiceOutcome<Plan>> {
  const protocol = await pinnedProtocol(context, clinic, pin);
  if (!protocol.ok) return protocol;
  return succeed(planCase(caseFile, { protocol: protocol.value, today: asOf, asOf, explain }));
}
