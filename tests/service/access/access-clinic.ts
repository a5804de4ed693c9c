import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import type { Role } from '../../../src/domain/role.ts';
import { scryptPasswords } from '../../../src/host/passwords.ts';
import { storeHost } from '../../../src/host/store-host.ts';
import type { AccessContext } from '../../../src/service/access/access-context.ts';
import { callerOfAccount } from '../../../src/service/access/caller-of-account.ts';
import { createAccount } from '../../../src/service/access/create-account.ts';
import type { Caller } from '../../../src/service/access/permission.ts';
import { createClinic } from '../../../src/service/clinic/create-clinic.ts';
import type { Clinic } from '../../../src/store/clinic.ts';
import { createMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { createStore } from '../../../src/store/sqlite/create-store.ts';
import { ok } from '../../cli/clinic-store.ts';
import { SEAL } from '../../store/fixtures.ts';
import { tempFolder } from '../../store/temp-stores.ts';

export const KINDS = ['memory', 'file'] as const;

export const SECRET = 'seven green bicycles';
export const DAY_MS = 86_400_000;
/** 2026-06-15T12:00Z, when the clock of an access clinic begins. */
export const NOON = Date.UTC(2026, 5, 15, 12);

/** Two clinics, a clock that a test sets, and hashes that cost little. */
export async function accessClinic(kind: (typeof KINDS)[number] = 'memory') {
  let now = NOON;
  let id = 1000;
  const settings = { seal: SEAL, uidSecret: 'only for tests', act: { actor: 'tester', at: now } };
  const store =
    kind === 'memory'
      ? createMemoryStore(settings)
      : await createStore(join(tempFolder(), 'clinic.db'), settings);
  const { chance, hmac, sha256, sameText } = storeHost(() => now);
  const access: AccessContext = {
    store,
    clock: () => now,
    newId: () => {
      id += 1;
      return id;
    },
    actor: 'tester',
    hmac,
    sha256,
    sameText,
    chance,
    passwords: scryptPasswords({ ln: 4, r: 8, p: 1 }),
    tokenKey: createHmac('sha256', 'tests').update('tokens').digest('hex'),
    protocols: new Map(),
  };
  const zone = 'Europe/Berlin';
  const north = ok(await createClinic(access, { code: 'NORTH', zone }));
  const south = ok(await createClinic(access, { code: 'SOUTH', zone }));
  return {
    access,
    north,
    south,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    /** A person with these roles in a clinic. */
    person: async (name: string, roles: readonly Role[], clinic: Clinic = north) => {
      const work = { name, kind: 'person', password: SECRET, clinic, roles } as const;
      return callerNamed(access, ok(await createAccount(access, work)).id);
    },
    machine: async (name: string, clinic: Clinic = north) => {
      const work = { name, kind: 'service', clinic, roles: ['service'] } as const;
      return callerNamed(access, ok(await createAccount(access, work)).id);
    },
  };
}

/** The caller of an account that may be used. */
export async function callerNamed(access: AccessContext, account: number): Promise<Caller> {
  const caller = await callerOfAccount(access, account);
  if (caller === null) throw new Error('no such caller');
  return caller;
}

/** A caller who is nobody's account. */
export function callerWith(roles: Readonly<Record<number, readonly Role[]>>): Caller {
  const entries = Object.entries(roles).map(
    ([clinic, names]) => [Number(clinic), new Set(names)] as const,
  );
  return {
    id: 1,
    name: 'somebody',
    displayName: 'Somebody',
    kind: 'person',
    credentialsVersion: 1,
    roles: new Map(entries),
  };
}

/** What a use case that must fail says. */
export function failure(outcome: {
  readonly ok: boolean;
  readonly fault?: string;
  readonly problems?: readonly { readonly path: string; readonly message: string }[];
}): string {
  if (outcome.ok) throw new Error('this was done');
  const problems = outcome.problems?.map(({ path, message }) => `${path}: ${message}`) ?? [];
  return `${outcome.fault} ${problems.join('; ')}`;
}
