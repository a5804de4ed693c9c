import { describe, expect, test } from 'vitest';
import { scryptPasswords } from '../../src/host/passwords.ts';
import type { Route } from '../../src/http/route.ts';
import { ROUTES } from '../../src/http/routes.ts';
import { changePassword } from '../../src/service/access/change-password.ts';
import { approveProtocol } from '../../src/service/clinic/approve-protocol.ts';
import { ok } from '../cli/clinic-store.ts';
import { type Browser, type HttpClinic, httpClinic, ORIGIN } from './http-clinic.ts';
import { formsOf, type PageForm } from './page-forms.ts';
import { CHANGING, nameOf, samplePath } from './route-samples.ts';

/** Who did what: every change that a request makes has a row in the audit log, with the name of who asked. */

const WHO = 'tester-clinician-administrator';
const PASSWORD = 'a long and quiet sentence';

/** What is filled in where a form leaves a field empty. */
const TYPED: Readonly<Record<string, string>> = {
  name: 'Monday',
  id: 'EP-WALK',
  laterality: 'left',
  'ablation.date': '2026-01-12',
  label: 'Phone',
  days: '30',
  episode: 'EP-2001',
  note: 'seen',
  reason: 'seen',
  until: '2026-07-20',
  date: '2026-06-15',
};

/** What is filled in on one path alone, in the place of what its form has. */
const INSTEAD: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'POST /c/:clinic/episodes/:episode/facts': { 'tumor.sizeMm': '33' },
  'POST /c/:clinic/episodes/:episode/record/:type': { method: 'call', outcome: 'no-answer' },
  'POST /password': { current: PASSWORD, password: 'another quiet sentence' },
};

/** Routes that change nothing in the store here, with the reason. */
const CHANGES_NOTHING: Readonly<Record<string, string>> = {
  'POST /sign-in':
    'sessions are in memory; a weak hash that it makes anew has a row: tests/service/access/sign-in.test.ts',
  'POST /sign-out': 'sessions are in memory',
  'POST /c/:clinic/system/audit': 'it checks the log, no more',
  'POST /api/v1/clinics/:clinic/episodes/:episode/what-if': 'it supposes, no more',
};

/** Forms without a page of their own that shows them as they are: what is sent to them. */
const SENT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'POST /c/:clinic/protocols/:protocol/:version/adopt': {
    from: 'staged-risk-adapted 1.0.0',
    step: 'preview',
  },
};

/** Documents that the API takes. */
const DOCUMENTS: Readonly<Record<string, object>> = {
  'POST /api/v1/clinics/:clinic/episodes': {
    case: {
      episode: { id: 'EP-WALK', laterality: 'left', ablation: { date: '2026-01-12' } },
      events: [],
    },
  },
  'PUT /api/v1/clinics/:clinic/episodes/:episode': {
    facts: { id: 'EP-2001', laterality: 'left', ablation: { date: '2019-02-11' } },
    expected: 0,
  },
  'POST /api/v1/clinics/:clinic/episodes/:episode/what-if': {
    facts: { id: 'EP-2001', laterality: 'left', ablation: { date: '2019-02-11' } },
  },
  'POST /api/v1/clinics/:clinic/episodes/:episode/events': {
    events: [
      { type: 'contact', id: 'walk-1', date: '2026-06-15', method: 'call', outcome: 'no-answer' },
    ],
  },
};

/** The state of the store, without its audit log: another text is another state. */
async function stateOf({ access, clinic }: HttpClinic): Promise<string> {
  const { store } = access;
  const [cases, accounts, protocols] = [
    await store.pageCases({ clinic: clinic.id, after: 0, limit: 500 }),
    await store.listAccounts(),
    await store.listProtocols(clinic.id),
  ];
  const views: unknown[] = [];
  const patients: unknown[] = [];
  for (const { id: account } of accounts) {
    const scope = { clinic: clinic.id, account };
    views.push(await store.listViews(scope), await store.listApiKeys(account));
    patients.push(await store.episodesOfClinician(scope));
  }
  const feeds = await store.listSubscriptions({ clinic: clinic.id });
  const calendar = await store.clinicCalendar(clinic.id);
  return JSON.stringify({ cases, accounts, protocols, views, patients, feeds, calendar });
}

interface Step {
  readonly head: number;
  readonly state: string;
}

async function stepOf(clinic: HttpClinic): Promise<Step> {
  const { seq } = await clinic.access.store.auditHead();
  return { head: seq, state: await stateOf(clinic) };
}

function filled(form: PageForm, name: string): Record<string, string> {
  const sent: Record<string, string> = Object.fromEntries(form.fields);
  for (const field of form.names) {
    const typed = TYPED[field];
    if (typed !== undefined && (sent[field] ?? '') === '') sent[field] = typed;
  }
  for (const [field, value] of Object.entries(INSTEAD[name] ?? {})) {
    if (form.names.includes(field)) sent[field] = value;
  }
  return sent;
}

/** Sends a form, and the form that asks for a confirmation, as often as one comes. */
async function sendForm(browser: Browser, form: PageForm, name: string): Promise<Response> {
  let answer = await browser.post(form.action, filled(form, name));
  for (let steps = 0; steps < 3 && answer.status === 200; steps += 1) {
    const next = formsOf(await answer.clone().text(), form.action).find(
      ({ action, method }) =>
        method === 'POST' && action.split('?')[0] === form.action.split('?')[0],
    );
    if (next === undefined) break;
    answer = await browser.post(next.action, filled(next, name));
  }
  return answer;
}

