import { dayInZone } from '../../domain/clock.ts';
import { showFound } from '../../domain/problem.ts';
import type { Clinic } from '../../store/clinic.ts';
import { underFreshId } from '../episode/fresh-id.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { fail, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';

const CODE = /^[A-Z][A-Z0-9-]{0,15}$/;
const LONGEST_NAME = 200;

/** A clinic to add. */
export interface NewClinic {
  readonly code: string;
  /** Absent: its code. */
  readonly name?: string | undefined;
  /** IANA time zone. */
  readonly zone: string;
  /** True: says what would be added, and writes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** Adds a clinic. Its code is put in capitals: it may stand in calendars and file names. */
export async function createClinic(
  context: SchedulerContext,
  about: NewClinic,
): Promise<ServiceOutcome<Clinic>> {
  const checked = checkNewClinic(about);
  if (!checked.ok) return checked;
  const { store } = context;
  if (about.dryRun === true) {
    const known = await store.listClinics();
    const taken = known.some(({ code }) => code === checked.value.code);
    return taken
      ? notDone({ outcome: 'refused', why: 'code-taken' })
      : succeed({ id: context.newId(), ...checked.value });
  }
  const { id, result } = await underFreshId(context.newId, (id) =>
    store.createClinic(actNow(context), { id, ...checked.value }),
  );
  return result.outcome === 'ok' ? succeed({ id, ...checked.value }) : notDone(result);
}

/** What the clinic would be, or why it cannot be. */
export function checkNewClinic(about: NewClinic): ServiceOutcome<Omit<Clinic, 'id'>> {
  const code = about.code.toUpperCase();
  const { name = code, zone } = about;
  if (!CODE.test(code)) {
    return fail('invalid', {
      path: 'code',
      message: 'this cannot be the code of a clinic',
      found: showFound(code),
      allowed: 'a letter, then up to 15 letters, digits and hyphens: NORTH say',
    });
  }
  if (name.trim() === '' || name.length > LONGEST_NAME || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) {
    return fail('invalid', {
      path: 'name',
      message: 'this cannot be the name of a clinic',
      found: showFound(name),
      allowed: `1 to ${LONGEST_NAME} characters on one line`,
    });
  }
  if (Number.isNaN(dayInZone(0, zone))) {
    return fail('invalid', {
      path: 'zone',
      message: 'there is no such time zone',
      found: showFound(zone),
      allowed: 'a zone of the IANA list: Europe/Berlin say',
    });
  }
  return succeed({ code, name, zone });
}
