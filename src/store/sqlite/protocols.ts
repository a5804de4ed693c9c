import { dayInZone } from '../../domain/clock.ts';
import type { Act } from '../act.ts';
import type { Clinic } from '../clinic.ts';
import { approvalContent, clinicContent, protocolContent } from '../content.ts';
import { done, type NotDone, notFound, type Result, refused } from '../result.ts';
import { StoreFault } from '../store-fault.ts';
import type { Approval, ProtocolPin, ProtocolVersion, StoredProtocol } from '../stored-protocol.ts';
import type { Connection, Row } from './connection.ts';
import { day, given, text, textOrNull, whole } from './rows.ts';
import type { Note } from './unit-of-work.ts';

/** Clinics and their protocols. */

export function clinicExists(connection: Connection, clinic: number): boolean {
  return connection.get('SELECT 1 FROM clinic WHERE id = ?', clinic) !== undefined;
}

export function createClinic(connection: Connection, note: Note, clinic: Clinic): Result<null> {
  const { id, code, name, zone } = clinic;
  if (clinicExists(connection, id)) return refused('id-taken');
  if (connection.get('SELECT 1 FROM clinic WHERE code = ?', code) !== undefined) {
    return refused('code-taken');
  }
  connection.run(
    'INSERT INTO clinic (id, code, name, zone) VALUES (?, ?, ?, ?)',
    id,
    code,
    name,
    zone,
  );
  note({ action: 'clinic.created', clinic: id, content: clinicContent(clinic) });
  return done(null);
}

export function listClinics(connection: Connection): Clinic[] {
  return connection.all('SELECT id, code, name, zone FROM clinic ORDER BY id').map((row) => ({
    id: whole(row, 'id'),
    code: text(row, 'code'),
    name: text(row, 'name'),
    zone: zoneOf(row),
  }));
}

/** A zone that the system does not know would make every day of the clinic a wrong one. */
function zoneOf(row: Row): string {
  const zone = text(row, 'zone');
  if (!Number.isNaN(dayInZone(0, zone))) return zone;
  throw new StoreFault('damaged', 'a clinic of the store has a time zone that does not exist');
}

const VERSION_COLUMNS = 'protocol_id, version, hash, document';

function readVersion(row: Row): ProtocolVersion {
  return {
    id: text(row, 'protocol_id'),
    version: text(row, 'version'),
    hash: text(row, 'hash'),
    document: text(row, 'document'),
  };
}

function versionOf(
  connection: Connection,
  clinic: number,
  id: string,
  version: string,
): ProtocolVersion | undefined {
  const row = connection.get(
    `SELECT ${VERSION_COLUMNS} FROM protocol_version
     WHERE clinic_id = ? AND protocol_id = ? AND version = ?`,
    clinic,
    id,
    version,
  );
  return row === undefined ? undefined : readVersion(row);
}

function approvalsOf(
  connection: Connection,
  clinic: number,
  id: string,
  version: string,
): Approval[] {
  return connection
    .all(
      `SELECT clinician, approved_on, note FROM protocol_approval
       WHERE clinic_id = ? AND protocol_id = ? AND version = ? ORDER BY recorded_at, clinician`,
      clinic,
      id,
      version,
    )
    .map((row) => ({
      id,
      version,
      clinician: text(row, 'clinician'),
      date: day(row, 'approved_on'),
      ...given('note', textOrNull(row, 'note')),
    }));
}

export function recordProtocol(
  connection: Connection,
  act: Act,
  note: Note,
  { clinic, protocol }: { readonly clinic: number; readonly protocol: ProtocolVersion },
): Result<{ readonly recorded: boolean }> {
  if (!clinicExists(connection, clinic)) return notFound('clinic');
  const { id, version, hash, document } = protocol;
  const kept = versionOf(connection, clinic, id, version);
  if (kept !== undefined) {
    const same = kept.hash === hash && kept.document === document;
    return same ? done({ recorded: false }) : refused('protocol-differs');
  }
  connection.run(
    `INSERT INTO protocol_version (clinic_id, ${VERSION_COLUMNS}, recorded_at, recorded_by)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    clinic,
    id,
    version,
    hash,
    document,
    act.at,
    act.actor,
  );
  const detail = { protocol: id, protocolVersion: version };
  note({ action: 'protocol.recorded', clinic, detail, content: protocolContent(protocol) });
  return done({ recorded: true });
}

export function approveProtocol(
  connection: Connection,
  act: Act,
  note: Note,
  { clinic, approval }: { readonly clinic: number; readonly approval: Approval },
): Result<null> {
  if (!clinicExists(connection, clinic)) return notFound('clinic');
  const { id, version, clinician, date } = approval;
  if (versionOf(connection, clinic, id, version) === undefined) return notFound('protocol');
  const before = approvalsOf(connection, clinic, id, version);
  if (before.some((earlier) => earlier.clinician === clinician)) return refused('already-approved');
  connection.run(
    `INSERT INTO protocol_approval
       (clinic_id, protocol_id, version, clinician, approved_on, note, recorded_at, recorded_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    clinic,
    id,
    version,
    clinician,
    date,
    approval.note ?? null,
    act.at,
    act.actor,
  );
  const detail = { protocol: id, protocolVersion: version };
  note({ action: 'protocol.approved', clinic, detail, content: approvalContent(approval) });
  return done(null);
}

/** Why an episode may not be pinned to a protocol; undefined: it may. */
export function pinFault(
  connection: Connection,
  clinic: number,
  pin: ProtocolPin,
  index?: number,
): NotDone | undefined {
  const row = connection.get(
    `SELECT v.hash, EXISTS (
       SELECT 1 FROM protocol_approval a
       WHERE a.clinic_id = v.clinic_id AND a.protocol_id = v.protocol_id AND a.version = v.version
     ) AS approved
     FROM protocol_version v WHERE v.clinic_id = ? AND v.protocol_id = ? AND v.version = ?`,
    clinic,
    pin.id,
    pin.version,
  );
  if (row === undefined) return notFound('protocol', index);
  if (text(row, 'hash') !== pin.hash) return refused('protocol-differs', index);
  return whole(row, 'approved') === 1 ? undefined : refused('not-approved', index);
}

export function listProtocols(connection: Connection, clinic: number): StoredProtocol[] {
  return connection
    .all(
      `SELECT ${VERSION_COLUMNS} FROM protocol_version WHERE clinic_id = ?
       ORDER BY protocol_id, recorded_at, version`,
      clinic,
    )
    .map(readVersion)
    .map((kept) => ({
      ...kept,
      approvals: approvalsOf(connection, clinic, kept.id, kept.version),
    }));
}

export function findProtocol(
  connection: Connection,
  clinic: number,
  { id, version }: { readonly id: string; readonly version: string },
): Result<StoredProtocol> {
  const kept = versionOf(connection, clinic, id, version);
  if (kept === undefined) return notFound('protocol');
  return done({ ...kept, approvals: approvalsOf(connection, clinic, id, version) });
}
