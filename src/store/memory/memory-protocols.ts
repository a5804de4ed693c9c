import type { Clinic } from '../clinic.ts';
import {
  approvalContent,
  clinicCalendarContent,
  clinicContent,
  protocolContent,
} from '../content.ts';
import { notFound, refused } from '../result.ts';
import type { Approval, ProtocolVersion } from '../stored-protocol.ts';
import { type Decided, unchanged } from './memory-change.ts';
import { type MemoryState, protocolKey } from './memory-state.ts';

/** The changes of clinics and of their protocols. */

export function createClinic(state: MemoryState, clinic: Clinic): Decided<null> {
  if (state.clinics.has(clinic.id)) return refused('id-taken');
  if ([...state.clinics.values()].some(({ code }) => code === clinic.code)) {
    return refused('code-taken');
  }
  return {
    value: null,
    audit: [{ action: 'clinic.created', clinic: clinic.id, content: clinicContent(clinic) }],
    apply: () => state.clinics.set(clinic.id, { ...clinic }),
  };
}

export function setClinicCalendar(
  state: MemoryState,
  { clinic, document: given }: { readonly clinic: number; readonly document: string },
): Decided<{ readonly changed: boolean }> {
  if (!state.clinics.has(clinic)) return notFound('clinic');
  const document = given.toWellFormed();
  if (state.calendars.get(clinic) === document) return unchanged({ changed: false });
  const content = clinicCalendarContent(document);
  return {
    value: { changed: true },
    audit: [{ action: 'clinic.calendar-set', clinic, content }],
    apply: () => state.calendars.set(clinic, document),
  };
}

export function recordProtocol(
  state: MemoryState,
  { clinic, protocol }: { readonly clinic: number; readonly protocol: ProtocolVersion },
): Decided<{ readonly recorded: boolean }> {
  if (!state.clinics.has(clinic)) return notFound('clinic');
  const { id, version } = protocol;
  const key = protocolKey(clinic, id, version);
  const kept = state.protocols.get(key);
  if (kept !== undefined) {
    const same = kept.hash === protocol.hash && kept.document === protocol.document;
    return same ? unchanged({ recorded: false }) : refused('protocol-differs');
  }
  const detail = { protocol: id, protocolVersion: version };
  const content = protocolContent(protocol);
  return {
    value: { recorded: true },
    audit: [{ action: 'protocol.recorded', clinic, detail, content }],
    apply: () => state.protocols.set(key, { ...protocol, clinic }),
  };
}

export function approveProtocol(
  state: MemoryState,
  { clinic, approval }: { readonly clinic: number; readonly approval: Approval },
): Decided<null> {
  if (!state.clinics.has(clinic)) return notFound('clinic');
  const { id, version, clinician } = approval;
  const key = protocolKey(clinic, id, version);
  if (!state.protocols.has(key)) return notFound('protocol');
  const before = state.approvals.get(key) ?? [];
  if (before.some((earlier) => earlier.clinician === clinician)) return refused('already-approved');
  const detail = { protocol: id, protocolVersion: version };
  const content = approvalContent(approval);
  return {
    value: null,
    audit: [{ action: 'protocol.approved', clinic, detail, content }],
    apply: () => state.approvals.set(key, [...before, { ...approval }]),
  };
}
