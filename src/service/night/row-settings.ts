import type { Clinic } from '../../store/clinic.ts';
import type { RowSettings } from '../../worklist/rows-of-plan.ts';
import { calendarIdentity } from '../calendar/calendar-identity.ts';
import { closedDaysOf } from '../clinic/closed-days.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';

/** What the rows of an episode need beside its plan; `episode` is the store's number of it. */
export type RowSettingsOf = (episode: number) => RowSettings;

/** Which rows are to carry the code of their calendar event: making one costs as much as the row. */
export type RowCodes = 'all' | 'but-later';

/** The settings for the rows of a clinic, with its closed days and the codes of its calendars. */
export async function rowSettings(
  context: SchedulerContext,
  clinic: Clinic,
  { soonDays, codes }: { readonly soonDays: number; readonly codes: RowCodes },
): Promise<ServiceOutcome<RowSettingsOf>> {
  const closed = await closedDaysOf(context, clinic);
  if (!closed.ok) return closed;
  const { code } = await calendarIdentity(context);
  const settings = { clinic: clinic.code, soonDays, calendar: closed.value };
  return succeed((episode) => ({
    ...settings,
    codeOf: (item, bucket) =>
      bucket === 'later' && codes === 'but-later' ? null : code(episode, item),
  }));
}
