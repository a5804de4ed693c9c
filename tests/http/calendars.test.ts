import decodeQR from 'qr/decode.js';
import { describe, expect, test } from 'vitest';
import { qrCode } from '../../src/http/calendars/qr-code.ts';
import { readEvents } from '../export/read-calendar.ts';
import { type Browser, type HttpClinic, httpClinic, ORIGIN } from './http-clinic.ts';
import { feed } from './subscribed.ts';

const PATH = '/c/NORTH/calendars';
const TOKEN = /http:\/\/cryowatch\.test\/f\/([0-9a-z]{16}\.[0-9a-z]{32})\.ics/;
const MINE = { subject: 'mine', privacy: 'minimal', label: 'My phone', days: '30' };

/** The form as the page shows it, filled in otherwise. */
async function filled(browser: Browser, fields: Readonly<Record<string, string>> = {}) {
  const page = await (await browser.get(PATH)).text();
  const once = /name="once" value="([0-9a-f]{16})"/.exec(page)?.[1] ?? 'none';
  return { ...MINE, once, ...fields };
}

async function made(browser: Browser, fields: Readonly<Record<string, string>> = {}) {
  const answer = await browser.post(PATH, await filled(browser, fields));
  const page = await answer.text();
  const token = TOKEN.exec(page)?.[1];
  if (answer.status !== 200 || token === undefined) throw new Error(`${answer.status} ${page}`);
  return { page, token, selector: token.slice(0, 16) };
}

async function subscriptions({ access, clinic }: HttpClinic) {
  return access.store.listSubscriptions({ clinic: clinic.id });
}

/** The text in the QR code of a page. */
function decoded(page: string): string {
  const [, size = '0'] = /viewBox="0 0 (\d+) \d+" role="img"/.exec(page) ?? [];
  const [, path = ''] = /<path fill="#000" d="([^"]+)"/.exec(page) ?? [];
  const [width, scale] = [Number(size), 4];
  const data = new Uint8Array((width * scale) ** 2 * 3).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const from = (row * width * scale + Number(x) * scale) * 3;
      data.fill(0, from, from + Number(length) * scale * 3);
    }
  }
  return decodeQR({ width: width * scale, height: width * scale, data });
}

