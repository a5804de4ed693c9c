import { loadProtocol } from '../../protocol/load-protocol.ts';
import type { Protocol } from '../../protocol/protocol-schema.ts';
import { StoreFault } from '../../store/store-fault.ts';
import type { ProtocolPin } from '../../store/stored-protocol.ts';
import { parseJson } from '../case/parse-json.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { fail, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';

/**
 * The protocol that an episode is pinned to, as the clinic keeps it; loaded once.
 * @throws StoreFault `damaged` where the kept text is not the one that was approved
 */
export async function pinnedProtocol(
  { store, protocols, sha256 }: Pick<SchedulerContext, 'store' | 'protocols' | 'sha256'>,
  clinic: number,
  pin: ProtocolPin,
): Promise<ServiceOutcome<Protocol>> {
  const known = protocols.get(pin.hash);
  if (known !== undefined) return succeed(known);
  const found = await store.findProtocol(clinic, pin);
  if (found.outcome !== 'ok') return notDone(found);
  const { document, hash } = found.value;
  if (sha256(document) !== hash) {
    throw new StoreFault(
      'damaged',
      `the kept text of protocol ${pin.id} ${pin.version} was changed`,
    );
  }
  const parsed = parseJson(document);
  const loaded = parsed.ok ? loadProtocol(parsed.value) : parsed;
  if (!loaded.ok || hash !== pin.hash) {
    return fail('refused', {
      path: 'protocol',
      message: `this release cannot read the kept protocol ${pin.id} ${pin.version}`,
      mend: 'adopt a version that it can read; until then its episodes cannot be planned',
    });
  }
  protocols.set(hash, loaded.value);
  return succeed(loaded.value);
}
