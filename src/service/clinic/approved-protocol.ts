import { showFound } from '../../domain/problem.ts';
import { DEFAULT_PROTOCOL_ID } from '../../protocol/catalog.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { ProtocolPin, StoredProtocol } from '../../store/stored-protocol.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { fail, type ServiceOutcome, succeed } from '../service-outcome.ts';

/** Names a protocol of a clinic; without a version its newest approved one. */
export interface WantedProtocol {
  readonly id?: string | undefined;
  readonly version?: string | undefined;
}

/**
 * The approved protocol version that a clinic's episodes are to follow. Without an id the only one
 * that is approved, or the default protocol where several are.
 */
export async function approvedProtocol(
  { store }: Pick<SchedulerContext, 'store'>,
  clinic: Clinic,
  { id, version }: WantedProtocol = {},
): Promise<ServiceOutcome<ProtocolPin>> {
  const kept = await store.listProtocols(clinic.id);
  const approved = kept.filter(({ approvals }) => approvals.length > 0);
  const ids = [...new Set(approved.map((each) => each.id))];
  const wanted = id ?? (ids.length === 1 ? ids[0] : DEFAULT_PROTOCOL_ID);
  const versions = approved.filter((each) => each.id === wanted);
  // The store lists versions of an id in the order of their recording.
  const found =
    version === undefined ? versions.at(-1) : versions.find((each) => each.version === version);
  if (found !== undefined) return succeed(pinOf(found));
  return fail('refused', {
    path: 'protocol',
    message: `no clinician has approved this protocol for clinic ${clinic.code}`,
    found: showFound([wanted, version].filter((part) => part !== undefined).join(' ')),
    allowed:
      approved.length === 0
        ? 'none is approved yet'
        : approved.map((each) => `${each.id} ${each.version}`).join(', '),
    mend: `a clinician approves it: cryowatch protocol approve ${wanted} --clinician NAME`,
  });
}

function pinOf({ id, version, hash }: StoredProtocol): ProtocolPin {
  return { id, version, hash };
}
