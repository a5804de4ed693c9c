import fc from 'fast-check';
import { expect } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { MEYER, subscription } from './access-fixtures.ts';
import { act, NORTH } from './fixtures.ts';
import type { Model } from './model.ts';

/** What the store ought to hold of accounts and what belongs to them. */
export interface AccessModel {
  /** Each account, with the version of its credentials and whether it has a role in the clinic. */
  readonly accounts: Map<number, { version: number; member: boolean }>;
  /** Accounts by episode. */
  readonly clinicians: Map<number, Set<number>>;
  /** The episode whose patient a subscription is of, and whether it was revoked. */
  readonly feeds: Map<string, { readonly episode: number; revoked: boolean }>;
  /** The views of each account, by name. */
  readonly views: Map<number, Map<string, string>>;
}

export const freshAccess = (): AccessModel => ({
  accounts: new Map(),
  clinicians: new Map(),
  feeds: new Map(),
  views: new Map(),
});

/** A change, and what the store must answer to it. */
interface Step {
  readonly name: string;
  readonly run: (model: Model, store: Store) => Promise<void>;
}

const clinic = NORTH.id;
const someAccount = fc.integer({ min: 1, max: 3 });
const someEpisode = fc.integer({ min: 1, max: 6 });
const roles = [{ clinic, role: 'viewer' }] as const;
const none = (what: string) => ({ outcome: 'not-found', what });
const changed = (is: boolean) => ({ outcome: 'ok', value: { changed: is } });

/** Why nothing can be done with an episode; undefined: it can. */
function episodeFault(model: Model, episode: number) {
  const kept = model.episodes.get(episode);
  if (kept === undefined) return none('episode');
  return kept.erased ? { outcome: 'refused', why: 'erased' } : undefined;
}

const create = someAccount.map((id) => ({
  name: `create account ${id}`,
  run: async (model: Model, store: Store) => {
    const result = await store.createAccount(act(), { ...MEYER, id, name: `user-${id}`, roles });
    if (model.access.accounts.has(id)) {
      expect(result).toEqual({ outcome: 'refused', why: 'id-taken' });
      return;
    }
    expect(result.outcome).toBe('ok');
    model.access.accounts.set(id, { version: 1, member: true });
    model.rows += 1;
  },
}));

const revise = fc
  .tuple(someAccount, fc.boolean(), fc.constantFrom(0, 0, -1))
  .map(([id, member, offset]) => ({
    name: `account ${id} ${member ? 'gets' : 'loses'} its role, from ${offset}`,
    run: async (model: Model, store: Store) => {
      const kept = model.access.accounts.get(id);
      const expected = (kept?.version ?? 1) + offset;
      const changes = { roles: member ? roles : [] };
      const result = await store.reviseAccount(act(), { id, expected, changes });
      if (kept === undefined) {
        expect(result).toEqual(none('account'));
        return;
      }
      if (offset !== 0) {
        expect(result).toEqual({ outcome: 'conflict', version: kept.version });
        return;
      }
      if (kept.member !== member) {
        kept.version += 1;
        model.rows += 1;
      }
      kept.member = member;
      expect(result).toEqual({ outcome: 'ok', value: { credentialsVersion: kept.version } });
    },
  }));

const assign = fc
  .tuple(someEpisode, someAccount, fc.boolean())
  .map(([episode, account, assigned]) => ({
    name: `${assigned ? 'assign' : 'unassign'} ${account} ${episode}`,
    run: async (model: Model, store: Store) => {
      const work = { clinic, episode, account, assigned };
      const result = await store.assignClinician(act(), work);
      const kept = model.access.accounts.get(account);
      const before = model.access.clinicians.get(episode) ?? new Set();
      const changes = before.has(account) !== assigned;
      const stranger = kept === undefined || (changes && assigned && !kept.member);
      const fault = episodeFault(model, episode) ?? (stranger ? none('account') : undefined);
      expect(result).toEqual(fault ?? changed(changes));
      if (fault !== undefined || !changes) return;
      if (assigned) before.add(account);
      else before.delete(account);
      model.access.clinicians.set(episode, before);
      model.rows += 1;
    },
  }));

const subscribe = fc.tuple(someEpisode, fc.integer({ min: 1, max: 4 })).map(([episode, n]) => ({
  name: `subscribe to ${episode} as s-${n}`,
  run: async (model: Model, store: Store) => {
    const subject = { kind: 'patient', patientRef: `P-E-${episode}` } as const;
    const made = subscription(`s-${n}`, { subject });
    const result = await store.createSubscription(act(), made);
    if (episodeFault(model, episode) !== undefined) {
      expect(result).toEqual(none('episode'));
      return;
    }
    if (model.access.feeds.has(`s-${n}`)) {
      expect(result).toEqual({ outcome: 'refused', why: 'id-taken' });
      return;
    }
    expect(result.outcome).toBe('ok');
    model.access.feeds.set(`s-${n}`, { episode, revoked: false });
    model.rows += 1;
  },
}));

