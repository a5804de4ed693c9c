import { describe, expect, test } from 'vitest';
import type { AccountChanges } from '../../src/store/account.ts';
import type { Store } from '../../src/store/store.ts';
import { DAY_MS, MEYER, ROBOT, withAccounts } from './access-fixtures.ts';
import { act, exam, furnish, NORTH, newEpisode, SOUTH, value } from './fixtures.ts';
import { tokenContract } from './token-contract.ts';

const clinic = NORTH.id;
const at10 = { clinic, episode: 10 };
const none = (what: string) => ({ outcome: 'not-found', what });
const refusal = (why: string) => ({ outcome: 'refused', why });

const lastRow = async (store: Store) => {
  const { seq } = await store.auditHead();
  const [row] = await store.pageAudit({ after: seq - 1, limit: 1 });
  return { ...row, detail: JSON.parse(row?.detail ?? 'null') };
};

/** What every store promises about accounts and what belongs to them. `make` gives an empty one. */
export function accessContract(name: string, make: () => Promise<Store>): void {
  tokenContract(name, make);

  const staffed = async () => withAccounts(await furnish(await make()));
  const withEpisodes = async () => {
    const store = await staffed();
    const episodes = [10, 11, 12].map((id) => newEpisode(id));
    value(await store.registerEpisodes(act(), { clinic, episodes }));
    return store;
  };

  describe(`${name}: accounts`, () => {
    const find = async (store: Store) => value(await store.findAccount({ id: MEYER.id }));
    const revise = (store: Store, changes: AccountChanges, more: object = {}) =>
      store.reviseAccount(act(5), { id: MEYER.id, changes, ...more });

    test('an account comes back by name and by number, its roles in order', async () => {
      const store = await furnish(await make());
      value(await store.createAccount(act(3, 'root'), MEYER));
      const kept = {
        ...MEYER,
        roles: [
          { clinic: NORTH.id, role: 'administrator' },
          { clinic: NORTH.id, role: 'clinician' },
          { clinic: SOUTH.id, role: 'viewer' },
        ],
        credentialsVersion: 1,
        disabledAt: null,
        createdAt: act(3).at,
        createdBy: 'root',
      };
      expect(value(await store.findAccount({ name: 'a.meyer' }))).toEqual(kept);
      expect(value(await store.findAccount({ id: MEYER.id }))).toEqual(kept);
      expect(await store.findAccount({ name: 'A.Meyer' })).toEqual(none('account'));
      expect(await store.findAccount({ id: 9 })).toEqual(none('account'));
      expect((await lastRow(store)).detail).toEqual({
        account: MEYER.id,
        roles: ['1:administrator', '1:clinician', '2:viewer'],
      });
    });

    test('accounts are listed in the order of their names', async () => {
      const store = await staffed();
      value(await store.createAccount(act(), { ...ROBOT, id: 3, name: 'b.roy' }));
      const accounts = await store.listAccounts();
      expect(accounts.map(({ id }) => id)).toEqual([MEYER.id, 3, ROBOT.id]);
      for (const account of accounts) {
        expect(value(await store.findAccount({ id: account.id }))).toEqual(account);
      }
    });

    test.each(['', 'a', 'A.Meyer', '.meyer', 'a meyer', 'ä.meyer', 'a'.repeat(41), 'a.meyer\n'])(
      'the sign-in name %j is refused',
      async (wrong) => {
        const store = await staffed();
        const head = await store.auditHead();
        const work = { ...MEYER, id: 9, name: wrong };
        expect(await store.createAccount(act(), work)).toEqual(refusal('name-malformed'));
        expect(await store.auditHead()).toEqual(head);
      },
    );

    test('number and name are unique, and a role is one in a clinic that exists', async () => {
      const store = await staffed();
      const head = await store.auditHead();
      const create = (more: object) => store.createAccount(act(), { ...MEYER, ...more });
      expect(await create({ name: 'b.roy' })).toEqual(refusal('id-taken'));
      expect(await create({ id: 9 })).toEqual(refusal('name-taken'));
      const roles = [...MEYER.roles, { clinic: 9, role: 'viewer' }];
      expect(await create({ id: 9, name: 'b.roy', roles })).toEqual(none('clinic'));
      expect(await store.findAccount({ id: 9 })).toEqual(none('account'));
      expect(await store.auditHead()).toEqual(head);
    });

    test.each<[string, AccountChanges, object, object]>([
      [
        'another display name ends no session',
        { displayName: null },
        { displayName: null, credentialsVersion: 1 },
        { changed: ['display-name'] },
      ],
      [
        'another password ends the sessions',
        { password: 'scrypt$other$x' },
        { password: 'scrypt$other$x', credentialsVersion: 2 },
        { changed: ['password'] },
      ],
      [
        'a password that is encoded anew ends no session',
        { rehashed: 'scrypt$dearer$x' },
        { password: 'scrypt$dearer$x', credentialsVersion: 1 },
        { changed: ['password-encoding'] },
      ],
      [
        'another password counts, and not how an older one is encoded',
        { password: 'scrypt$other$x', rehashed: 'scrypt$dearer$x' },
        { password: 'scrypt$other$x', credentialsVersion: 2 },
        { changed: ['password'] },
      ],
      [
        'a password taken away ends the sessions',
        { password: null },
        { password: null, credentialsVersion: 2 },
        { changed: ['password'] },
      ],
      [
        'other roles end the sessions',
        { roles: [{ clinic, role: 'viewer' }] },
        { roles: [{ clinic, role: 'viewer' }], credentialsVersion: 2 },
        { changed: ['roles'], roles: ['1:viewer'] },
      ],
      [
        'roles may all be taken away',
        { roles: [] },
        { roles: [], credentialsVersion: 2 },
        { changed: ['roles'], roles: [] },
      ],
      [
        'disabling says when, and ends the sessions',
        { disabled: true },
        { disabledAt: act(5).at, credentialsVersion: 2 },
        { changed: ['disabled'] },
      ],
      [
        'several changes are one',
        { disabled: true, password: null, displayName: 'M' },
        { disabledAt: act(5).at, password: null, displayName: 'M', credentialsVersion: 2 },
        { changed: ['display-name', 'password', 'disabled'] },
      ],
    ])('%s', async (_, changes, after, told) => {
      const store = await staffed();
      const before = await find(store);
      const { credentialsVersion } = value(await revise(store, changes));
      const found = await find(store);
      expect(found).toEqual({ ...before, ...after });
      expect(credentialsVersion).toBe(found.credentialsVersion);
      expect(await lastRow(store)).toMatchObject({
        action: 'account.revised',
        clinic: null,
        detail: { account: MEYER.id, ...told },
      });
    });

    test('a disabled account is enabled again with a new version; twice disabled keeps the first time', async () => {
      const store = await staffed();
      value(await revise(store, { disabled: true }));
      const { seq } = await store.auditHead();
      const again = await store.reviseAccount(act(9), {
        id: MEYER.id,
        changes: { disabled: true },
      });
      expect(value(again)).toEqual({ credentialsVersion: 2 });
      expect((await store.auditHead()).seq).toBe(seq);
      expect((await find(store)).disabledAt).toBe(act(5).at);
      expect(value(await revise(store, { disabled: false }))).toEqual({ credentialsVersion: 3 });
      expect((await find(store)).disabledAt).toBeNull();
      expect((await lastRow(store)).detail).toEqual({ account: MEYER.id, changed: ['enabled'] });
    });

    test('what is as it was writes nothing, also roles in another order or named twice', async () => {
      const store = await staffed();
      const head = await store.auditHead();
      const { password, displayName, roles } = MEYER;
      const twice = [...roles, ...roles].reverse();
      const same = { password, displayName, roles: twice, disabled: false };
      expect(value(await revise(store, same))).toEqual({ credentialsVersion: 1 });
      expect(value(await revise(store, {}))).toEqual({ credentialsVersion: 1 });
      expect(await store.auditHead()).toEqual(head);
    });

    test('a change from a version that was passed is a conflict; an unknown account or clinic is not found', async () => {
      const store = await staffed();
      value(await revise(store, { password: null }, { expected: 1 }));
      const head = await store.auditHead();
      expect(await revise(store, { password: 'x' }, { expected: 1 })).toEqual({
        outcome: 'conflict',
        version: 2,
      });
      expect(await revise(store, { password: 'x' }, { id: 9 })).toEqual(none('account'));
      const roles = [{ clinic: 9, role: 'viewer' }] as const;
      expect(await revise(store, { roles })).toEqual(none('clinic'));
      expect(await store.auditHead()).toEqual(head);
      expect((await find(store)).roles).toHaveLength(3);
    });
  });

  describe(`${name}: clinicians of an episode`, () => {
    const assign = (store: Store, account: number, assigned: boolean, more: object = {}) =>
      store.assignClinician(act(), { ...at10, account, assigned, ...more });

    test('an account is responsible for episodes, an episode has several', async () => {
      const store = await withEpisodes();
      for (const episode of [12, 10]) {
        expect(value(await assign(store, MEYER.id, true, { episode }))).toEqual({ changed: true });
      }
      value(await assign(store, ROBOT.id, true));
      const meyer = { clinic, account: MEYER.id };
      expect(await store.episodesOfClinician(meyer)).toEqual([10, 12]);
      expect(value(await store.cliniciansOfEpisode(at10))).toEqual([MEYER.id, ROBOT.id]);
      expect(value(await store.cliniciansOfEpisode({ clinic, episode: 11 }))).toEqual([]);
      expect(value(await assign(store, MEYER.id, false))).toEqual({ changed: true });
      expect(await lastRow(store)).toMatchObject({
        action: 'episode.unassigned',
        clinic,
        episode: 10,
        version: null,
        detail: { account: MEYER.id },
      });
      expect(await store.episodesOfClinician(meyer)).toEqual([12]);
      expect(value(await store.cliniciansOfEpisode(at10))).toEqual([ROBOT.id]);
    });

    test('it changes no version, and counts as no change for the night', async () => {
      const store = await withEpisodes();
      const { seq } = await store.auditHead();
      value(await assign(store, MEYER.id, true));
      expect(value(await store.loadCase(at10)).version).toBe(1);
      expect(await store.listChanges({ clinic, afterAudit: seq })).toEqual({
        changed: [],
        erased: [],
      });
      value(await store.appendEvents(act(), { ...at10, expected: 1, events: [exam('y')] }));
      expect(value(await store.cliniciansOfEpisode(at10))).toEqual([MEYER.id]);
    });

    test('the same again writes nothing', async () => {
      const store = await withEpisodes();
      value(await assign(store, MEYER.id, true));
      const head = await store.auditHead();
      expect(value(await assign(store, MEYER.id, true))).toEqual({ changed: false });
      expect(value(await assign(store, ROBOT.id, false))).toEqual({ changed: false });
      expect(await store.auditHead()).toEqual(head);
    });

    test('only an account with a role in the clinic becomes responsible; one that lost it can be taken off', async () => {
      const store = await withEpisodes();
      value(await assign(store, MEYER.id, true));
      const roles = [{ clinic: SOUTH.id, role: 'clinician' }] as const;
      for (const { id } of [MEYER, ROBOT]) {
        value(await store.reviseAccount(act(), { id, changes: { roles } }));
      }
      expect(await assign(store, ROBOT.id, true)).toEqual(none('account'));
      expect(await assign(store, 9, true)).toEqual(none('account'));
      expect(await assign(store, 9, false)).toEqual(none('account'));
      expect(value(await assign(store, MEYER.id, false))).toEqual({ changed: true });
    });

    test('an episode of another clinic is not found, an erased one has no one', async () => {
      const store = await withEpisodes();
      value(await assign(store, MEYER.id, true));
      const elsewhere = { clinic: SOUTH.id, episode: 10 };
      expect(await assign(store, MEYER.id, true, elsewhere)).toEqual(none('episode'));
      expect(await store.cliniciansOfEpisode(elsewhere)).toEqual(none('episode'));
      expect(await store.episodesOfClinician({ clinic: SOUTH.id, account: MEYER.id })).toEqual([]);
      const whose = { episode: 10 };
      value(await store.erasePatient(act(), { clinic, whose, ground: 'patient-request' }));
      expect(await store.episodesOfClinician({ clinic, account: MEYER.id })).toEqual([]);
      expect(await store.cliniciansOfEpisode(at10)).toEqual(refusal('erased'));
      expect(await assign(store, MEYER.id, true)).toEqual(refusal('erased'));
    });
  });

  describe(`${name}: saved views`, () => {
    const meyer = { clinic, account: MEYER.id };
    const save = (store: Store, label: string, query: string, scope: object = {}) =>
      store.saveView(act(), { ...meyer, ...scope, view: { name: label, query } });

    test('are kept by name in their clinic and for their account', async () => {
      const store = await staffed();
      for (const label of ['Ürgent', 'late', 'b-4']) value(await save(store, label, 'bucket=due'));
      value(await save(store, 'late', 'bucket=overdue&tier=high'));
      value(await save(store, 'late', 'south', { clinic: SOUTH.id }));
      value(await save(store, 'late', 'robot', { account: ROBOT.id }));
      expect(await store.listViews(meyer)).toEqual([
        { name: 'b-4', query: 'bucket=due' },
        { name: 'late', query: 'bucket=overdue&tier=high' },
        { name: 'Ürgent', query: 'bucket=due' },
      ]);
      expect(await store.listViews({ ...meyer, clinic: SOUTH.id })).toEqual([
        { name: 'late', query: 'south' },
      ]);
      expect(await lastRow(store)).toMatchObject({ clinic, detail: { account: ROBOT.id } });
      expect(await store.listViews({ clinic, account: 9 })).toEqual([]);
    });

    test('the same again, and one removed that is not there, write nothing', async () => {
      const store = await staffed();
      value(await save(store, 'late', 'q=1'));
      const head = await store.auditHead();
      expect(value(await save(store, 'late', 'q=1'))).toEqual({ changed: false });
      const remove = (label: string, scope: object = {}) =>
        store.removeView(act(), { ...meyer, ...scope, name: label });
      expect(value(await remove('other'))).toEqual({ changed: false });
      expect(value(await remove('late', { account: ROBOT.id }))).toEqual({ changed: false });
      expect(value(await remove('late', { clinic: SOUTH.id }))).toEqual({ changed: false });
      expect(await store.auditHead()).toEqual(head);
      expect(value(await remove('late'))).toEqual({ changed: true });
      expect(await store.listViews(meyer)).toEqual([]);
      expect((await lastRow(store)).action).toBe('view.removed');
    });

    test('belong to an account with a role in the clinic, and have an end', async () => {
      const store = await staffed();
      const head = await store.auditHead();
      expect(await save(store, 'late', 'q', { account: 9 })).toEqual(none('account'));
      const stranger = { clinic: SOUTH.id, account: ROBOT.id };
      expect(await save(store, 'late', 'q', stranger)).toEqual(none('account'));
      expect(await save(store, 'late', 'q', { clinic: 9 })).toEqual(none('clinic'));
      expect(await save(store, 'x'.repeat(61), 'q')).toEqual(refusal('too-long'));
      expect(await save(store, 'late', 'q'.repeat(2001))).toEqual(refusal('too-long'));
      expect(await store.auditHead()).toEqual(head);
      expect(value(await save(store, '😀'.repeat(30), 'q'.repeat(2000)))).toEqual({
        changed: true,
      });
    });
  });

  describe(`${name}: operations`, () => {
    test('the newest of each kind is told, with who and when', async () => {
      const store = await furnish(await make());
      expect(await store.lastOperations()).toEqual([]);
      const note = async (later: number, kind: 'backup' | 'drill', outcome: 'ok' | 'failed') => {
        const operation = { kind, outcome, detail: `the ${later}. one` };
        value(await store.recordOperation(act(later, 'backup-job'), operation));
      };
      const told = (later: number) => ({
        detail: `the ${later}. one`,
        actor: 'backup-job',
        at: act(later).at,
      });
      await note(1, 'drill', 'ok');
      expect(await store.lastOperations()).toEqual([{ kind: 'drill', outcome: 'ok', ...told(1) }]);
      await note(2, 'backup', 'ok');
      await note(2 + DAY_MS, 'backup', 'failed');
      expect(await store.lastOperations()).toEqual([
        { kind: 'backup', outcome: 'failed', ...told(2 + DAY_MS) },
        { kind: 'drill', outcome: 'ok', ...told(1) },
      ]);
      expect(await lastRow(store)).toMatchObject({
        action: 'operation.recorded',
        detail: { operation: 3, kind: 'backup', outcome: 'failed' },
      });
    });
  });
}
