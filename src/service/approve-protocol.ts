import { type Day, formatDay } from '../domain/civil-date.ts';
import { dayInZone } from '../domain/clock.ts';
import type { Problem } from '../domain/problem.ts';
import { showFound } from '../domain/problem.ts';
import { findProtocol, shippedDocument } from '../protocol/catalog.ts';
import { loadProtocol } from '../protocol/load-protocol.ts';
import { adviseProtocol } from '../protocol/protocol-advice.ts';
import type { Protocol } from '../protocol/protocol-schema.ts';
import type { Clinic } from '../store/clinic.ts';
import type { ProtocolPin } from '../store/stored-protocol.ts';
import { actNow, type SchedulerContext } from './scheduler-context.ts';
import { fail, invalid, notDone, type ServiceOutcome, succeed } from './service-outcome.ts';

/** A clinician's approval of a protocol for a clinic. */
export interface ApprovalWork {
  readonly clinic: Clinic;
  /** Id of a protocol that comes with the software, or a protocol document. */
  readonly protocol: string | object;
  /** The clinician by name. */
  readonly clinician: string;
  /** Absent: the clinic's today. Never a day ahead. */
  readonly date?: Day | undefined;
  readonly note?: string | undefined;
  /** True: says what would be approved, and writes nothing. */
  readonly dryRun?: boolean | undefined;
}

export interface Approved {
  readonly pin: ProtocolPin;
  readonly protocol: Protocol;
  readonly date: Day;
  /** Not wrong, but worth the clinician's look. */
  readonly advice: readonly Problem[];
}

/** Keeps a protocol version in the clinic and a named clinician's approval of it. */
export async function approveProtocol(
  context: SchedulerContext,
  work: ApprovalWork,
): Promise<ServiceOutcome<Approved>> {
  const { clinic, clinician, note } = work;
  const loaded = loadDocument(work.protocol);
  if (!loaded.ok) return loaded;
  const { document, protocol } = loaded.value;
  const act = actNow(context);
  const today = dayInZone(act.at, clinic.zone);
  const date = work.date ?? today;
  if (date > today) {
    return fail('invalid', {
      path: 'date',
      message: 'an approval cannot lie ahead',
      found: formatDay(date),
      allowed: `${formatDay(today)} or earlier`,
    });
  }
  if (clinician.trim() === '') {
    return fail('invalid', {
      path: 'clinician',
      message: 'an approval needs the name of a clinician',
      found: showFound(clinician),
    });
  }
  const { id, version } = protocol;
  const pin = { id, version, hash: context.sha256(document) };
  const approved = { pin, protocol, date, advice: adviseProtocol(protocol) };
  if (work.dryRun === true) return succeed(approved);
  const { store } = context;
  const recorded = await store.recordProtocol(act, {
    clinic: clinic.id,
    protocol: { ...pin, document },
  });
  if (recorded.outcome !== 'ok') return notDone(recorded);
  const approval = { id, version, clinician, date, note };
  const kept = await store.approveProtocol(act, { clinic: clinic.id, approval });
  return kept.outcome === 'ok' ? succeed(approved) : notDone(kept);
}

function loadDocument(
  wanted: string | object,
): ServiceOutcome<{ readonly document: string; readonly protocol: Protocol }> {
  const document = typeof wanted === 'string' ? shippedDocument(wanted) : wanted;
  if (document === undefined) {
    const unknown = findProtocol(String(wanted));
    return unknown.ok ? fail('not-found') : { ...unknown, fault: 'not-found' };
  }
  const loaded = loadProtocol(document);
  if (!loaded.ok) return invalid(loaded);
  return succeed({ document: JSON.stringify(document), protocol: loaded.value });
}
