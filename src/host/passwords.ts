import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { Passwords } from '../service/access/passwords.ts';

/** How dear a hash is to compute. RFC 7914, section 2. */
export interface ScryptCost {
  /** Binary logarithm of the cost parameter N. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** What OWASP's Password Storage Cheat Sheet asks of scrypt: 128 MB for each password. */
const COST: ScryptCost = { ln: 17, r: 8, p: 1 };
const MOST: ScryptCost = { ln: 20, r: 32, p: 16 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Each takes its memory and one of the few threads of Node that files need too. */
const MOST_AT_ONCE = 2;

/**
 * Passwords by scrypt, as `$scrypt$ln=17,r=8,p=1$salt$hash` in Base64 without padding. The parameters stand
 * in each text, so that they may rise: an older hash is checked with its own, and made anew when its
 * owner signs in.
 */
export function scryptPasswords(cost: ScryptCost = COST): Passwords {
  const inTurn = turns(MOST_AT_ONCE);
  return {
    hash: async (password) => {
      const salt = randomBytes(SALT_BYTES);
      const hash = await inTurn(() => derive(password, salt, cost));
      const { ln, r, p } = cost;
      return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`;
    },
    verify: async (password, encoded) => {
      const kept = decode(encoded);
      if (kept === null) return false;
      const hash = await inTurn(() => derive(password, kept.salt, kept.cost));
      return timingSafeEqual(hash, kept.hash);
    },
    isWeak: (encoded) => {
      const kept = decode(encoded);
      return (
        kept !== null && (memoryOf(kept.cost) < memoryOf(cost) || workOf(kept.cost) < workOf(cost))
      );
    },
  };
}

/** What one hash takes, in blocks of 128 bytes. */
function memoryOf({ ln, r }: ScryptCost): number {
  return 2 ** ln * r;
}

function workOf({ p, ...cost }: ScryptCost): number {
  return memoryOf({ p, ...cost }) * p;
}

function derive(password: string, salt: Uint8Array, { ln, r, p }: ScryptCost): Promise<Buffer> {
  const N = 2 ** ln;
  // What scrypt needs is 128·r·(N + p + 2) bytes; Node refuses where it may not take more than that.
  const maxmem = 128 * r * (N + p + 2) + 1024;
  return new Promise((settle, fail) => {
    scrypt(password, salt, HASH_BYTES, { N, r, p, maxmem }, (error, hash) => {
      if (error === null) settle(hash);
      else fail(error);
    });
  });
}

const ENCODED =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/;

interface Decoded {
  readonly cost: ScryptCost;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

function decode(encoded: string): Decoded | null {
  const [, ln, r, p, salt = '', hash = ''] = ENCODED.exec(encoded) ?? [];
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  // Also where nothing matched: what is no number is in no range.
  if (!within(cost)) return null;
  return { cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

function within({ ln, r, p }: ScryptCost): boolean {
  return ln >= 1 && ln <= MOST.ln && r >= 1 && r <= MOST.r && p >= 1 && p <= MOST.p;
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}

/** Does work in the order in which it is asked for, so many at once. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = most;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
