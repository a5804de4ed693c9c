import { describe, expect, test } from 'vitest';
import { scryptPasswords } from '../../src/host/passwords.ts';
import { createAccount } from '../../src/service/access/create-account.ts';
import { reviseAccount } from '../../src/service/access/revise-account.ts';
import { ok } from '../cli/clinic-store.ts';
import { type HttpClinic, httpClinic, ORIGIN } from './http-clinic.ts';

const MINUTE = 60_000;
const PASSWORD = 'a long and quiet sentence';
const NAME = 'nurse.one';

/** A clinic in which somebody has a password; cheap to check, as many are. */
async function withNurse(): Promise<HttpClinic> {
  const clinic = await httpClinic({ sample: false });
  Object.assign(clinic.access, { passwords: scryptPasswords({ ln: 4, r: 8, p: 1 }) });
  ok(
    await createAccount(clinic.access, {
      name: NAME,
      kind: 'person',
      password: PASSWORD,
      clinic: clinic.clinic,
      roles: ['scheduler'],
    }),
  );
  return clinic;
}

async function signedIn(clinic: HttpClinic) {
  const browser = clinic.visitor();
  const answer = await browser.post('/sign-in', { name: NAME, password: PASSWORD });
  expect(answer.status).toBe(303);
  return browser;
}

/** Whether somebody is let in: the page for passwords is for whoever is signed in. */
async function isIn(browser: Awaited<ReturnType<typeof signedIn>>): Promise<boolean> {
  return (await browser.get('/password')).status === 200;
}

describe('the cookie of a session', () => {
  test('is sent over TLS only, to this host and no script, and by no other site', async () => {
    const { visitor } = await withNurse();
    const answer = await visitor().post('/sign-in', { name: NAME, password: PASSWORD });
    expect(answer.headers.get('Set-Cookie')).toMatch(
      /^__Host-cryowatch=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    );
  });

  test('that somebody planted is not taken over, and is of no use afterwards', async () => {
    const clinic = await withNurse();
    const planted = '__Host-cryowatch=planted-by-another-site';
    const send = (cookie: string) =>
      clinic.fetch(
        new Request(`${ORIGIN}/sign-in`, {
          method: 'POST',
          headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin' },
          body: new URLSearchParams({ name: NAME, password: PASSWORD }),
        }),
      );
    const first = (await send(planted)).headers.get('Set-Cookie')?.split(';')[0] ?? '';
    expect(first).not.toBe(planted);
    // A session that was there before ends when somebody signs in over it.
    const second = (await send(first)).headers.get('Set-Cookie')?.split(';')[0] ?? '';
    expect(second).not.toBe(first);
    const letIn = async (Cookie: string) =>
      (await clinic.fetch(new Request(`${ORIGIN}/password`, { headers: { Cookie } }))).status;
    expect(await letIn(planted)).toBe(303);
    expect(await letIn(first)).toBe(303);
    expect(await letIn(second)).toBe(200);
  });

  test('goes when somebody signs out, and its session with it', async () => {
    const clinic = await withNurse();
    const nurse = await signedIn(clinic);
    const Cookie = nurse.cookie();
    const answer = await nurse.post('/sign-out');
    expect(answer.headers.get('Set-Cookie')).toContain('Max-Age=0');
    const again = await clinic.fetch(new Request(`${ORIGIN}/password`, { headers: { Cookie } }));
    expect(again.status).toBe(303);
  });

  test.each(['', 'x', '=', '__Host-cryowatch', 'a;b;;=;', `__Host-cryowatch=${'A'.repeat(9000)}`])(
    'that reads %.30j lets nobody in',
    async (Cookie) => {
      const clinic = await withNurse();
      await signedIn(clinic);
      const answer = await clinic.fetch(new Request(`${ORIGIN}/password`, { headers: { Cookie } }));
      expect(answer.status).toBe(303);
    },
  );
});

