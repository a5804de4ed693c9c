import { describe, expect, test } from 'vitest';
import { changePassword } from '../../../src/service/access/change-password.ts';
import { createAccount } from '../../../src/service/access/create-account.ts';
import { listAccounts } from '../../../src/service/access/list-accounts.ts';
import { LoginThrottle } from '../../../src/service/access/login-throttle.ts';
import { reviseAccount } from '../../../src/service/access/revise-account.ts';
import { signIn } from '../../../src/service/access/sign-in.ts';
import { ok } from '../../cli/clinic-store.ts';
import { accessClinic, failure, KINDS, NOON, SECRET } from './access-clinic.ts';

const NEW = 'eleven blue teapots';

describe.each(KINDS)('an account, with a store in %s', (kind) => {
  test('is listed without its password, by its clinic or all', async () => {
    const { access, person, machine, north, south } = await accessClinic(kind);
    const nurse = await person('nurse-a', ['scheduler', 'viewer', 'viewer']);
    await machine('bridge', south);
    const row = {
      id: nurse.id,
      name: 'nurse-a',
      displayName: 'nurse-a',
      kind: 'person',
      roles: [
        { clinic: 'NORTH', role: 'scheduler' },
        { clinic: 'NORTH', role: 'viewer' },
      ],
      hasPassword: true,
      disabled: false,
      createdAt: NOON,
      createdBy: 'tester',
    };
    expect(await listAccounts(access, north)).toEqual([row]);
    const all = await listAccounts(access);
    expect(all.map(({ name, hasPassword }) => [name, hasPassword])).toEqual([
      ['bridge', false],
      ['nurse-a', true],
    ]);
    expect(JSON.stringify(all)).not.toContain('scrypt');
  });

  test('that two change at one time keeps the change of one, and the other is told what was changed', async () => {
    const { access, person } = await accessClinic(kind);
    await person('nurse-a', ['scheduler']);
    const work = { name: 'nurse-a', password: NEW };
    const both = await Promise.all([changePassword(access, work), changePassword(access, work)]);
    const [left, ...others] = both.filter((each) => !each.ok);
    expect(others).toEqual([]);
    expect(failure(left ?? { ok: true })).toBe('conflict : the account was changed meanwhile');
  });

  test('that would be made is told and not made', async () => {
    const { access, north } = await accessClinic(kind);
    const work = {
      name: 'Nurse-A',
      displayName: ' A. Nurse ',
      kind: 'person',
      clinic: north,
    } as const;
    const more = { password: SECRET, roles: ['viewer'] as const };
    const dry = ok(await createAccount(access, { ...work, ...more, dryRun: true }));
    expect(await listAccounts(access)).toEqual([]);
    const made = ok(await createAccount(access, { ...work, ...more }));
    expect(made).toMatchObject({ name: 'nurse-a', displayName: 'A. Nurse', hasPassword: true });
    expect({ ...dry, id: made.id }).toEqual(made);
    expect(await listAccounts(access)).toEqual([made]);
    for (const dryRun of [true, false]) {
      const again = await createAccount(access, { ...work, ...more, dryRun });
      expect(failure(again)).toBe('refused : another account has this name');
    }
  });

  test.each([
    [{ name: 'x' }, 'name: this cannot be the name of an account'],
    [{ name: '-nurse' }, 'name: this cannot be the name of an account'],
    [{ name: 'nürse' }, 'name: this cannot be the name of an account'],
    [{ name: 'n'.repeat(41) }, 'name: this cannot be the name of an account'],
    [{ displayName: ' ' }, 'displayName: this cannot be the name'],
    [{ displayName: 'A\nB' }, 'displayName: this cannot be the name'],
    [{ roles: [] }, 'roles: an account without a role'],
    [{ roles: ['service'] }, 'roles: only a machine has this role'],
    [{ password: 'kangaroo' }, 'password: the password is too short'],
    [{ password: undefined }, 'password: a person signs in with a password'],
    [{ kind: 'service', roles: ['service'] }, 'password: a machine has keys'],
    [{ kind: 'service', password: undefined, roles: ['clinician'] }, 'roles: a machine cannot'],
  ] as const)('is not made with %j', async (part, says) => {
    const { access, north } = await accessClinic(kind);
    const sound = { name: 'nurse-a', kind: 'person', password: SECRET, roles: ['viewer'] } as const;
    const outcome = await createAccount(access, { ...sound, clinic: north, ...part });
    expect(failure(outcome)).toContain('invalid ');
    expect(failure(outcome)).toContain(says);
    expect(JSON.stringify(outcome)).not.toContain('kangaroo');
    expect(await listAccounts(access)).toEqual([]);
  });

  test('tells all that is wrong at once', async () => {
    const { access, north } = await accessClinic(kind);
    const work = {
      name: 'x',
      kind: 'person',
      password: 'short',
      displayName: '',
      roles: [],
    } as const;
    const outcome = await createAccount(access, { ...work, clinic: north });
    expect(failure(outcome).split('; ')).toHaveLength(4);
  });
});

