import { describe, expect, test } from 'vitest';
import { scryptPasswords } from '../../src/host/passwords.ts';
import { createAccount } from '../../src/service/access/create-account.ts';
import { ok } from '../cli/clinic-store.ts';
import { httpClinic, ORIGIN } from './http-clinic.ts';
import { formsOf } from './page-forms.ts';

const HOUR = 3_600_000;
const PASSWORD = 'a long and quiet sentence';

describe('who is not signed in', () => {
  test('is led to the page for signing in, and from there back', async () => {
    const { visitor } = await httpClinic({ sample: false });
    const answer = await visitor().get('/password?a=b');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('Location')).toBe('/sign-in?next=%2Fpassword%3Fa%3Db');
  });

  test('loses no text of a form that is sent after the session has ended', async () => {
    const { as, pass } = await httpClinic({ sample: false });
    const nurse = await as('scheduler');
    pass(HOUR);
    const answer = await nurse.post('/c/NORTH/register', { id: 'x"<y', other: 'Z' });
    expect(answer.status).toBe(401);
    const page = await answer.text();
    expect(page).toContain('What you typed is kept');
    expect(page).toContain('x%22%3Cy');
  });

  test.each<[string, readonly (readonly [string, string])[]]>([
    [
      'of usual length',
      [
        ['note', 'seen by Dr. Lee,\r\nwrites "<b>&amp;</b>"'],
        ['id', ' EP-1 '],
      ],
    ],
    [
      'with a field that is there twice',
      [
        ['a', '1'],
        ['a', '2'],
        ['b', ''],
        ['a', '1'],
      ],
    ],
    ['of 64 kB', [['note', 'x'.repeat(65_000)]]],
    ['of 64 kB of what grows most', [['note', '\u00e4\u6f22"%'.repeat(2600)]]],
    ['of 9000 fields', Array.from({ length: 9000 }, (_, field) => [`${field}`, ''] as const)],
    ['of empty fields, as many as fit', Array.from({ length: 32_000 }, () => ['', ''] as const)],
  ])(
    'keeps each field of a form %s, also where the password was wrong first',
    async (_, fields) => {
      const clinic = await httpClinic({ sample: false });
      const { access } = clinic;
      Object.assign(access, { passwords: scryptPasswords({ ln: 4, r: 8, p: 1 }) });
      const account = { name: 'nurse.one', kind: 'person', password: PASSWORD } as const;
      ok(await createAccount(access, { ...account, clinic: clinic.clinic, roles: ['scheduler'] }));
      const post = (path: string, sent: readonly (readonly [string, string])[]) =>
        clinic.fetch(
          new Request(`${ORIGIN}${path}`, {
            method: 'POST',
            headers: { 'Sec-Fetch-Site': 'same-origin' },
            body: new URLSearchParams(sent.map(([name, value]): [string, string] => [name, value])),
          }),
        );
      const to = '/c/NORTH/register?back=%2F';
      let answer = await post(to, fields);
      expect(answer.status).toBe(401);
      for (const [password, status] of [
        ['wrong', 422],
        [PASSWORD, 200],
      ] as const) {
        const page = await answer.text();
        const kept = formsOf(page, to).find(({ action }) => action === '/sign-in')?.fields ?? [];
        const typed = { name: account.name, password };
        answer = await post('/sign-in', [
          ...kept.filter(([name]) => !(name in typed)),
          ...Object.entries(typed),
        ]);
        expect(answer.status).toBe(status);
      }
      const again = formsOf(await answer.text(), to).find(({ action }) => action === to);
      expect(again?.method).toBe('POST');
      // A browser sends each end of a line as both of them again.
      const shown = fields.map(([name, value]) => [name, value.replaceAll('\r\n', '\n')]);
      expect(again?.fields).toEqual(shown);
    },
  );
});

