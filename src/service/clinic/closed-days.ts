import type { Clinic } from '../../store/clinic.ts';
import { type ClinicCalendar, loadClinicCalendar } from '../../worklist/clinic-calendar.ts';
import { parseJson } from '../case/parse-json.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { fail, invalid, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';

/** The days on which a clinic is closed, by which days are suggested; undefined: it has given none. */
export async function closedDaysOf(
  { store }: Pick<SchedulerContext, 'store'>,
  clinic: Clinic,
): Promise<ServiceOutcome<ClinicCalendar | undefined>> {
  const document = await store.clinicCalendar(clinic.id);
  if (document === null) return succeed(undefined);
  const parsed = parseJson(document);
  const loaded = parsed.ok ? loadClinicCalendar(parsed.value) : parsed;
  if (loaded.ok) return loaded;
  return fail('refused', {
    path: 'closedDays',
    message: `this release cannot read the closed days of clinic ${clinic.code}`,
    mend: 'set them anew: cryowatch clinic closed-days',
  });
}

/** A clinic's closed days as they were given; without entries where it has given none. */
export async function closedDaysDocument(
  { store }: Pick<SchedulerContext, 'store'>,
  clinic: Clinic,
): Promise<ServiceOutcome<unknown>> {
  const document = await store.clinicCalendar(clinic.id);
  if (document === null) return succeed({ clinic: clinic.name, closed: [] });
  const parsed = parseJson(document);
  return parsed.ok ? parsed : invalid(parsed);
}

/** What became of closed days that were set. */
export interface ClosedDaysSet {
  /** False: they stood like this before. */
  readonly changed: boolean;
  /** How many entries there are: rules and single days. */
  readonly closures: number;
}

/** Keeps a clinic's closed days (docs/worklist.md) in the place of the former ones. */
export async function setClosedDays(
  context: SchedulerContext,
  work: { readonly clinic: Clinic; readonly document: unknown; readonly dryRun?: boolean },
): Promise<ServiceOutcome<ClosedDaysSet>> {
  const loaded = loadClinicCalendar(work.document);
  if (!loaded.ok) return invalid(loaded);
  const document = JSON.stringify(work.document);
  const closures = (work.document as { readonly closed: readonly unknown[] }).closed.length;
  const { store } = context;
  if (work.dryRun === true) {
    const changed = document !== (await store.clinicCalendar(work.clinic.id));
    return succeed({ changed, closures });
  }
  const kept = await store.setClinicCalendar(actNow(context), {
    clinic: work.clinic.id,
    document,
  });
  return kept.outcome === 'ok' ? succeed({ ...kept.value, closures }) : notDone(kept);
}
