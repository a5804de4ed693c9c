import { showFound } from '../../domain/problem.ts';
import { shippedDocument } from '../../protocol/catalog.ts';
import { loadProtocol } from '../../protocol/load-protocol.ts';
import type { Protocol } from '../../protocol/protocol-schema.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { Approval, ProtocolPin } from '../../store/stored-protocol.ts';
import { parseJson } from '../case/parse-json.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { fail, invalid, type ServiceOutcome, succeed } from '../service-outcome.ts';

/** A protocol version that can be read, whether or not somebody approved it. */
export interface FoundProtocol {
  readonly pin: ProtocolPin;
  readonly document: object;
  readonly protocol: Protocol;
  /** False: it comes with the software, and the clinic has not kept it. */
  readonly kept: boolean;
  readonly approvals: readonly Approval[];
}

/** One version of a protocol: as the clinic keeps it, else as it comes with the software. */
export async function findProtocolVersion(
  { store, sha256 }: Pick<SchedulerContext, 'store' | 'sha256'>,
  clinic: Clinic,
  wanted: { readonly id: string; readonly version: string },
): Promise<ServiceOutcome<FoundProtocol>> {
  const found = await store.findProtocol(clinic.id, wanted);
  const kept = found.outcome === 'ok' ? found.value : null;
  const text = kept?.document ?? shippedText(wanted);
  if (text === null) {
    return fail('not-found', {
      path: 'protocol',
      message: 'neither the clinic nor the catalog has this version of a protocol',
      found: showFound(`${wanted.id} ${wanted.version}`),
    });
  }
  const parsed = parseJson(text);
  const loaded = parsed.ok ? loadProtocol(parsed.value) : parsed;
  if (!parsed.ok) return invalid(parsed);
  if (!loaded.ok) return invalid(loaded);
  const { id, version } = loaded.value;
  return succeed({
    pin: { id, version, hash: sha256(text) },
    document: parsed.value as object,
    protocol: loaded.value,
    kept: kept !== null,
    approvals: kept?.approvals ?? [],
  });
}

/** The text of the catalog's version, as an approval would keep it. */
function shippedText({ id, version }: { readonly id: string; readonly version: string }) {
  const document = shippedDocument(id);
  const isIt = document !== undefined && 'version' in document && document.version === version;
  return isIt ? JSON.stringify(document) : null;
}