describe.each(KINDS)('who administers one clinic, with a store in %s', (kind) => {
  async function staffed() {
    const clinic = await accessClinic(kind);
    const admin = await clinic.person('admin', ['administrator']);
    const nurse = await clinic.person('nurse-a', ['scheduler']);
    const far = await clinic.person('far', ['administrator'], clinic.south);
    return { ...clinic, admin, nurse, far };
  }
  const REFUSED = 'refused : only who administers every clinic of the account may do this';

  test('makes accounts there and not elsewhere; nobody else makes any', async () => {
    const { access, north, south, admin, nurse, far } = await staffed();
    const work = {
      name: 'new',
      kind: 'person',
      password: SECRET,
      roles: ['administrator'],
    } as const;
    for (const caller of [nurse, far]) {
      expect(failure(await createAccount(access, { ...work, clinic: north, caller }))).toBe(
        REFUSED,
      );
    }
    expect(failure(await createAccount(access, { ...work, clinic: south, caller: admin }))).toBe(
      REFUSED,
    );
    expect((await createAccount(access, { ...work, clinic: north, caller: admin })).ok).toBe(true);
  });

  test('changes an account that has roles there only', async () => {
    const { access, admin, nurse, far, south } = await staffed();
    const changes = [{ disabled: true }, { displayName: 'Other' }] as const;
    for (const change of changes) {
      for (const caller of [nurse, far]) {
        const outcome = await reviseAccount(access, { name: 'nurse-a', ...change, caller });
        expect(failure(outcome)).toBe(REFUSED);
      }
      ok(await reviseAccount(access, { name: 'nurse-a', ...change, caller: admin, dryRun: true }));
    }
    ok(await changePassword(access, { name: 'nurse-a', password: NEW, caller: admin }));
    ok(
      await reviseAccount(access, {
        name: 'nurse-a',
        roles: { clinic: south, are: ['viewer'] },
        caller: far,
      }),
    );
    for (const change of changes) {
      const outcome = await reviseAccount(access, { name: 'nurse-a', ...change, caller: admin });
      expect(failure(outcome)).toBe(REFUSED);
    }
    const taken = await changePassword(access, { name: 'nurse-a', password: NEW, caller: admin });
    expect(failure(taken)).toBe(REFUSED);
  });

  test('cannot take over an account without any role, which may be anybody’s', async () => {
    const { access, admin, south } = await staffed();
    ok(await reviseAccount(access, { name: 'far', roles: { clinic: south, are: [] } }));
    const taken = await changePassword(access, { name: 'far', password: NEW, caller: admin });
    expect(failure(taken)).toBe(REFUSED);
  });

  test('gives and takes roles there; roles in another clinic stay', async () => {
    const { access, admin, nurse, north, south } = await staffed();
    const give = (clinic: typeof north, are: readonly 'clinician'[], caller = admin) =>
      reviseAccount(access, { name: 'far', roles: { clinic, are }, caller });
    expect(failure(await give(south, []))).toBe(REFUSED);
    expect(failure(await give(north, ['clinician'], nurse))).toBe(REFUSED);
    const { before, after } = ok(await give(north, ['clinician']));
    expect(before.roles).toEqual([{ clinic: 'SOUTH', role: 'administrator' }]);
    const [kept] = (await listAccounts(access)).filter(({ name }) => name === 'far');
    expect(new Set(kept?.roles)).toEqual(new Set(after.roles));
    expect(kept?.roles).toHaveLength(2);
  });

  test('does not shut themselves out', async () => {
    const { access, admin, north } = await staffed();
    const self = { name: 'admin', caller: admin };
    const wrong = [
      { ...self, disabled: true },
      { ...self, roles: { clinic: north, are: ['viewer'] } },
    ] as const;
    for (const work of wrong) {
      expect(failure(await reviseAccount(access, work))).toBe(
        'refused name: nobody shuts themselves out',
      );
    }
    const more = { clinic: north, are: ['administrator', 'clinician'] } as const;
    expect((await reviseAccount(access, { ...self, roles: more })).ok).toBe(true);
  });
});