describe('making a calendar', () => {
  test('shows its address once: as text, as a link, as a QR code', async () => {
    const http = await httpClinic();
    const nurse = await http.as('scheduler');
    const { page, token } = await made(nurse, { subject: 'patient', patient: 'S-40104' });
    const link = `webcal://cryowatch.test/f/${token}.ics`;
    expect(page).toContain(`href="${link}"`);
    expect(decoded(page)).toBe(link);
    expect(readEvents(await feed(http, token).text()).length).toBeGreaterThan(0);
    const list = await (await nurse.get(PATH)).text();
    expect(list).toContain('My phone');
    expect(list).toContain('works until 15 July 2026');
    expect(list).not.toContain(token.slice(17));
  });

  test('makes no other one when the form is sent again, and says that it was shown', async () => {
    const http = await httpClinic();
    const nurse = await http.as('scheduler');
    const form = await filled(nurse);
    expect((await nurse.post(PATH, form)).status).toBe(200);
    const again = await nurse.post(PATH, form);
    expect(again.status).toBe(409);
    const page = await again.text();
    expect(page).toContain('was shown already');
    expect(page).not.toMatch(TOKEN);
    expect(await subscriptions(http)).toHaveLength(1);
    await made(nurse);
    expect(await subscriptions(http)).toHaveLength(2);
  });

  test('makes no other one either when two forms arrive at once', async () => {
    const http = await httpClinic();
    const nurse = await http.as('scheduler');
    const form = await filled(nurse);
    const answers = await Promise.all([nurse.post(PATH, form), nurse.post(PATH, form)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await subscriptions(http)).toHaveLength(1);
  });

  test.each([
    [
      'nothing at all',
      { subject: '', privacy: '', label: '', days: '' },
      'say whose calendar it is',
    ],
    [
      'a patient without a reference',
      { subject: 'patient', label: 'x' },
      'needs the patient’s reference',
    ],
    [
      'an unknown patient',
      { subject: 'patient', patient: 'S-99' },
      'has no episode of this patient',
    ],
    ['no label', { label: ' ' }, 'a label is needed'],
    ['no days', { days: '' }, 'whole days from 1 to 365'],
    ['too many days', { days: '366' }, 'whole days from 1 to 365'],
    ['half a day', { days: '1.5' }, 'whole days from 1 to 365'],
    ['words for days', { days: 'ever' }, 'whole days from 1 to 365'],
    ['another level', { privacy: 'all' }, 'say how much the calendar tells'],
    [
      'names of one patient',
      { subject: 'patient', patient: 'S-40104', privacy: 'named' },
      'only the calendar of a whole clinic may name patients',
    ],
  ])('keeps what was typed and says what to mend: %s', async (_, wrong, says) => {
    const http = await httpClinic();
    const nurse = await http.as('scheduler');
    const typed = { label: 'Phone <b>', ...wrong };
    const answer = await nurse.post(PATH, await filled(nurse, typed));
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain(says);
    if (typed.label === 'Phone <b>') expect(page).toContain('value="Phone &lt;b&gt;"');
    expect(await subscriptions(http)).toHaveLength(0);
  });

  test('tells everything that is wrong at once', async () => {
    const http = await httpClinic();
    const admin = await http.as('administrator');
    const wrong = { subject: 'patient', privacy: 'named', label: '', days: '0' };
    const page = await (await admin.post(PATH, await filled(admin, wrong))).text();
    expect(page).toContain('4 things to mend');
    for (const field of ['patient', 'privacy', 'label', 'days']) {
      expect(page).toContain(`href="#f-${field}"`);
    }
    expect(page).toContain('<a href="#f-days">Days that it works: it cannot hold for so long');
  });

  test('of names is for administrators', async () => {
    const http = await httpClinic();
    const [nurse, admin] = [await http.as('scheduler'), await http.as('administrator')];
    const named = { subject: 'clinic', privacy: 'named' };
    expect(await (await nurse.get(PATH)).text()).not.toContain('value="named"');
    expect((await nurse.post(PATH, await filled(nurse, named))).status).toBe(422);
    const { token } = await made(admin, named);
    expect(await feed(http, token).text()).toContain('S-4');
  });

  test('is nothing for who may only read', async () => {
    const http = await httpClinic();
    const viewer = await http.as('viewer');
    expect((await viewer.get(PATH)).status).toBe(403);
    expect((await viewer.post(PATH, MINE)).status).toBe(403);
  });
});

describe('a new address', () => {
  test('is shown once; the old one opens nothing any more', async () => {
    const http = await httpClinic();
    const nurse = await http.as('scheduler');
    const { token, selector } = await made(nurse);
    const path = `${PATH}/${selector}/rotate`;
    expect(await (await nurse.get(path)).text()).toContain('My phone');
    const page = await (await nurse.post(path, { days: '10' })).text();
    const fresh = TOKEN.exec(page)?.[1] ?? 'none';
    expect(fresh).not.toBe(token);
    expect((await feed(http, token).fetch()).status).toBe(404);
    expect((await feed(http, fresh).fetch()).status).toBe(200);
  });

  test('is not made again when the form is sent again', async () => {
    const http = await httpClinic();
    const nurse = await http.as('scheduler');
    const { selector } = await made(nurse);
    const path = `${PATH}/${selector}/rotate`;
    await nurse.post(path, { days: '10' });
    const again = await nurse.post(path, { days: '10' });
    expect(again.status).toBe(409);
    expect(await again.text()).not.toMatch(TOKEN);
    expect((await nurse.get(path)).status).toBe(409);
    expect(await subscriptions(http)).toHaveLength(2);
  });

  test('is not made for days that cannot be', async () => {
    const http = await httpClinic();
    const nurse = await http.as('scheduler');
    const { selector, token } = await made(nurse);
    const answer = await nurse.post(`${PATH}/${selector}/rotate`, { days: '1000' });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('value="1000"');
    expect(page).toContain('<a href="#f-days">Days that it works: it cannot hold for so long');
    expect((await feed(http, token).fetch()).status).toBe(200);
  });
});

describe('revoking', () => {
  test('ends a calendar at once, after it was asked for twice', async () => {
    const http = await httpClinic();
    const nurse = await http.as('scheduler');
    const { token, selector } = await made(nurse);
    const path = `${PATH}/${selector}/revoke`;
    expect((await nurse.get(path)).status).toBe(200);
    expect((await feed(http, token).fetch()).status).toBe(200);
    const answer = await nurse.post(path);
    expect(answer.headers.get('Location')).toBe(`${PATH}?done=revoked`);
    expect((await feed(http, token).fetch()).status).toBe(404);
    expect(await (await nurse.get(`${PATH}?done=revoked`)).text()).toContain('1 ended');
  });

  test('others’ calendars takes an administrator, who alone sees them', async () => {
    const http = await httpClinic();
    const [nurse, doctor] = [await http.as('scheduler'), await http.as('clinician')];
    const { token, selector } = await made(nurse);
    const path = `${PATH}/${selector}/revoke`;
    expect(await (await doctor.get(PATH)).text()).not.toContain('My phone');
    expect((await doctor.get(path)).status).toBe(409);
    expect((await doctor.post(path)).status).toBe(409);
    expect((await doctor.post(`${PATH}/${selector}/rotate`, { days: '1' })).status).toBe(409);
    expect((await feed(http, token).fetch()).status).toBe(200);
    const admin = await http.as('administrator');
    expect(await (await admin.get(PATH)).text()).toContain('My phone');
    expect((await admin.post(path)).status).toBe(303);
    expect((await feed(http, token).fetch()).status).toBe(404);
  });

  test('finds no calendar that is not there', async () => {
    const http = await httpClinic();
    const admin = await http.as('administrator');
    expect((await admin.get(`${PATH}/${'0'.repeat(16)}/revoke`)).status).toBe(404);
    expect((await admin.post(`${PATH}/${'0'.repeat(16)}/rotate`, { days: '1' })).status).toBe(404);
  });
});

describe('who is responsible for an episode', () => {
  const path = `${PATH}/responsible`;
  const work = { episode: 'EP-2002', account: 'tester-clinician', assigned: 'yes' };

  test('is shown before it is recorded, and then stands in their calendar', async () => {
    const http = await httpClinic();
    const doctor = await http.as('clinician');
    const { token } = await made(doctor);
    const preview = await (await doctor.post(path, work)).text();
    expect(preview).toContain('becomes responsible for EP-2002');
    expect(readEvents(await feed(http, token).text())).toEqual([]);
    const done = await doctor.post(path, { ...work, step: 'confirm' });
    expect(done.headers.get('Location')).toBe(`${PATH}?done=assigned`);
    expect(readEvents(await feed(http, token).text()).length).toBeGreaterThan(0);
    expect(await (await doctor.post(path, work)).text()).toContain(
      'responsible for EP-2002 already',
    );
    await doctor.post(path, { ...work, assigned: 'no', step: 'confirm' });
    expect(readEvents(await feed(http, token).text())).toEqual([]);
  });

  test.each([
    [{ episode: 'EP-1' }, 'has no such episode'],
    [{ account: 'nobody' }, 'the clinic has no such account'],
    [{ assigned: '' }, 'say whether they are responsible'],
  ])('keeps what was typed and says what to mend: %j', async (wrong, says) => {
    const http = await httpClinic();
    const doctor = await http.as('clinician');
    const answer = await doctor.post(path, { ...work, ...wrong });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain(says);
    expect(page).toContain(`value="${{ ...work, ...wrong }.account}"`);
  });

  test('cannot be an account of another clinic', async () => {
    const http = await httpClinic();
    const { access, other } = http;
    const act = { actor: 'tester', at: access.clock() };
    const roles = [{ clinic: other.id, role: 'clinician' as const }];
    const account = { id: access.newId(), name: 'dr-south', kind: 'person' as const };
    await access.store.createAccount(act, { ...account, displayName: null, password: null, roles });
    const doctor = await http.as('clinician');
    const answer = await doctor.post(path, { ...work, account: 'dr-south', step: 'confirm' });
    expect(answer.status).toBe(422);
  });

  test('is nothing for an administrator, who registers nothing', async () => {
    const http = await httpClinic();
    const admin = await http.as('administrator');
    expect((await admin.post(path, { ...work, step: 'confirm' })).status).toBe(403);
    expect(await (await admin.get(PATH)).text()).not.toContain('Who is responsible');
  });
});

describe('a QR code', () => {
  test.each([
    'webcal://a.example/f/x.ics',
    `${ORIGIN}/f/${'0'.repeat(16)}.${'z'.repeat(32)}.ics`,
    `https://${'long-name.'.repeat(20)}example/f/x.ics`,
  ])('of %s is read as that', (text) => {
    expect(decoded(qrCode(text, 'x').text)).toBe(text);
  });
});
