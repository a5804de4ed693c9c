import { type Day, formatDay } from '../../domain/civil-date.ts';
import { dayInZone } from '../../domain/clock.ts';
import type { Problem } from '../../domain/problem.ts';
import { showFound } from '../../domain/problem.ts';
import { findProtocol, shippedDocument } from '../../protocol/catalog.ts';
import { loadProtocol } from '../../protocol/load-protocol.ts';
import { adviseProtocol } from '../../protocol/protocol-advice.ts';
import type { Protocol } from '../../protocol/protocol-schema.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { ProtocolPin } from '../../store/stored-protocol.ts';
import { parseJson } from '../case/parse-json.ts';
import { actNow, type SchedulerContext } from '../scheduler-context.ts';
import { fail, invalid, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';

/** A clinician's approval of a protocol for a clinic. */
export interface ApprovalWork {
  readonly clinic: Clinic;
  /**
   * Id of a protocol that comes with the software, or of one that the clinic keeps (its newest
   * version), or a protocol document.
   */
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

const LONGEST_NAME = 200;
const LONGEST_NOTE = 2000;

/** Keeps a protocol version in the clinic and a named clinician's approval of it. */
export async function approveProtocol(
  context: SchedulerContext,
  work: ApprovalWork,
): Promise<ServiceOutcome<Approved>> {
  const { clinic, clinician, note } = work;
  const loaded = await loadDocument(context, clinic, work.protocol);
  if (!loaded.ok) return loaded;
  const { document, protocol } = loaded.value;
  const act = actNow(context);
  const today = dayInZone(act.at, clinic.zone);
  const date = work.date ?? today;
  const problems = approvalProblems(work, date, today);
  if (problems.length > 0) return fail('invalid', ...problems);
  const { id, version } = protocol;
  const pin = { id, version, hash: context.sha256(document) };
  const approved = { pin, protocol, date, advice: adviseProtocol(protocol) };
  const { store } = context;
  if (work.dryRun === true) {
    const why = await refusalOf(context, clinic, pin, clinician);
    return why === undefined ? succeed(approved) : notDone({ outcome: 'refused', why });
  }
  const recorded = await store.recordProtocol(act, {
    clinic: clinic.id,
    protocol: { ...pin, document },
  });
  if (recorded.outcome !== 'ok') return notDone(recorded);
  const approval = { id, version, clinician, date, note };
  const kept = await store.approveProtocol(act, { clinic: clinic.id, approval });
  return kept.outcome === 'ok' ? succeed(approved) : notDone(kept);
}

function approvalProblems({ clinician, note }: ApprovalWork, date: Day, today: Day): Problem[] {
  const problems: Problem[] = [];
  if (date > today) {
    problems.push({
      path: 'date',
      message: 'an approval cannot lie ahead',
      found: formatDay(date),
      allowed: `${formatDay(today)} or earlier`,
    });
  }
  if (clinician.trim() === '' || clinician.length > LONGEST_NAME || hasControls(clinician)) {
    problems.push({
      path: 'clinician',
      message: 'an approval needs the name of a clinician',
      found: showFound(clinician),
      allowed: `1 to ${LONGEST_NAME} characters on one line`,
    });
  }
  if (note !== undefined && (note.length > LONGEST_NOTE || hasControls(note))) {
    problems.push({
      path: 'note',
      message: 'this cannot be the note of an approval',
      found: showFound(note),
      allowed: `at most ${LONGEST_NOTE} characters on one line`,
    });
  }
  return problems;
}

function hasControls(text: string): boolean {
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}

/** Why the store would refuse the approval; undefined: it would not. */
async function refusalOf(
  { store }: SchedulerContext,
  clinic: Clinic,
  { id, version, hash }: ProtocolPin,
  clinician: string,
): Promise<'protocol-differs' | 'already-approved' | undefined> {
  const found = await store.findProtocol(clinic.id, { id, version });
  if (found.outcome !== 'ok') return undefined;
  if (found.value.hash !== hash) return 'protocol-differs';
  const known = found.value.approvals.some((approval) => approval.clinician === clinician);
  return known ? 'already-approved' : undefined;
}

interface LoadedDocument {
  readonly document: string;
  readonly protocol: Protocol;
}

async function loadDocument(
  { store }: SchedulerContext,
  clinic: Clinic,
  wanted: string | object,
): Promise<ServiceOutcome<LoadedDocument>> {
  const shipped = typeof wanted === 'string' ? shippedDocument(wanted) : wanted;
  if (shipped !== undefined) return checkDocument(shipped, JSON.stringify(shipped));
  const versions = await store.listProtocols(clinic.id);
  const kept = versions.findLast(({ id }) => id === wanted);
  if (kept !== undefined) {
    const parsed = parseJson(kept.document);
    return parsed.ok ? checkDocument(parsed.value, kept.document) : invalid(parsed);
  }
  const unknown = findProtocol(String(wanted));
  return unknown.ok ? fail('not-found') : { ...unknown, fault: 'not-found' };
}

function checkDocument(given: unknown, document: string): ServiceOutcome<LoadedDocument> {
  const loaded = loadProtocol(given);
  return loaded.ok ? succeed({ document, protocol: loaded.value }) : invalid(loaded);
}
