import { describe, expect, test } from 'vitest';
import { scryptPasswords } from '../../../src/host/passwords.ts';
import { storeHost as systemHost } from '../../../src/host/store-host.ts';
import { openAccess } from '../../../src/service/access/access-context.ts';
import { callerOfApiKey } from '../../../src/service/access/api-keys.ts';
import { LoginThrottle } from '../../../src/service/access/login-throttle.ts';
import { signIn } from '../../../src/service/access/sign-in.ts';
import type { StoreHost } from '../../../src/service/open-context.ts';
import { type ClinicStore, clinicStore } from '../clinic-store.ts';
import { NOON, type World } from '../memory-surroundings.ts';

const SECRET = 'seven green bicycles';
const OTHER = 'eleven blue teapots!';
const DAY_MS = 86_400_000;

/** Cheap hashes: what a hash costs is tested where it is made. */
function cheap(host: StoreHost): StoreHost {
  return {
    ...host,
    chance: systemHost(host.clock).chance,
    passwords: scryptPasswords({ ln: 4, r: 8, p: 1 }),
  };
}

function world(more: World = {}): World {
  return { storeHost: cheap, ...more, files: { 'secret.txt': `${SECRET}\n`, ...more.files } };
}

const ADD = ['user', 'add', 'nurse-a', '--role', 'scheduler', '--password-file', 'secret.txt'];

/** A store with the account nurse-a, a scheduler, and one of a machine, bridge. */
async function staffed(): Promise<ClinicStore> {
  const store = await clinicStore();
  expect((await store.run(ADD, world())).stderr).toBe('');
  const bridge = await store.run(['user', 'add', 'bridge', '--service'], world());
  expect([bridge.code, bridge.stderr]).toEqual([0, '']);
  return store;
}

async function list(store: ClinicStore, more: readonly string[] = []) {
  return JSON.parse((await store.run(['user', 'list', ...more])).stdout);
}

/** Works with the accounts as the web service does. */
async function withAccess<T>(
  store: ClinicStore,
  work: (access: Awaited<ReturnType<typeof openAccess>>) => Promise<T>,
): Promise<T> {
  const key = Uint8Array.from(Buffer.from(store.keyText.trim(), 'hex'));
  const host = cheap(systemHost(() => NOON));
  const access = await openAccess(host, { database: store.database, key, actor: 'http' });
  try {
    return await work(access);
  } finally {
    await access.store.close();
  }
}

function entersWith(store: ClinicStore, name: string, password: string): Promise<boolean> {
  return withAccess(store, async (access) => {
    const throttle = new LoginThrottle(access.clock);
    return (await signIn(access, throttle, { name, password, source: '192.0.2.1' })).ok;
  });
}

