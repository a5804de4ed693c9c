import { didYouMean } from '../../domain/did-you-mean.ts';
import { showFound } from '../../domain/problem.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { fail, type ServiceOutcome, succeed } from '../service-outcome.ts';

const NO_CLINIC = { path: 'clinic', message: 'the store has no clinic', mend: 'add one first' };

/**
 * The clinic with a code; capitals do not matter. Without a code the only one that the store has;
 * `invalid`: it has several.
 */
export async function findClinic(
  { store }: Pick<SchedulerContext, 'store'>,
  code?: string,
): Promise<ServiceOutcome<Clinic>> {
  const clinics = await store.listClinics();
  const codes = clinics.map((clinic) => clinic.code);
  if (code === undefined) {
    const [only, another] = clinics;
    if (only !== undefined && another === undefined) return succeed(only);
    if (only === undefined) return fail('not-found', NO_CLINIC);
    return fail('invalid', {
      path: 'clinic',
      message: 'the store has several clinics',
      allowed: `one of ${codes.join(', ')}`,
      mend: 'say which',
    });
  }
  const found = clinics.find((clinic) => clinic.code.toUpperCase() === code.toUpperCase());
  if (found !== undefined) return succeed(found);
  const meant = didYouMean(code, codes);
  return fail('not-found', {
    path: 'clinic',
    message: 'the store has no such clinic',
    found: showFound(code),
    allowed: codes.length === 0 ? 'there is none yet' : `one of ${codes.join(', ')}`,
    ...(meant === undefined ? {} : { mend: `did you mean ${meant}?` }),
  });
}

/** The clinics with these codes; without codes all of them, of which there must be one. */
export async function findClinics(
  context: Pick<SchedulerContext, 'store'>,
  codes: readonly string[] = [],
): Promise<ServiceOutcome<readonly Clinic[]>> {
  if (codes.length === 0) {
    const clinics = await context.store.listClinics();
    if (clinics.length > 0) return succeed(clinics);
    return fail('not-found', NO_CLINIC);
  }
  const clinics: Clinic[] = [];
  for (const code of new Set(codes)) {
    const found = await findClinic(context, code);
    if (!found.ok) return found;
    if (!clinics.includes(found.value)) clinics.push(found.value);
  }
  return succeed(clinics);
}
