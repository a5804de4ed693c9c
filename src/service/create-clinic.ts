import { dayInZone } from '../domain/clock.ts';
import { failure, type Outcome, showFound, success } from '../domain/problem.ts';
import type { Clinic } from '../store/clinic.ts';
import { actNow, type SchedulerContext } from './scheduler-context.ts';
import { invalid, notDone, type ServiceOutcome, succeed } from './service-outcome.ts';

const CODE = /^[A-Z][A-Z0-9-]{0,15}$/;
const LONGEST_NAME = 200;

/** Adds a clinic. Its code is put in capitals: it may stand in calendars and file names. */
export async function createClinic(
  context: SchedulerContext,
  about: { readonly code: string; readonly name?: string | undefined; readonly zone: string },
): Promise<ServiceOutcome<Clinic>> {
  const code = about.code.toUpperCase();
  const checked = checkClinic({ code, name: about.name ?? code, zone: about.zone });
  if (!checked.ok) return invalid(checked);
  const clinic = { id: context.newId(), ...checked.value };
  const created = await context.store.createClinic(actNow(context), clinic);
  return created.outcome === 'ok' ? succeed(clinic) : notDone(created);
}

function checkClinic(about: Omit<Clinic, 'id'>): Outcome<Omit<Clinic, 'id'>> {
  const { code, name, zone } = about;
  if (!CODE.test(code)) {
    return failure({
      path: 'code',
      message: 'this cannot be the code of a clinic',
      found: showFound(code),
      allowed: 'a letter, then up to 15 letters, digits and hyphens: NORTH say',
    });
  }
  if (name.trim() === '' || name.length > LONGEST_NAME || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) {
    return failure({
      path: 'name',
      message: 'this cannot be the name of a clinic',
      found: showFound(name),
      allowed: `1 to ${LONGEST_NAME} characters on one line`,
    });
  }
  if (Number.isNaN(dayInZone(0, zone))) {
    return failure({
      path: 'zone',
      message: 'there is no such time zone',
      found: showFound(zone),
      allowed: 'a zone of the IANA list: Europe/Berlin say',
    });
  }
  return success(about);
}