describe('user add', () => {
  test('makes an account that can sign in, and list shows nothing by which it can', async () => {
    const store = await clinicStore();
    const dry = await store.run([...ADD, '--name', 'Nurse A.', '--dry-run'], world());
    expect(dry.stdout).toBe('Would make account nurse-a, Nurse A.: scheduler in clinic NORTH.\n');
    expect(await list(store)).toEqual([]);
    const made = await store.run([...ADD, '--name', 'Nurse A.'], world());
    expect(made).toMatchObject({
      code: 0,
      stdout: 'Made account nurse-a, Nurse A.: scheduler in clinic NORTH.\n',
      stderr: '',
    });
    const { id } = await withAccess(store, async (access) => {
      const found = await access.store.findAccount({ name: 'nurse-a' });
      if (found.outcome !== 'ok') throw new Error('it was made');
      return found.value;
    });
    expect(await list(store)).toEqual([
      {
        id,
        name: 'nurse-a',
        displayName: 'Nurse A.',
        kind: 'person',
        roles: [{ clinic: 'NORTH', role: 'scheduler' }],
        hasPassword: true,
        disabled: false,
        createdAt: '2026-06-15T12:00:00Z',
        createdBy: 'nurse',
      },
    ]);
    expect(await entersWith(store, 'nurse-a', SECRET)).toBe(true);
    expect(await entersWith(store, 'nurse-a', OTHER)).toBe(false);
    const shown = await store.run(['user', 'list'], { columns: 100 });
    expect(shown.stdout).toMatch(
      new RegExp(`nurse-a +person +NORTH:scheduler +active +${id} +Nurse A\\.`),
    );
  });

  test('takes the password from standard input, and several roles', async () => {
    const store = await clinicStore();
    const args = ['user', 'add', 'Dr.Lee', '--role', 'clinician', '--role', 'administrator'];
    const made = await store.run(
      [...args, '--password-file', '-'],
      world({ files: { '-': `${SECRET}\r\n`.replace('\r', '') } }),
    );
    expect(made.stdout).toContain('account dr.lee');
    expect((await list(store))[0].roles).toEqual([
      { clinic: 'NORTH', role: 'administrator' },
      { clinic: 'NORTH', role: 'clinician' },
    ]);
  });

  test('asks at the terminal for the password, twice, and shows none of it', async () => {
    const store = await clinicStore();
    const args = ['user', 'add', 'nurse-a', '--role', 'scheduler'];
    const made = await store.run(args, world({ typed: [SECRET, SECRET] }));
    expect(made).toMatchObject({
      code: 0,
      stdout: 'Made account nurse-a, nurse-a: scheduler in clinic NORTH.\n',
      stderr: 'New password: The same again: ',
    });
    expect(await entersWith(store, 'nurse-a', SECRET)).toBe(true);
  });

  test.each([
    [[SECRET, OTHER], 'the second time it was another password'],
    [[SECRET], 'there is no password'],
    [[], 'there is no password'],
    [['', ''], 'there is no password'],
    [['kangaroo', 'kangaroo'], 'too short'],
  ])('makes nothing where %j is typed', async (typed, says) => {
    const store = await clinicStore();
    const refused = await store.run(
      ['user', 'add', 'nurse-a', '--role', 'viewer'],
      world({ typed }),
    );
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 3, stdout: '' });
    expect(refused.stderr).toContain(says);
    for (const word of typed.filter((each) => each !== '')) {
      expect(refused.stderr).not.toContain(word);
    }
    expect(await list(store)).toEqual([]);
  });

  test.each([
    [['nurse-b', '--password-file', 'secret.txt'], 2, 'an account without a role may do nothing'],
    [['nurse-b', '--role', 'nurse'], 2, 'Allowed choices are viewer'],
    [['nurse-b', '--role', 'viewer'], 2, '--password-file: a person needs a password'],
    [
      ['x', '--role', 'viewer', '--password-file', 'secret.txt'],
      3,
      'name: this cannot be the name',
    ],
    [['nurse-b', '--role', 'viewer', '--password-file', 'gone.txt'], 5, 'no such file'],
    [['nurse-b', '--role', 'viewer', '--password-file', 'short.txt'], 3, 'too short'],
    [['nurse-b', '--role', 'viewer', '--password-file', 'two.txt'], 3, 'more than a password'],
    [['nurse-b', '--role', 'viewer', '--password-file', 'empty.txt'], 3, 'there is no password'],
    [['nurse-b', '--role', 'service', '--password-file', 'secret.txt'], 3, 'only a machine'],
    [['robot', '--service', '--role', 'clinician'], 3, 'a machine cannot have this role'],
    [['robot', '--service', '--password-file', 'secret.txt'], 2, 'a machine has keys'],
    [
      ['nurse-a', '--role', 'viewer', '--password-file', 'secret.txt'],
      3,
      'another account has this',
    ],
    [
      ['nurse-b', '--role', 'viewer', '--clinic', 'WEST', '--password-file', 'secret.txt'],
      5,
      'no such clinic',
    ],
  ])('refuses %j, and tells no password', async (args, code, says) => {
    const store = await staffed();
    const files = {
      'short.txt': 'kangaroo\n',
      'two.txt': `${SECRET}\n${OTHER}\n`,
      'empty.txt': '\n',
    };
    for (const more of [[], ['--dry-run']]) {
      const run = await store.run(['user', 'add', ...args, ...more], world({ files }));
      expect(run.code).toBe(code);
      expect(run.stderr).toContain(says);
      for (const secret of [SECRET, OTHER, 'kangaroo']) expect(run.stderr).not.toContain(secret);
    }
    expect(await list(store)).toHaveLength(2);
  });
});

