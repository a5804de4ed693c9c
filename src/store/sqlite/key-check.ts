import type { Seal } from '../audit-chain.ts';
import { StoreFault } from '../store-fault.ts';
import type { Connection } from './connection.ts';
import { text } from './rows.ts';

/** What the store keeps of its audit key: enough to tell it from another, no help in finding it. */
export function keyMark(seal: Seal): string {
  return seal('key of this store');
}

/** @throws StoreFault `wrong-key`: another key would break the chain at its next row */
export function checkKey(connection: Connection, seal: Seal): void {
  const row = connection.get("SELECT value FROM meta WHERE name = 'audit_key'");
  if (text(row ?? {}, 'value') === keyMark(seal)) return;
  throw new StoreFault(
    'wrong-key',
    `${connection.path}: the audit key given is not the one of this store`,
  );
}
