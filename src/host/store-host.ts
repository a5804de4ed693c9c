import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../domain/clock.ts';
import type { StoreHost } from '../service/open-context.ts';
import { sqliteFiles } from '../store/sqlite/sqlite-files.ts';
import { scryptPasswords } from './passwords.ts';

/** Stores in SQLite files, with the system's chance and digests. */
export function storeHost(clock: Clock): StoreHost {
  return {
    files: sqliteFiles,
    clock,
    chance: randomBytes,
    hmac: (key, text) => createHmac('sha256', key).update(text).digest('hex'),
    sha256: (text) => hash('sha256', text),
    passwords: scryptPasswords(),
    sameText,
  };
}

function sameText(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
