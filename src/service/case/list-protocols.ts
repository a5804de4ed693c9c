import { protocols } from '../../protocol/catalog.ts';
import type { Protocol } from '../../protocol/protocol-schema.ts';

/** One line of the catalog. */
export interface ProtocolLine {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly status: string;
  /** `staged`: baseline and intervals; `lanes`: a fixed published schedule. */
  readonly kind: 'staged' | 'lanes';
}

/** The protocols that come with the software, the default first. */
export function listProtocols(): ProtocolLine[] {
  return protocols().map(({ id, version, title, status, baseline }: Protocol) => ({
    id,
    version,
    title: title ?? id,
    status: status ?? 'no status given',
    kind: baseline === undefined ? 'lanes' : 'staged',
  }));
}