const revoke = fc.integer({ min: 1, max: 4 }).map((n) => ({
  name: `revoke s-${n}`,
  run: async (model: Model, store: Store) => {
    const feed = model.access.feeds.get(`s-${n}`);
    const result = await store.revokeSubscription(act(), { clinic, selector: `s-${n}` });
    expect(result).toEqual(feed === undefined ? none('subscription') : changed(!feed.revoked));
    if (feed === undefined || feed.revoked) return;
    feed.revoked = true;
    model.rows += 1;
  },
}));

const replace = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .map(([n, m]) => ({
    name: `replace s-${n} by s-${m}`,
    run: async (model: Model, store: Store) => {
      const { feeds } = model.access;
      const feed = feeds.get(`s-${n}`);
      const subject = { kind: 'patient', patientRef: `P-E-${feed?.episode}` } as const;
      const by = subscription(`s-${m}`, { subject });
      const result = await store.replaceSubscription(act(), { selector: `s-${n}`, by });
      if (feed === undefined) {
        expect(result).toEqual(none('subscription'));
      } else if (feed.revoked) {
        expect(result).toEqual(changed(false));
      } else if (feeds.has(`s-${m}`)) {
        expect(result).toEqual({ outcome: 'refused', why: 'id-taken' });
      } else {
        expect(result).toEqual(changed(true));
        feed.revoked = true;
        feeds.set(`s-${m}`, { ...feed, revoked: false });
        model.rows += 2;
      }
    },
  }));

const view = fc
  .tuple(someAccount, fc.constantFrom('late', 'mine'), fc.constantFrom(null, 'q=1', 'q=2'))
  .map(([account, name, query]) => ({
    name: `view ${name} of ${account}: ${query}`,
    run: async (model: Model, store: Store) => {
      const views = model.access.views.get(account) ?? new Map<string, string>();
      const scope = { clinic, account };
      if (query === null) {
        const result = await store.removeView(act(), { ...scope, name });
        expect(result).toEqual(changed(views.has(name)));
        if (views.delete(name)) model.rows += 1;
        return;
      }
      const result = await store.saveView(act(), { ...scope, view: { name, query } });
      if (model.access.accounts.get(account)?.member !== true) {
        expect(result).toEqual(none('account'));
        return;
      }
      expect(result).toEqual(changed(views.get(name) !== query));
      if (views.get(name) !== query) model.rows += 1;
      model.access.views.set(account, views.set(name, query));
    },
  }));

/** The changes of accounts and what belongs to them. */
export const ACCESS_STEPS: readonly fc.Arbitrary<Step>[] = [
  create,
  create,
  revise,
  assign,
  assign,
  subscribe,
  revoke,
  replace,
  view,
];

/** What goes with an erased episode. */
export function forgetEpisode({ clinicians, feeds }: AccessModel, id: number): void {
  clinicians.delete(id);
  for (const [selector, { episode }] of feeds) if (episode === id) feeds.delete(selector);
}

/** Compares everything that can be asked of the store with the model. */
export async function sameAccess(model: AccessModel, store: Store): Promise<void> {
  const accounts = await store.listAccounts();
  expect(
    accounts.map(({ id, credentialsVersion, roles: has }) => [id, credentialsVersion, has.length]),
  ).toEqual(
    [...model.accounts]
      .sort(([a], [b]) => a - b)
      .map(([id, { version, member }]) => [id, version, member ? 1 : 0]),
  );
  for (const account of [1, 2, 3]) {
    const episodes = [...model.clinicians].filter(([, accountsOf]) => accountsOf.has(account));
    const numbers = episodes.map(([episode]) => episode).sort((a, b) => a - b);
    expect(await store.episodesOfClinician({ clinic, account })).toEqual(numbers);
    const views = [...(model.views.get(account) ?? [])].map(([name, query]) => ({ name, query }));
    const kept = await store.listViews({ clinic, account });
    expect(kept).toEqual(views.sort((a, b) => (a.name < b.name ? -1 : 1)));
  }
  const feeds = await store.listSubscriptions({ clinic });
  expect(feeds.map(({ selector, revokedAt }) => [selector, revokedAt !== null]).sort()).toEqual(
    [...model.feeds].map(([selector, { revoked }]) => [selector, revoked]).sort(),
  );
}
