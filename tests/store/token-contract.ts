import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { SUBSCRIPTION_MAX_MS } from '../../src/store/subscription.ts';
import { apiKey, DAY_MS, MEYER, ROBOT, subscription, withAccounts } from './access-fixtures.ts';
import { act, facts, furnish, NORTH, newEpisode, SOUTH, value } from './fixtures.ts';

const clinic = NORTH.id;
const none = (what: string) => ({ outcome: 'not-found', what });
const refusal = (why: string) => ({ outcome: 'refused', why });
const patient = (patientRef: string) => ({ kind: 'patient', patientRef }) as const;
const clinician = (account: number) => ({ kind: 'clinician', account }) as const;

/** What every store promises about API keys and subscriptions. `make` gives an empty one. */
export function tokenContract(name: string, make: () => Promise<Store>): void {
  const staffed = async () => withAccounts(await furnish(await make()));
  const lastDetail = async (store: Store) => {
    const { seq } = await store.auditHead();
    const [row] = await store.pageAudit({ after: seq - 1, limit: 1 });
    return [row?.action, JSON.parse(row?.detail ?? 'null')];
  };

  describe(`${name}: API keys`, () => {
    test('a key is found by its selector, and with the others of its account', async () => {
      const store = await staffed();
      value(await store.createApiKey(act(2, 'a.meyer'), apiKey('k-2')));
      value(await store.createApiKey(act(1), apiKey('k-1')));
      value(await store.createApiKey(act(), apiKey('k-0', { account: MEYER.id })));
      const kept = {
        ...apiKey('k-2'),
        createdAt: act(2).at,
        createdBy: 'a.meyer',
        revokedAt: null,
      };
      expect(value(await store.findApiKey('k-2'))).toEqual(kept);
      const selectors = (await store.listApiKeys(ROBOT.id)).map(({ selector }) => selector);
      expect(selectors).toEqual(['k-1', 'k-2']);
      expect(await store.findApiKey('k-9')).toEqual(none('api-key'));
      expect(await store.listApiKeys(9)).toEqual([]);
    });

    test('a revoked key is found with the time at which it ended; once more changes nothing', async () => {
      const store = await staffed();
      value(await store.createApiKey(act(), apiKey('k-1')));
      const revoke = (later: number, selector = 'k-1') =>
        store.revokeApiKey(act(later), { selector });
      expect(value(await revoke(7))).toEqual({ changed: true });
      expect(await lastDetail(store)).toEqual([
        'api-key.revoked',
        { selector: 'k-1', account: ROBOT.id },
      ]);
      const head = await store.auditHead();
      expect(value(await revoke(8))).toEqual({ changed: false });
      expect(await revoke(8, 'k-9')).toEqual(none('api-key'));
      expect(await store.auditHead()).toEqual(head);
      expect(value(await store.findApiKey('k-1')).revokedAt).toBe(act(7).at);
      expect(await store.listApiKeys(ROBOT.id)).toHaveLength(1);
    });

    test('a selector that is taken, an unknown account and an end before the begin are refused', async () => {
      const store = await staffed();
      value(await store.createApiKey(act(), apiKey('k-1')));
      const head = await store.auditHead();
      const create = (more: object) => store.createApiKey(act(), apiKey('k-2', more));
      expect(await create({ selector: 'k-1', account: MEYER.id })).toEqual(refusal('id-taken'));
      expect(await create({ account: 9 })).toEqual(none('account'));
      expect(await create({ expiresAt: act().at })).toEqual(refusal('expiry-out-of-range'));
      expect(await store.auditHead()).toEqual(head);
      expect(value(await create({ expiresAt: act(1).at }))).toBeNull();
    });
  });

  describe(`${name}: subscriptions`, () => {
    const withPatients = async () => {
      const store = await staffed();
      const episodes = [
        [10, 'P-1'],
        [11, 'P-1'],
        [12, 'P-2'],
      ].map(([id, patientRef]) =>
        newEpisode(Number(id), { facts: facts(`E-${id}`, { patientRef: String(patientRef) }) }),
      );
      value(await store.registerEpisodes(act(), { clinic, episodes }));
      return store;
    };
    const subscribe = (store: Store, selector: string, more: object = {}, later = 0) =>
      store.createSubscription(act(later), subscription(selector, more));
    const selectors = async (store: Store, query: object = {}) =>
      (await store.listSubscriptions({ clinic, ...query })).map(({ selector }) => selector);

    test.each([{ kind: 'clinic' } as const, clinician(MEYER.id), patient('P-1')])(
      'one of $kind comes back as it was made',
      async (subject) => {
        const store = await withPatients();
        const made = subscription('s-1', { subject, privacy: 'coded' });
        value(await store.createSubscription(act(0, 'a.meyer'), made));
        const kept = { ...made, createdAt: act().at, createdBy: 'a.meyer', revokedAt: null };
        expect(value(await store.findSubscription('s-1'))).toEqual(kept);
        expect(await store.listSubscriptions({ clinic, subject })).toEqual([kept]);
        expect(await lastDetail(store)).toEqual([
          'subscription.created',
          { selector: 's-1', subject: subject.kind, privacy: 'coded' },
        ]);
      },
    );

    test('are listed by clinic and subject, in the order of making', async () => {
      const store = await withPatients();
      value(await subscribe(store, 's-4', { subject: patient('P-1') }, 4));
      value(await subscribe(store, 's-1', { subject: patient('P-1') }, 5));
      value(await subscribe(store, 's-2', { subject: patient('P-2') }, 6));
      value(await subscribe(store, 's-3', { subject: clinician(MEYER.id) }, 7));
      value(await subscribe(store, 's-0', {}, 8));
      const south = { clinic: SOUTH.id, subject: clinician(MEYER.id) };
      value(await subscribe(store, 's-5', south, 9));
      expect(await selectors(store)).toEqual(['s-4', 's-1', 's-2', 's-3', 's-0']);
      expect(await selectors(store, { subject: patient('P-1') })).toEqual(['s-4', 's-1']);
      expect(await selectors(store, { subject: patient('P-9') })).toEqual([]);
      expect(await selectors(store, { subject: clinician(MEYER.id) })).toEqual(['s-3']);
      expect(await selectors(store, { subject: { kind: 'clinic' } })).toEqual(['s-0']);
      expect(await selectors(store, { clinic: SOUTH.id })).toEqual(['s-5']);
      expect(await selectors(store, { clinic: 9 })).toEqual([]);
      expect(value(await store.findSubscription('s-5')).clinic).toBe(SOUTH.id);
    });

    test('hold for more than nothing and for at most 365 days', async () => {
      const store = await staffed();
      const until = (later: number) => subscribe(store, `s-${later}`, { expiresAt: act(later).at });
      const head = await store.auditHead();
      for (const later of [-DAY_MS, 0, SUBSCRIPTION_MAX_MS + 1]) {
        expect(await until(later)).toEqual(refusal('expiry-out-of-range'));
      }
      expect(await store.auditHead()).toEqual(head);
      for (const later of [1, SUBSCRIPTION_MAX_MS]) value(await until(later));
    });

    test('are of a patient, an account or a clinic that there is; a selector stands once in the store', async () => {
      const store = await withPatients();
      value(await subscribe(store, 's-1'));
      const head = await store.auditHead();
      const south = { clinic: SOUTH.id };
      expect(await subscribe(store, 's-1', south)).toEqual(refusal('id-taken'));
      expect(await subscribe(store, 's-2', { clinic: 9 })).toEqual(none('clinic'));
      expect(await subscribe(store, 's-2', { subject: patient('P-9') })).toEqual(none('episode'));
      expect(await subscribe(store, 's-2', { ...south, subject: patient('P-1') })).toEqual(
        none('episode'),
      );
      expect(await subscribe(store, 's-2', { subject: clinician(9) })).toEqual(none('account'));
      expect(await subscribe(store, 's-2', { ...south, subject: clinician(ROBOT.id) })).toEqual(
        none('account'),
      );
      expect(await store.findSubscription('s-2')).toEqual(none('subscription'));
      expect(await store.auditHead()).toEqual(head);
    });

    test('are revoked inside their clinic, once, and stay to be seen', async () => {
      const store = await staffed();
      value(await subscribe(store, 's-1'));
      const revoke = (later: number, more: object = {}) =>
        store.revokeSubscription(act(later), { clinic, selector: 's-1', ...more });
      const head = await store.auditHead();
      expect(await revoke(1, { clinic: SOUTH.id })).toEqual(none('subscription'));
      expect(await revoke(1, { selector: 's-9' })).toEqual(none('subscription'));
      expect(await store.auditHead()).toEqual(head);
      expect(value(await revoke(2))).toEqual({ changed: true });
      expect(value(await revoke(3))).toEqual({ changed: false });
      expect((await store.auditHead()).seq).toBe(head.seq + 1);
      const { at } = act(2);
      expect(value(await store.findSubscription('s-1')).revokedAt).toBe(at);
      expect(await store.listSubscriptions({ clinic })).toMatchObject([{ revokedAt: at }]);
    });

    test('are replaced by another one in one piece, or not at all', async () => {
      const store = await staffed();
      value(await subscribe(store, 's-1'));
      value(await subscribe(store, 's-2'));
      const head = await store.auditHead();
      const replace = (by: object, selector = 's-1') =>
        store.replaceSubscription(act(2), { selector, by: subscription('s-3', by) });
      expect(await replace({}, 's-9')).toEqual(none('subscription'));
      expect(await replace({ clinic: SOUTH.id })).toEqual(none('subscription'));
      expect(await replace({ selector: 's-2' })).toEqual(refusal('id-taken'));
      expect(await replace({ subject: patient('P-9') })).toEqual(none('episode'));
      expect(await replace({ expiresAt: act(2).at })).toEqual(refusal('expiry-out-of-range'));
      expect(await store.auditHead()).toEqual(head);
      expect(value(await store.findSubscription('s-1')).revokedAt).toBeNull();
      expect(value(await replace({}))).toEqual({ changed: true });
      const rows = await store.pageAudit({ after: head.seq, limit: 9 });
      expect(rows.map(({ action, detail }) => [action, JSON.parse(detail).selector])).toEqual([
        ['subscription.revoked', 's-1'],
        ['subscription.created', 's-3'],
      ]);
      expect(value(await store.findSubscription('s-1')).revokedAt).toBe(act(2).at);
      expect(value(await store.findSubscription('s-3')).revokedAt).toBeNull();
      expect(value(await replace({ selector: 's-4' }))).toEqual({ changed: false });
      expect(await store.findSubscription('s-4')).toEqual(none('subscription'));
    });

    test('of a reference end when an episode turns out to be of another, and stay ended', async () => {
      const store = await withPatients();
      value(await subscribe(store, 's-1', { subject: patient('P-1') }));
      value(await subscribe(store, 's-2', { subject: patient('P-1') }, 1));
      value(await store.revokeSubscription(act(2), { clinic, selector: 's-2' }));
      value(await subscribe(store, 's-3', { subject: patient('P-2') }));
      value(await subscribe(store, 's-4', { subject: clinician(MEYER.id) }));
      value(await subscribe(store, 's-5'));
      const revise = async (expected: number, more: object, later: number) => {
        const revised = facts('E-10', { patientRef: 'P-1', ...more });
        const work = { clinic, episode: 10, expected, facts: revised };
        return value(await store.reviseEpisode(act(later), work));
      };
      const active = async () =>
        (await store.listSubscriptions({ clinic }))
          .filter(({ revokedAt }) => revokedAt === null)
          .map(({ selector }) => selector)
          .sort();
      await revise(1, { tumor: { sizeMm: 9 } }, 3);
      expect(await active()).toEqual(['s-1', 's-3', 's-4', 's-5']);
      const { seq } = await store.auditHead();
      // E-11 is of P-1 still: whoever holds this address may be the patient that E-10 belongs to.
      await revise(2, { patientRef: 'P-2', tumor: { sizeMm: 9 } }, 4);
      expect(await active()).toEqual(['s-3', 's-4', 's-5']);
      expect(value(await store.findSubscription('s-1')).revokedAt).toBe(act(4).at);
      expect(value(await store.findSubscription('s-2')).revokedAt).toBe(act(2).at);
      const rows = await store.pageAudit({ after: seq, limit: 9 });
      expect(rows.map(({ action }) => action)).toEqual(['episode.revised', 'subscription.revoked']);
      expect((await lastDetail(store))[1]).toEqual({
        selector: 's-1',
        subject: 'patient',
        privacy: 'minimal',
      });
      await revise(3, {}, 5);
      expect(await active()).toEqual(['s-4', 's-5']);
    });

    test('go with their patient when the last episode does, revoked ones and those of a former reference too', async () => {
      const store = await withPatients();
      value(await subscribe(store, 's-1', { subject: patient('P-1') }));
      value(await subscribe(store, 's-0', { subject: patient('P-1') }));
      value(await store.revokeSubscription(act(), { clinic, selector: 's-0' }));
      value(await subscribe(store, 's-2', { subject: patient('P-2') }));
      value(await subscribe(store, 's-3'));
      const erase = async (episode: number) => {
        const whose = { episode };
        value(await store.erasePatient(act(), { clinic, whose, ground: 'patient-request' }));
        return (await lastDetail(store))[1];
      };
      expect(await erase(10)).toEqual({ episodes: [10], events: 1, ground: 'patient-request' });
      expect(await selectors(store)).toEqual(['s-0', 's-1', 's-2', 's-3']);
      const revised = facts('E-11', { patientRef: 'P-1b' });
      value(await store.reviseEpisode(act(), { clinic, episode: 11, expected: 1, facts: revised }));
      value(await subscribe(store, 's-4', { subject: patient('P-1b') }));
      expect(await erase(11)).toMatchObject({ subscriptions: ['s-0', 's-1', 's-4'] });
      expect(await selectors(store)).toEqual(['s-2', 's-3']);
      expect(await store.findSubscription('s-1')).toEqual(none('subscription'));
      expect(await subscribe(store, 's-5', { subject: patient('P-1') })).toEqual(none('episode'));
    });
  });
}