describe.each(KINDS)('changing an account, with a store in %s', (kind) => {
  test('lets its owner change the password, and nobody else without a role for it', async () => {
    const { access, person } = await accessClinic(kind);
    const [nurse, other] = [
      await person('nurse-a', ['viewer']),
      await person('nurse-b', ['clinician']),
    ];
    const work = { name: 'nurse-a', password: NEW };
    expect(failure(await changePassword(access, { ...work, caller: other }))).toContain('refused');
    ok(await changePassword(access, { ...work, caller: nurse, dryRun: true }));
    const enter = (password: string) => {
      const throttle = new LoginThrottle(access.clock);
      return signIn(access, throttle, { name: 'nurse-a', password, source: 'a' });
    };
    expect((await enter(NEW)).ok).toBe(false);
    ok(await changePassword(access, { ...work, caller: nurse }));
    expect((await enter(NEW)).ok).toBe(true);
    expect((await enter(SECRET)).ok).toBe(false);
    const short = await changePassword(access, { ...work, password: 'Nurse-A', caller: nurse });
    expect(failure(short)).toBe('invalid password: the password is too short');
  });

  test('tells what it was and what it is, and writes nothing on a dry run', async () => {
    const { access, person, pass, north } = await accessClinic(kind);
    await person('nurse-a', ['viewer']);
    pass(1000);
    const work = {
      name: 'nurse-a',
      displayName: 'A. Nurse',
      disabled: true,
      roles: { clinic: north, are: ['clinician'] },
    } as const;
    const dry = ok(await reviseAccount(access, { ...work, dryRun: true }));
    expect(await listAccounts(access)).toEqual([dry.before]);
    const done = ok(await reviseAccount(access, work));
    expect(done).toEqual(dry);
    expect(await listAccounts(access)).toEqual([done.after]);
    expect(done.after).toMatchObject({ displayName: 'A. Nurse', disabled: true });
  });

  test('cannot be done to one that is not there, nor with a role that does not fit', async () => {
    const { access, machine, north } = await accessClinic(kind);
    await machine('bridge');
    const unknown = await reviseAccount(access, { name: 'bridg', disabled: true });
    expect(unknown).toMatchObject({
      fault: 'not-found',
      problems: [{ mend: 'did you mean bridge?' }],
    });
    const roles = { clinic: north, are: ['administrator'] } as const;
    const wrong = await reviseAccount(access, { name: 'bridge', roles });
    expect(failure(wrong)).toBe('invalid roles: a machine cannot have this role');
    const password = await changePassword(access, { name: 'bridge', password: SECRET });
    expect(failure(password)).toContain('refused name: this account is of a machine');
  });
});
