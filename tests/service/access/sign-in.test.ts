import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { scryptPasswords } from '../../../src/host/passwords.ts';
import type { AccessContext } from '../../../src/service/access/access-context.ts';
import { callerOfAccount } from '../../../src/service/access/caller-of-account.ts';
import { changePassword } from '../../../src/service/access/change-password.ts';
import { LoginThrottle } from '../../../src/service/access/login-throttle.ts';
import { reviseAccount } from '../../../src/service/access/revise-account.ts';
import { signIn } from '../../../src/service/access/sign-in.ts';
import { StoreFault } from '../../../src/store/store-fault.ts';
import { ok } from '../../cli/clinic-store.ts';
import { accessClinic, KINDS, SECRET } from './access-clinic.ts';

/** Bytes of the heap that are in use when all that may go is gone. */
function heapKept(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

describe.each(KINDS)('signing in, with a store in %s', (kind) => {
  async function staffed() {
    const clinic = await accessClinic(kind);
    const nurse = await clinic.person('nurse-a', ['scheduler']);
    await clinic.person('gone', ['scheduler']);
    ok(await reviseAccount(clinic.access, { name: 'gone', disabled: true }));
    await clinic.machine('bridge');
    const throttle = new LoginThrottle(clinic.access.clock);
    const enter = (name: string, password = SECRET, access: AccessContext = clinic.access) =>
      signIn(access, throttle, { name, password, source: '192.0.2.1' });
    return { ...clinic, nurse, throttle, enter };
  }

  test('tells who it is and which roles in which clinic', async () => {
    const { enter, nurse, north } = await staffed();
    const caller = ok(await enter(' Nurse-A '));
    expect(caller).toEqual(nurse);
    expect(caller).toMatchObject({ name: 'nurse-a', displayName: 'nurse-a', kind: 'person' });
    expect(caller.roles).toEqual(new Map([[north.id, new Set(['scheduler'])]]));
  });

  test.each([
    ['nobody', SECRET],
    ['nurse-a', 'seven green tricycles'],
    ['nurse-a', ''],
    ['nurse-a', 'x'.repeat(100_000)],
    ['gone', SECRET],
    ['gone', 'seven green tricycles'],
    ['bridge', SECRET],
    ['bridge', ''],
    ['', ''],
    ['no account can have this name', SECRET],
    [`nurse-a${' '.repeat(100)}x`, SECRET],
    ['n'.repeat(60), SECRET],
    ["nurse-a' OR 1=1 --", SECRET],
  ])(
    'answers %j with %j as it answers every other failure, after the same work',
    async (name, password) => {
      const { enter, access } = await staffed();
      const work: string[] = [];
      const counting: AccessContext = {
        ...access,
        passwords: {
          ...access.passwords,
          verify: (given, encoded) => {
            work.push(`verify ${encoded.replace(/[^$=,a-z0-9].*$/, '')} ${encoded.length}`);
            return access.passwords.verify(given, encoded);
          },
        },
      };
      const wrong = await enter('nurse-a', 'wrong', counting);
      const [asMuch] = work.splice(0);
      expect(asMuch).toMatch(/^verify \$scrypt\$/);
      expect(await enter(name, password, counting)).toEqual(wrong);
      expect(work.map((each) => each.slice(0, 24))).toEqual([asMuch?.slice(0, 24)]);
      expect(wrong).toEqual({
        ok: false,
        fault: 'invalid',
        problems: [{ path: '', message: 'the name and the password do not fit together' }],
        waitSeconds: 0,
      });
    },
  );

  test('of more than 80 at one time looks at 20 passwords, has 60 wait, and turns the others away', async () => {
    const { access, throttle, enter } = await staffed();
    const checked = Promise.withResolvers<void>();
    let checks = 0;
    const slow: AccessContext = {
      ...access,
      passwords: {
        ...access.passwords,
        verify: async () => {
          checks += 1;
          await checked.promise;
          return false;
        },
      },
    };
    const from = (place: number) =>
      signIn(slow, throttle, { name: `name-${place}`, password: 'x', source: `source ${place}` });
    const working = Array.from({ length: 80 }, (_, place) => from(place));
    const turnedAway = await from(80);
    expect(turnedAway).toMatchObject({
      ok: false,
      fault: 'busy',
      problems: [{ message: 'too many are signing in at this moment' }],
      waitSeconds: 5,
    });
    await expect.poll(() => checks).toBe(20);
    await new Promise((go) => setImmediate(go));
    expect(checks).toBe(20);
    checked.resolve();
    await Promise.all(working);
    expect(checks).toBe(80);
    expect(ok(await enter('nurse-a')).name).toBe('nurse-a');
  });

  test('gives its place back when the store fails, and counts that for nothing', async () => {
    const { access, throttle, enter } = await staffed();
    const failing = Object.assign(Object.create(access.store), {
      findAccount: async () => {
        throw new Error('the file cannot be read');
      },
    });
    for (let attempt = 0; attempt < 25; attempt += 1) {
      const given = { name: 'nurse-a', password: SECRET, source: '192.0.2.1' };
      await expect(signIn({ ...access, store: failing }, throttle, given)).rejects.toThrow();
    }
    expect(ok(await enter('nurse-a')).name).toBe('nurse-a');
  });

  test.each(['nurse-a', 'nobody', 'gone', 'bridge'])(
    'has %s wait after five failures, whoever it is, and does not look at the password then',
    async (name) => {
      const { enter, pass } = await staffed();
      for (let attempt = 0; attempt < 5; attempt += 1) await enter(name, 'wrong');
      const waiting = await enter(name);
      expect(waiting).toEqual({
        ok: false,
        fault: 'busy',
        problems: [
          {
            path: '',
            message: 'too many attempts to sign in failed',
            mend: 'wait 30 seconds, then try again',
          },
        ],
        waitSeconds: 30,
      });
      pass(30_000);
      expect((await enter(name)).ok).toBe(name === 'nurse-a');
    },
  );

  test.each(['none', 'of nothing'])(
    'lets nobody in with no password where %s is kept',
    async (kept) => {
      const { access, north, enter } = await staffed();
      const password = kept === 'none' ? null : await access.passwords.hash('');
      const roles = [{ clinic: north.id, role: 'viewer' }] as const;
      const odd = {
        id: 7,
        name: 'odd',
        kind: 'person',
        displayName: null,
        password,
        roles,
      } as const;
      await access.store.createAccount({ actor: 'tester', at: access.clock() }, odd);
      for (const typed of ['', ' ', 'x'.repeat(300)])
        expect((await enter('odd', typed)).ok).toBe(false);
    },
  );

  test('keeps a password under a hash of today’s cost, once, and no session ends by it', async () => {
    const { access, enter, nurse } = await staffed();
    const dear: AccessContext = { ...access, passwords: scryptPasswords({ ln: 5, r: 8, p: 1 }) };
    const kept = async () => {
      const found = await access.store.findAccount({ id: nurse.id });
      if (found.outcome !== 'ok') throw new Error('there is no such account');
      return found.value;
    };
    const before = await kept();
    expect((await enter('nurse-a', 'wrong', dear)).ok).toBe(false);
    expect((await kept()).password).toBe(before.password);
    const { seq } = await access.store.auditHead();
    expect(ok(await enter('nurse-a', SECRET, dear))).toEqual(nurse);
    const after = await kept();
    expect(before.password).toMatch(/^\$scrypt\$ln=4,/);
    expect(after.password).toMatch(/^\$scrypt\$ln=5,/);
    expect(after).toEqual({ ...before, password: after.password });
    expect(await callerOfAccount(access, nurse.id, nurse.credentialsVersion)).toEqual(nurse);
    const rows = await access.store.pageAudit({ after: seq, limit: 10 });
    expect(rows).toMatchObject([{ action: 'account.revised', actor: 'nurse-a' }]);
    expect(JSON.parse(rows[0]?.detail ?? '')).toEqual({
      account: nurse.id,
      changed: ['password-encoding'],
    });
    for (const again of [dear, access]) {
      expect(ok(await enter('nurse-a', SECRET, again))).toEqual(nurse);
      expect(await kept()).toEqual(after);
    }
  });

  test.each([
    ['the store takes nothing just now', () => Promise.reject(new StoreFault('full', 'no room'))],
    ['the account was changed meanwhile', async () => ({ outcome: 'conflict', version: 2 })],
  ])('lets in under the older hash where %s', async (_, reviseAccount) => {
    const { access, enter, nurse } = await staffed();
    const store = Object.assign(Object.create(access.store), { reviseAccount });
    const passwords = scryptPasswords({ ln: 5, r: 8, p: 1 });
    expect(ok(await enter('nurse-a', SECRET, { ...access, store, passwords }))).toEqual(nurse);
  });

  test('with names that are longer than any account counts them as one name', async () => {
    const { enter } = await staffed();
    const faults = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const entered = await enter(`${attempt}${'a'.repeat(40)}`);
      faults.push(entered.ok ? 'none' : entered.fault);
    }
    expect(faults).toEqual([...Array(5).fill('invalid'), 'busy']);
    expect(ok(await enter(`${' '.repeat(100)}nurse-a`)).name).toBe('nurse-a');
  });

  test('keeps nothing of the forms and headers in which names and networks came', async () => {
    const { access, throttle } = await staffed();
    const guess = async (at: number) => {
      const [space, filling] = [' '.repeat(400_000), 'x'.repeat(400_000)];
      const form = `${at}${space}a-longer-name-${at}`;
      const header = `${at}${filling},2001:db8:1:${at}::/64`;
      const source = header.slice(header.indexOf(',') + 1);
      const name = at % 2 === 0 ? `${at}${filling}` : form.slice(String(at).length);
      expect((await signIn(access, throttle, { name, password: 'x', source })).ok).toBe(false);
    };
    await guess(1000);
    const before = heapKept();
    for (let at = 0; at < 100; at += 1) await guess(at);
    expect(heapKept() - before).toBeLessThan(8_000_000);
  });

  test('begins to count anew after a success', async () => {
    const { enter } = await staffed();
    for (let round = 0; round < 3; round += 1) {
      for (let attempt = 0; attempt < 4; attempt += 1) await enter('nurse-a', 'wrong');
      expect((await enter('nurse-a')).ok).toBe(true);
    }
  });
});

describe.each(KINDS)('a caller, with a store in %s', (kind) => {
  test('is no caller any more once disabled, and one of an earlier version after each change', async () => {
    const { access, person, north } = await accessClinic(kind);
    const { id, credentialsVersion } = await person('nurse-a', ['scheduler']);
    const now = () => callerOfAccount(access, id);
    expect(await callerOfAccount(access, id, credentialsVersion)).toEqual(await now());
    ok(await reviseAccount(access, { name: 'nurse-a', roles: { clinic: north, are: ['viewer'] } }));
    expect(await callerOfAccount(access, id, credentialsVersion)).toBeNull();
    const revised = await now();
    expect(revised?.roles).toEqual(new Map([[north.id, new Set(['viewer'])]]));
    ok(await changePassword(access, { name: 'nurse-a', password: 'eleven blue teapots' }));
    expect(await callerOfAccount(access, id, revised?.credentialsVersion)).toBeNull();
    ok(await reviseAccount(access, { name: 'nurse-a', disabled: true }));
    expect(await now()).toBeNull();
    expect(await callerOfAccount(access, 12_345)).toBeNull();
  });
});