describe('user role', () => {
  test('sets all roles in one clinic and leaves those in others', async () => {
    const store = await staffed();
    await store.run(['clinic', 'add', 'WEST', '--zone', 'Europe/Paris']);
    const west = ['user', 'role', 'nurse-a', '--role', 'viewer', '--clinic', 'WEST'];
    const given = await store.run(west);
    expect(given.stdout).toBe('Account nurse-a is viewer in clinic WEST (before: nothing).\n');
    const north = ['user', 'role', 'nurse-a', '--role', 'clinician', '--clinic', 'NORTH'];
    expect((await store.run([...north, '--dry-run'])).stdout).toBe(
      'Account nurse-a would be clinician in clinic NORTH (before: scheduler).\n',
    );
    expect((await store.run(north)).code).toBe(0);
    expect((await store.run(north)).stdout).toBe(
      'Account nurse-a stays clinician in clinic NORTH.\n',
    );
    const none = ['user', 'role', 'nurse-a', '--role', 'none', '--clinic', 'WEST'];
    expect((await store.run([...none, '--dry-run'])).stdout).toContain('would be nothing');
    const [, nurse] = await list(store);
    expect(nurse.roles).toEqual([
      { clinic: 'NORTH', role: 'clinician' },
      { clinic: 'WEST', role: 'viewer' },
    ]);
    expect((await store.run(none)).code).toBe(0);
    expect(await list(store, ['--clinic', 'WEST'])).toEqual([]);
  });

  test.each([
    [['nurse-a'], 2, '--role'],
    [['nurse-a', '--role', 'none', '--role', 'viewer'], 2, 'none alone'],
    [['nurse-a', '--role', 'service'], 3, 'only a machine'],
    [['nurse-s', '--role', 'viewer'], 5, 'did you mean nurse-a?'],
  ])('refuses %j', async (args, code, says) => {
    const run = await (await staffed()).run(['user', 'role', ...args]);
    expect([run.code, run.stderr]).toEqual([code, expect.stringContaining(says)]);
  });
});

test('user password lets the new password in and the old one out', async () => {
  const store = await staffed();
  const args = ['user', 'password', 'nurse-a', '--password-file', 'other.txt'];
  const files = { 'other.txt': `${OTHER}\n` };
  const dry = await store.run([...args, '--dry-run'], world({ files }));
  expect(dry.stdout).toBe('Would change the password of the account.\n');
  expect(await entersWith(store, 'nurse-a', SECRET)).toBe(true);
  expect((await store.run(args, world({ files }))).code).toBe(0);
  expect(await entersWith(store, 'nurse-a', OTHER)).toBe(true);
  expect(await entersWith(store, 'nurse-a', SECRET)).toBe(false);
  const machine = await store.run(
    ['user', 'password', 'bridge', '--password-file', 'other.txt'],
    world({ files }),
  );
  expect([machine.code, machine.stderr]).toEqual([3, expect.stringContaining('user key')]);
});

