import type { Outcome } from '../../domain/problem.ts';
import { findProtocol } from '../../protocol/catalog.ts';
import { loadProtocol } from '../../protocol/load-protocol.ts';
import type { Protocol } from '../../protocol/protocol-schema.ts';

export { DEFAULT_PROTOCOL_ID } from '../../protocol/catalog.ts';

/** A protocol of the catalog by its id, or one given as a document, checked. */
export function selectProtocol(wanted: unknown): Outcome<Protocol> {
  return typeof wanted === 'string' ? findProtocol(wanted) : loadProtocol(wanted);
}