describe('a session', () => {
  test('ends after 15 minutes without a request', async () => {
    const clinic = await withNurse();
    const nurse = await signedIn(clinic);
    clinic.pass(15 * MINUTE - 1);
    expect(await isIn(nurse)).toBe(true);
    clinic.pass(15 * MINUTE);
    expect(await isIn(nurse)).toBe(false);
  });

  test('ends after 12 hours, whatever happens', async () => {
    const clinic = await withNurse();
    const nurse = await signedIn(clinic);
    for (let minutes = 10; minutes < 12 * 60; minutes += 10) {
      clinic.pass(10 * MINUTE);
      expect(await isIn(nurse)).toBe(true);
    }
    clinic.pass(10 * MINUTE);
    expect(await isIn(nurse)).toBe(false);
  });

  test('ends at once when the account is disabled, and stays ended when it is enabled again', async () => {
    const clinic = await withNurse();
    const nurse = await signedIn(clinic);
    ok(await reviseAccount(clinic.access, { name: NAME, disabled: true }));
    expect(await isIn(nurse)).toBe(false);
    ok(await reviseAccount(clinic.access, { name: NAME, disabled: false }));
    expect(await isIn(nurse)).toBe(false);
  });

  test('ends when the roles of the account are changed; a new one has those of this moment', async () => {
    const clinic = await withNurse();
    const nurse = await signedIn(clinic);
    expect((await nurse.get('/c/NORTH/register')).status).toBe(200);
    const roles = { clinic: clinic.clinic, are: ['viewer'] as const };
    ok(await reviseAccount(clinic.access, { name: NAME, roles }));
    expect(await isIn(nurse)).toBe(false);
    const again = await signedIn(clinic);
    expect((await again.get('/c/NORTH/register')).status).toBe(403);
    expect((await again.get('/c/NORTH/protocols')).status).toBe(200);
  });

  test('of every browser ends when the password is changed', async () => {
    const clinic = await withNurse();
    const [here, there] = [await signedIn(clinic), await signedIn(clinic)];
    const answer = await here.post('/password', {
      current: PASSWORD,
      password: 'another quiet sentence, longer',
    });
    expect(answer.status).toBe(303);
    expect(await isIn(there)).toBe(false);
    expect(await isIn(here)).toBe(false);
    const old = await clinic.visitor().post('/sign-in', { name: NAME, password: PASSWORD });
    expect(old.status).toBe(422);
  });
});

describe('guessing passwords', () => {
  test('is slowed down with a 429 that says for how long, also for the right one', async () => {
    const { visitor, pass } = await withNurse();
    const browser = visitor();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const answer = await browser.post('/sign-in', { name: NAME, password: `wrong ${attempt}` });
      expect(answer.status).toBe(422);
    }
    const right = { name: NAME, password: PASSWORD };
    const answer = await browser.post('/sign-in', right);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('Retry-After')).toBe('30');
    expect(answer.headers.get('Set-Cookie')).toBeNull();
    pass(30_000);
    expect((await browser.post('/sign-in', right)).status).toBe(303);
  });

  test('tells the same of a name that is not there', async () => {
    const { visitor } = await withNurse();
    const textOf = async (name: string) => {
      const answer = await visitor().post('/sign-in', { name, password: 'wrong' });
      return { status: answer.status, text: (await answer.text()).replaceAll(name, 'NAME') };
    };
    expect(await textOf('nobody')).toEqual(await textOf(NAME));
  });

  test('by the form for another password is slowed down, too', async () => {
    const clinic = await withNurse();
    const nurse = await signedIn(clinic);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await nurse.post('/password', { current: 'wrong', password: 'another quiet sentence' });
    }
    const answer = await nurse.post('/password', {
      current: PASSWORD,
      password: 'another quiet sentence',
    });
    expect(answer.status).toBe(429);
    expect(await isIn(nurse)).toBe(true);
  });

  test('is typed anew where the session has ended: the form for another one is not kept in a page', async () => {
    const { visitor } = await withNurse();
    const typed = 'another quiet sentence, typed';
    const answer = await visitor().post('/password', { current: PASSWORD, password: typed });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('Location')).toBe('/sign-in');
    const text = await answer.text();
    expect([text.includes(PASSWORD), text.includes(typed)]).toEqual([false, false]);
  });

  test('never shows the password again', async () => {
    const { visitor } = await withNurse();
    const typed = 'typed-and-secret-0815';
    const answer = await visitor().post('/sign-in', { name: NAME, password: typed });
    expect(await answer.text()).not.toContain(typed);
  });
});

describe('where one goes after signing in', () => {
  test.each([
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\\/elsewhere.example',
    'https://elsewhere.example',
    'javascript:alert(1)',
    '/\t/elsewhere.example',
    '/a\r\nSet-Cookie: x=y',
    '/%0d%0aX:y',
    '/..//elsewhere.example',
    '/.//elsewhere.example',
    'elsewhere',
    '',
  ])('is a path of our own for %j', async (next) => {
    const { visitor } = await withNurse();
    const answer = await visitor().post('/sign-in', { name: NAME, password: PASSWORD, next });
    expect(answer.status).toBe(303);
    const place = answer.headers.get('Location') ?? '';
    expect(place).toMatch(/^\/(?![/\\])/);
    expect(new URL(place, ORIGIN).origin).toBe(ORIGIN);
    expect(new URL(new URL(place, ORIGIN).pathname, ORIGIN).origin).toBe(ORIGIN);
    expect(answer.headers.get('X')).toBeNull();
  });

  test.each(['//elsewhere.example', 'https://elsewhere.example', '/x"><script>', 'javascript:1'])(
    'a form that was kept goes to no other place: %j',
    async (to) => {
      const { visitor } = await withNurse();
      const sent = new URLSearchParams({ a: '"><script>alert(1)</script>' }).toString();
      const kept = JSON.stringify({ to, sent, by: null });
      const answer = await visitor().post('/sign-in', { name: NAME, password: PASSWORD, kept });
      const text = await answer.text();
      expect(text).not.toContain('<script');
      expect(text).not.toContain('elsewhere.example');
      expect(text).not.toContain('javascript:');
    },
  );
});