test('user disable shuts an account out, and user enable lets it in again', async () => {
  const store = await staffed();
  const run = async (...args: string[]) => (await store.run(['user', ...args])).stdout;
  expect(await run('disable', 'nurse-a', '--dry-run')).toBe('Account nurse-a would be disabled.\n');
  expect(await entersWith(store, 'nurse-a', SECRET)).toBe(true);
  expect(await run('disable', 'nurse-a')).toBe('Account nurse-a is disabled.\n');
  expect(await run('disable', 'nurse-a')).toBe('Account nurse-a is disabled already.\n');
  expect(await entersWith(store, 'nurse-a', SECRET)).toBe(false);
  expect(await run('enable', 'nurse-a')).toBe('Account nurse-a is enabled.\n');
  expect(await entersWith(store, 'nurse-a', SECRET)).toBe(true);
});

describe('user key', () => {
  const KEY = ['user', 'key', 'bridge', '--label', 'ehr'];

  test('prints a key once, alone, which opens the account until it is revoked', async () => {
    const store = await staffed();
    const dry = await store.run([...KEY, '--dry-run'], world());
    expect(dry.stdout).toBe('Would make a key, ehr, that holds until 2027-06-15T12:00:00Z.\n');
    expect(JSON.parse((await store.run(['user', 'keys', 'bridge'])).stdout)).toEqual([]);
    const made = await store.run([...KEY, '--days', '30'], world());
    expect(made.code).toBe(0);
    const token = made.stdout.trim();
    const [selector = '', verifier = ''] = token.split('.');
    expect(made.stderr).toContain(selector);
    expect(made.stderr).not.toContain(verifier);
    const caller = (text: string) => withAccess(store, (access) => callerOfApiKey(access, text));
    expect(await caller(token)).toMatchObject({ name: 'bridge', kind: 'service' });
    const keys = await store.run(['user', 'keys', 'bridge']);
    expect(JSON.parse(keys.stdout)).toEqual([
      {
        selector,
        label: 'ehr',
        state: 'active',
        createdAt: '2026-06-15T12:00:00Z',
        createdBy: 'nurse',
        expiresAt: '2026-07-15T12:00:00Z',
      },
    ]);
    expect(keys.stdout).not.toContain(verifier);
    const later = await store.run(['user', 'keys', 'bridge'], { now: NOON + 30 * DAY_MS });
    expect(JSON.parse(later.stdout)[0].state).toBe('expired');
    const revoke = async (...args: string[]) =>
      (await store.run(['user', 'revoke', ...args])).stdout;
    expect(await revoke(selector, '--dry-run')).toBe('The key would be revoked.\n');
    expect(await caller(token)).not.toBeNull();
    expect(await revoke(selector)).toBe('The key is revoked.\n');
    expect(await revoke(selector)).toBe('The key was revoked before.\n');
    expect(await caller(token)).toBeNull();
    const shown = await store.run(['user', 'keys', 'bridge'], { columns: 120 });
    expect(shown.stdout).toContain('revoked');
  });

  test.each([
    [['user', 'key', 'nurse-a', '--label', 'ehr'], 3, 'this account is of a person'],
    [['user', 'key', 'bridge', '--label', ' '], 3, 'label: a label is needed'],
    [[...KEY, '--days', '366'], 3, 'days: it cannot hold for so long'],
    [[...KEY, '--days', 'ten'], 2, 'Whole days'],
    [['user', 'revoke', 'nothing'], 5, 'there is no such API key'],
    [['user', 'keys', 'nobody'], 5, 'there is no such account'],
  ])('refuses %j', async (args, code, says) => {
    const run = await (await staffed()).run(args, world());
    expect([run.code, run.stderr]).toEqual([code, expect.stringContaining(says)]);
  });
});

test('neither a password nor a key is in the audit log', async () => {
  const store = await staffed();
  const { stdout } = await store.run(['user', 'key', 'bridge', '--label', 'ehr'], world());
  const [, verifier = 'none'] = stdout.trim().split('.');
  const rows = await store.use(({ store: kept }) => kept.pageAudit({ after: 0, limit: 1000 }));
  const text = JSON.stringify(rows);
  expect(text).toContain('account.created');
  expect(text).toContain('api-key.created');
  for (const secret of [SECRET, '$scrypt$', verifier]) expect(text).not.toContain(secret);
});