/** NORTH with two nurses and a viewer who have passwords, and a form that the first sent too late. */
async function sentTooLate() {
  const clinic = await httpClinic({ sample: false });
  const { access } = clinic;
  Object.assign(access, { passwords: scryptPasswords({ ln: 4, r: 8, p: 1 }) });
  for (const [name, role] of [
    ['nurse.one', 'scheduler'],
    ['nurse.two', 'scheduler'],
    ['viewer.one', 'viewer'],
  ] as const) {
    const account = { name, kind: 'person', password: PASSWORD } as const;
    ok(await createAccount(access, { ...account, clinic: clinic.clinic, roles: [role] }));
  }
  const browser = clinic.visitor();
  await browser.post('/sign-in', { name: 'nurse.one', password: PASSWORD });
  const send = () => browser.post(REGISTER, { id: 'EP-"77"', step: 'confirm' });
  const signIn = async (name: string, page: string) => {
    const kept = formsOf(page, REGISTER).find(({ action }) => action === '/sign-in')?.fields ?? [];
    const fields = { ...Object.fromEntries(kept), name, password: PASSWORD };
    return (await browser.post('/sign-in', fields)).text();
  };
  return { ...clinic, browser, send, signIn };
}

const REGISTER = '/c/NORTH/register';

describe('a form that was sent after the session had ended', () => {
  test('goes on for whoever typed it', async () => {
    const { pass, send, signIn } = await sentTooLate();
    pass(HOUR);
    const page = await signIn('nurse.one', await (await send()).text());
    expect(page).toContain('Go on with what you typed');
    expect(formsOf(page, '/').some(({ action }) => action === REGISTER)).toBe(true);
  });

  test.each(['nurse.two', 'viewer.one'])('is not given to %s', async (name) => {
    const { pass, send, signIn } = await sentTooLate();
    pass(HOUR);
    const page = await signIn(name, await (await send()).text());
    expect(page).toContain('You are not the one who typed it');
    expect(page).not.toContain('EP-');
    expect(formsOf(page, '/').some(({ action }) => action === REGISTER)).toBe(false);
  });

  test('by nobody knows whom is shown before it is sent in another name', async () => {
    const { browser, send, signIn } = await sentTooLate();
    await browser.post('/sign-out');
    const page = await signIn('nurse.two', await (await send()).text());
    expect(page).toContain('read it before you send it');
    expect(page).toContain('<dt>id</dt><dd>EP-&quot;77&quot;</dd>');
    expect(page).not.toContain('<dt>step</dt>');
    expect(formsOf(page, '/').some(({ action }) => action === REGISTER)).toBe(true);
  });

  test('is not offered to a viewer, who may not send it', async () => {
    const { browser, send, signIn } = await sentTooLate();
    await browser.post('/sign-out');
    const page = await signIn('viewer.one', await (await send()).text());
    expect(page).toContain('Your roles do not allow you to send it');
    expect(page).not.toContain('EP-');
  });
});

describe('the log', () => {
  test('names the account that signed in, and nothing that was typed where it failed', async () => {
    const clinic = await httpClinic({ sample: false });
    const { access, visitor, log } = clinic;
    Object.assign(access, { passwords: scryptPasswords({ ln: 4, r: 8, p: 1 }) });
    const account = { name: 'nurse.one', kind: 'person', password: PASSWORD } as const;
    const { id } = ok(
      await createAccount(access, { ...account, clinic: clinic.clinic, roles: ['scheduler'] }),
    );
    const { seq } = await access.store.auditHead();
    const browser = visitor();
    await browser.post('/sign-in', { name: PASSWORD, password: account.name });
    await browser.post('/sign-in', { name: account.name, password: PASSWORD });
    await browser.post('/sign-out');
    const kept = JSON.stringify({ to: '/c/NORTH/register', sent: 'id=EP-1', by: null });
    await browser.post('/sign-in', { name: account.name, password: PASSWORD, kept });
    const told = log.map((line) => JSON.parse(line));
    expect(told.map((line) => [line.route, line.status, line.account])).toEqual([
      ['/sign-in', 422, null],
      ['/sign-in', 303, id],
      ['/sign-out', 303, id],
      ['/sign-in', 200, id],
    ]);
    expect(log.join('')).not.toMatch(/quiet|nurse/);
    expect((await access.store.auditHead()).seq).toBe(seq);
  });
});

describe('where one is sent after signing in', () => {
  test.each([
    '//elsewhere.example',
    '/\\elsewhere.example',
    'https://elsewhere.example',
    '/a\r\nb',
  ])('no other site is reached by %j', async (next) => {
    const { as } = await httpClinic({ sample: false });
    const nurse = await as('scheduler');
    const answer = await nurse.get(`/sign-in?next=${encodeURIComponent(next)}`);
    expect(answer.headers.get('Location')).toBe('/');
  });
});
