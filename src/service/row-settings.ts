import type { Clinic } from '../store/clinic.ts';
import type { RowSettings } from '../worklist/rows-of-plan.ts';
import { closedDaysOf } from './closed-days.ts';
import type { SchedulerContext } from './scheduler-context.ts';
import { type ServiceOutcome, succeed } from './service-outcome.ts';

/** What the rows of an episode need beside its plan; `episode` is the store's number of it. */
export type RowSettingsOf = (episode: number) => RowSettings;

/** The settings for the rows of a clinic, with its closed days. */
export async function rowSettings(
  context: SchedulerContext,
  clinic: Clinic,
  soonDays: number,
): Promise<ServiceOutcome<RowSettingsOf>> {
  const closed = await closedDaysOf(context, clinic);
  if (!closed.ok) return closed;
  const settings = { clinic: clinic.code, soonDays, calendar: closed.value };
  return succeed(() => settings);
}
