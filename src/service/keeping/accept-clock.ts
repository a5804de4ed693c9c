import { CLOCK_TOLERANCE_MS, type ClockReason } from '../../store/act.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { examineClock } from './examine-clock.ts';

export { CLOCK_REASONS, type ClockReason } from '../../store/act.ts';

/** The word of a person that this machine's clock is right, and an earlier one was wrong. */
export interface ClockWork {
  readonly reason: ClockReason;
  /** True: says what would be accepted, and writes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** Lets a store be written again whose newest audit row lies ahead of the true time; the log says so. */
export async function acceptClock(
  context: SchedulerContext,
  { reason, dryRun = false }: ClockWork,
): Promise<ServiceOutcome<{ readonly behindMs: number }>> {
  if (dryRun) {
    const { aheadMs } = await examineClock(context);
    return succeed({ behindMs: aheadMs > CLOCK_TOLERANCE_MS ? aheadMs : 0 });
  }
  const accepted = await context.store.acceptClock(actNow(context), { reason });
  return accepted.outcome === 'ok' ? succeed(accepted.value) : notDone(accepted);
}