/** Every POST form on the pages of the clinic whose action a route takes. */
async function formFor(
  browser: Browser,
  route: Route,
  path: string,
): Promise<PageForm | undefined> {
  const pages = ROUTES.filter(({ door, method }) => door === 'page' && method === 'GET');
  const own = pages.filter((page) => page.path === route.path);
  for (const page of [...own, ...pages]) {
    const at = page.path === route.path ? path : samplePath(page);
    const shown = await browser.get(at);
    const found = formsOf(await shown.text(), at).find(
      ({ method, action }) => method === 'POST' && action.split('?')[0] === path,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function typedForm(action: string, fields: Readonly<Record<string, string>>): PageForm {
  return { method: 'POST', action, fields: Object.entries(fields), names: Object.keys(fields) };
}

async function sendDocument(clinic: HttpClinic, browser: Browser, route: Route): Promise<Response> {
  const document = DOCUMENTS[nameOf(route)] ?? {};
  return clinic.fetch(
    new Request(`${ORIGIN}${samplePath(route)}`, {
      method: route.method,
      headers: {
        Cookie: browser.cookie(),
        'Content-Type': 'application/json',
        'Sec-Fetch-Site': 'same-origin',
        ...(route.method === 'PUT' && { 'If-Match': '*' }),
      },
      body: JSON.stringify(document).replace(',"expected":0', ''),
    }),
  );
}

/** What must be there before a form can be sent; answers with parts of its path. */
const PREPARED: Readonly<
  Record<
    string,
    (clinic: HttpClinic, browser: Browser) => Promise<Readonly<Record<string, string>>>
  >
> = {
  'POST /c/:clinic/worklist/views/remove': async (_, browser) => {
    await browser.post('/c/NORTH/worklist/views', { query: 'tier=high', name: 'Monday' });
    return {};
  },
  'POST /c/:clinic/episodes/:episode/letters': async (_, browser) => {
    const answer = await browser.get('/api/v1/clinics/NORTH/due?bucket=due');
    const { worklist } = (await answer.json()) as { worklist: { rows: { episode: string }[] } };
    return { episode: worklist.rows[0]?.episode ?? '' };
  },
  'POST /password': withPassword,
  'POST /c/:clinic/calendars/:selector/rotate': withFeed,
  'POST /c/:clinic/calendars/:selector/revoke': withFeed,
  'POST /c/:clinic/protocols/:protocol/:version/adopt': async ({ access, clinic }) => {
    ok(await approveProtocol(access, { clinic, protocol: OTHER.protocol, clinician: 'Dr. Lee' }));
    return OTHER;
  },
};

/** Signed in with a password. */
async function withPassword({ access }: HttpClinic, browser: Browser) {
  Object.assign(access, { passwords: scryptPasswords({ ln: 4, r: 8, p: 1 }) });
  ok(await changePassword(access, { name: WHO, password: PASSWORD }));
  const answer = await browser.post('/sign-in', { name: WHO, password: PASSWORD });
  expect(answer.status).toBe(303);
  return {};
}

const OTHER = { protocol: 'ice3', version: '1.0.0' };

/** A subscription of whoever asks. */
async function withFeed({ access, clinic }: HttpClinic, browser: Browser) {
  const path = '/c/NORTH/calendars';
  const [form] = formsOf(await (await browser.get(path)).text(), path).filter(
    ({ action }) => action === path,
  );
  if (form === undefined) throw new Error('there is no form for a calendar');
  await browser.post(path, filled(form, `POST /c/:clinic/calendars`));
  const [feed] = await access.store.listSubscriptions({ clinic: clinic.id });
  return { selector: feed?.selector ?? 'none' };
}

const walked = CHANGING.map((route) => ({ name: nameOf(route), route }));

describe('a change', () => {
  test.each(walked)(
    '$name leaves a row in the name of who asked for it',
    async ({ name, route }) => {
      const clinic = await httpClinic();
      const browser = await clinic.as('clinician', 'administrator');
      const path = samplePath(route, await PREPARED[name]?.(clinic, browser));
      const form = route.door === 'page' ? await formFor(browser, route, path) : undefined;
      const before = await stepOf(clinic);
      const answer =
        form !== undefined
          ? await sendForm(browser, form, name)
          : route.door === 'api'
            ? await sendDocument(clinic, browser, route)
            : await sendForm(browser, typedForm(path, SENT[name] ?? {}), name);
      const after = await stepOf(clinic);
      const text = await answer.text();
      const told = { status: answer.status, text: text.slice(0, 1500) };
      const moved = after.head > before.head;
      if (after.state !== before.state) expect(moved).toBe(true);
      expect([name, moved, moved || name in CHANGES_NOTHING ? null : told]).toEqual([
        name,
        !(name in CHANGES_NOTHING),
        null,
      ]);
      if (!moved) return;
      const rows = await clinic.access.store.pageAudit({ after: before.head, limit: 100 });
      expect(rows.map(({ actor }) => actor)).toEqual(rows.map(() => WHO));
    },
  );
});

describe('asking', () => {
  const asked = ROUTES.filter(({ method, door }) => method === 'GET' && door !== 'bare');

  test.each(asked.map((route) => ({ name: nameOf(route), route })))(
    '$name changes nothing',
    async ({ route }) => {
      const clinic = await httpClinic();
      const browser = await clinic.as('clinician', 'administrator');
      const before = await stepOf(clinic);
      await browser.get(samplePath(route));
      expect(await stepOf(clinic)).toEqual(before);
    },
  );
});
