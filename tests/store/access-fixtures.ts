import type { NewAccount } from '../../src/store/account.ts';
import type { NewApiKey } from '../../src/store/api-key.ts';
import type { Store } from '../../src/store/store.ts';
import { type NewSubscription, SUBSCRIPTION_MAX_MS } from '../../src/store/subscription.ts';
import { act, NORTH, SOUTH, value } from './fixtures.ts';

export const DAY_MS = 86_400_000;

/** A clinician of the first clinic, who may look into the second. */
export const MEYER: NewAccount = {
  id: 500,
  name: 'a.meyer',
  kind: 'person',
  displayName: 'Dr. A. Meyer',
  password: 'scrypt$salt$CANARY-HASH',
  roles: [
    { clinic: NORTH.id, role: 'clinician' },
    { clinic: NORTH.id, role: 'administrator' },
    { clinic: SOUTH.id, role: 'viewer' },
  ],
};

/** A machine of the first clinic. */
export const ROBOT: NewAccount = {
  id: 501,
  name: 'ris-link',
  kind: 'service',
  displayName: null,
  password: null,
  roles: [{ clinic: NORTH.id, role: 'service' }],
};

export function apiKey(selector: string, more: Partial<NewApiKey> = {}): NewApiKey {
  const expiresAt = act(DAY_MS).at;
  return { selector, account: ROBOT.id, digest: 'cd'.repeat(32), label: 'RIS', expiresAt, ...more };
}

export function subscription(
  selector: string,
  more: Partial<NewSubscription> = {},
): NewSubscription {
  return {
    selector,
    clinic: NORTH.id,
    digest: 'ef'.repeat(32),
    subject: { kind: 'clinic' },
    privacy: 'minimal',
    label: 'front desk',
    expiresAt: act(SUBSCRIPTION_MAX_MS).at,
    ...more,
  };
}

/** Both accounts. */
export async function withAccounts(store: Store): Promise<Store> {
  for (const account of [MEYER, ROBOT]) value(await store.createAccount(act(), account));
  return store;
}

/** Rows in every table of accounts and what belongs to them; on a store with the patient P-E-10 and episode 10. */
export async function fillAccess(store: Store): Promise<void> {
  const clinic = NORTH.id;
  const meyer = { clinic, account: MEYER.id };
  await withAccounts(store);
  value(await store.createApiKey(act(), apiKey('k-robot')));
  value(await store.createApiKey(act(), apiKey('k-old')));
  value(await store.revokeApiKey(act(), { selector: 'k-old' }));
  const subjects = [
    ['s-clinic', { kind: 'clinic' }],
    ['s-patient', { kind: 'patient', patientRef: 'P-E-10' }],
    ['s-meyer', { kind: 'clinician', account: MEYER.id }],
  ] as const;
  for (const [selector, subject] of subjects) {
    value(await store.createSubscription(act(), subscription(selector, { subject })));
  }
  value(await store.revokeSubscription(act(), { clinic, selector: 's-clinic' }));
  for (const account of [MEYER.id, ROBOT.id]) {
    const work = { clinic, episode: 10, account, assigned: true };
    value(await store.assignClinician(act(), work));
  }
  for (const name of ['late', 'mine']) {
    value(await store.saveView(act(), { ...meyer, view: { name, query: `bucket=${name}` } }));
  }
  for (const kind of ['backup', 'drill'] as const) {
    value(await store.recordOperation(act(), { kind, outcome: 'ok', detail: 'all is well' }));
  }
}
