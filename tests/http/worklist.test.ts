import { describe, expect, test } from 'vitest';
import { dayInZone } from '../../src/domain/clock.ts';
import { isVisitKey } from '../../src/domain/keys.ts';
import { visitInWords } from '../../src/domain/visit-words.ts';
import { taskInWords } from '../../src/export/worklist-words.ts';
import { setClosedDays } from '../../src/service/clinic/closed-days.ts';
import { listDue } from '../../src/service/night/list-due.ts';
import { runNightly } from '../../src/service/night/run-nightly.ts';
import { succeed } from '../../src/service/service-outcome.ts';
import { ok } from '../cli/clinic-store.ts';
import { type Browser, type HttpClinic, httpClinic } from './http-clinic.ts';
import { plainText, readForm } from './read-form.ts';

const LIST = '/c/NORTH/worklist';
const HOUR = 3_600_000;

async function shown(browser: Browser, query = '') {
  const answer = await browser.get(`${LIST}${query}`);
  return { status: answer.status, page: await answer.text() };
}

/** The items of a page in their order: `EP-2018, baseline exam`. */
function itemsOf(page: string): string[] {
  return [...page.matchAll(/aria-label="Why then\?: ([^"]*)"/g)].map(([, item = '']) =>
    plainText(item),
  );
}

type Filter = NonNullable<Parameters<typeof listDue>[1]['filter']>;

async function dueItems({ access, clinic }: HttpClinic, filter?: Filter, soonDays = 28) {
  const list = ok(await listDue(access, { clinics: [clinic], soonDays, filter }));
  return list.worklist.rows;
}

function named(rows: Awaited<ReturnType<typeof dueItems>>): string[] {
  return rows.map((row) => {
    const { episode, item, kind, reason } = row;
    if (isVisitKey(item)) return `${episode}, ${visitInWords(item)}`;
    return `${episode}, ${kind === 'escalation' ? reason.slice(0, -1) : taskInWords(row)}`;
  });
}

/** A nightly run of the clinic that is finished now. */
async function night({ access, clinic }: HttpClinic): Promise<void> {
  const work = { clinic, soonDays: 28, holder: 'test', leaseMs: 60_000 };
  ok(
    await runNightly(access, { ...work, deliver: async () => succeed({ digest: 'd'.repeat(64) }) }),
  );
}

describe('the worklist', () => {
  test('has every open item of the due list in its order, and nothing that needs nothing yet', async () => {
    const clinic = await httpClinic();
    const { page } = await shown(await clinic.as('viewer'));
    const open = (await dueItems(clinic)).filter(({ bucket }) => bucket !== 'later');
    expect(itemsOf(page)).toEqual(named(open));
    expect(page).toContain('39 open items as of <span class="date">15 June 2026</span>');
    expect(page.indexOf('<h2>Escalations overdue')).toBeLessThan(
      page.indexOf('<h2>Overdue visits'),
    );
  });

  test('counts each bucket, with a link to it alone', async () => {
    const clinic = await httpClinic();
    const viewer = await clinic.as('viewer');
    const { page } = await shown(viewer);
    const rows = await dueItems(clinic);
    for (const bucket of new Set(rows.map((row) => row.bucket))) {
      const own = rows.filter((row) => row.bucket === bucket);
      const link = new RegExp(`href="${LIST}\\?bucket=${bucket}"[^>]*><b>${own.length}</b>`);
      expect(page).toMatch(link);
      const alone = await shown(viewer, `?bucket=${bucket}`);
      expect(itemsOf(alone.page)).toEqual(named(own));
    }
  });

  test('a row says how late, why by which rule, and what was arranged', async () => {
    const { as } = await httpClinic();
    const { page } = await shown(await as('viewer'), '?q=EP-2018');
    const text = plainText(page.replace(/<\/?span[^>]*>/g, '').replace(/<[^>]+>/g, ' '));
    expect(text).toContain('S-40136');
    expect(text).toContain('6 days late');
    expect(text).toContain(
      'Benign discordant pathology (pathology result of 2026-05-26): biopsy by 2026-06-09',
    );
    expect(text).toContain('escalation-by-pathology (5), staged-risk-adapted 1.0.0');
    expect(text).toContain('contacts: 1, last call on 2026-06-11 (left message)');
    expect(page).toContain('href="/c/NORTH/episodes/EP-2018"');
  });

  test('a visit is told in words, a missing fact by the label of its field', async () => {
    const { as } = await httpClinic();
    const viewer = await as('viewer');
    const visit = plainText((await shown(viewer, '?q=EP-2037')).page);
    expect(visit).toContain('baseline exam');
    const { page } = await shown(viewer, '?q=EP-2039');
    expect(page).toContain('Endocrine therapy and HER2 are not recorded');
    expect(page).not.toContain('tumor.her2');
  });

  test('an appointment is told by the clock of the clinic', async () => {
    const { as } = await httpClinic();
    const { page } = await shown(await as('viewer'), '?q=EP-2015');
    const text = plainText(page.replace(/<\/?span[^>]*>/g, '').replace(/<[^>]+>/g, ' '));
    expect(text).toContain('appointment: 2026-06-24 09:00, MRI');
  });

  test('of a clinic without episodes says where they come from', async () => {
    const { as } = await httpClinic({ sample: false });
    const { page } = await shown(await as('scheduler'));
    expect(page).toContain('Nothing is open. Episodes come onto the list when they are');
    expect((await shown(await as('viewer'))).page).toContain('<p>Nothing is open.</p>');
  });

  test('a change is on the list of the next request', async () => {
    const clinic = await httpClinic();
    const nurse = await clinic.as('scheduler');
    expect(itemsOf((await shown(nurse, '?bucket=booked')).page)).not.toContain(
      'EP-2037, baseline exam',
    );
    const path = '/c/NORTH/episodes/EP-2037/record/booking';
    const fields = { visit: 'a1.baseline', date: '2026-06-15', day: '2026-06-22', event: 'b9' };
    const done = await nurse.post(path, { ...fields, expected: '1', step: 'confirm' });
    expect(done.status).toBe(303);
    expect(itemsOf((await shown(nurse, '?bucket=booked')).page)).toContain(
      'EP-2037, baseline exam',
    );
  });

  test('does not believe a link that something was recorded', async () => {
    const { as } = await httpClinic();
    const { page, status } = await shown(await as('scheduler'), '?done=closure&for=EP-2001');
    expect(status).toBe(200);
    expect(page).not.toContain('The episode is closed');
  });

  test('names the episodes that could not be planned, whatever the filters', async () => {
    const { as, access, clinic } = await httpClinic();
    const { store } = access;
    const unreadable = '{"id":"from-later","version":"1.0.0"}';
    const pin = { id: 'from-later', version: '1.0.0', hash: access.sha256(unreadable) };
    const act = { actor: 'tester', at: access.clock() };
    const own = clinic.id;
    await store.recordProtocol(act, { clinic: own, protocol: { ...pin, document: unreadable } });
    const approval = { ...pin, clinician: 'Dr. Lee', date: dayInZone(act.at, clinic.zone) };
    await store.approveProtocol(act, { clinic: own, approval });
    const [head] = await store.findEpisodes(own, { externalId: 'EP-2018' });
    const scope = { clinic: own, episode: head?.id ?? 0, expected: 1 };
    expect(await store.pinProtocol(act, { ...scope, protocol: pin })).toMatchObject({
      outcome: 'ok',
    });
    const { page, status } = await shown(await as('viewer'), '?bucket=booked');
    expect(status).toBe(200);
    expect(page).toContain('1 episode could not be planned');
    expect(page).toMatch(/<a href="[^"]*EP-2018">EP-2018<\/a>: this release cannot read/);
    expect(itemsOf(page).length).toBeGreaterThan(0);
  });

  test('of another clinic shows nothing of this one', async () => {
    const { as, access, other } = await httpClinic();
    await as('viewer');
    const found = await access.store.findAccount({ name: 'tester-viewer' });
    if (found.outcome !== 'ok') throw new Error('no account');
    const roles = [{ clinic: other.id, role: 'viewer' as const }];
    const change = { id: found.value.id, changes: { roles } };
    const act = { actor: 'tester', at: access.clock() };
    expect(await access.store.reviseAccount(act, change)).toMatchObject({ outcome: 'ok' });
    const viewer = await as('viewer');
    expect((await shown(viewer)).status).toBe(404);
    const south = await (await viewer.get('/c/SOUTH/worklist')).text();
    expect(itemsOf(south)).toEqual([]);
    expect(south).toContain('Nothing is open');
  });
});

describe('filters', () => {
  test.each<[string, Filter, number?]>([
    ['?tier=high', { tiers: ['high'] }],
    ['?tier=high&tier=elevated', { tiers: ['high', 'elevated'] }],
    ['?modality=CEM', { modalities: ['CEM'] }],
    ['?from=2026-06-20&to=2026-06-30', { from: '2026-06-20', to: '2026-06-30' }],
    ['?soon=0', {}, 0],
    ['?soon=200&tier=standard', { tiers: ['standard'] }, 200],
  ])('%s', async (query, filter, soonDays = 28) => {
    const clinic = await httpClinic();
    const { page, status } = await shown(await clinic.as('viewer'), query);
    const rows = await dueItems(clinic, filter, soonDays);
    expect(status).toBe(200);
    expect(itemsOf(page)).toEqual(named(rows.filter(({ bucket }) => bucket !== 'later')));
    expect(itemsOf(page).length).toBeGreaterThan(0);
  });

  test('a search finds a patient’s reference or an episode, also where nothing is to be done yet', async () => {
    const clinic = await httpClinic();
    const viewer = await clinic.as('viewer');
    const rows = await dueItems(clinic);
    const twins = rows.filter(({ patientRef }) => patientRef === 'S-40132');
    expect(new Set(twins.map(({ episode }) => episode))).toEqual(new Set(['EP-2016', 'EP-2020']));
    const found = await shown(viewer, '?q=s-40132');
    expect(itemsOf(found.page)).toEqual(named(twins));
    expect(found.page).toContain(', and 12 later as of');
    const own = rows.filter(({ episode }) => episode === 'EP-2038');
    expect(itemsOf((await shown(viewer, '?q=ep-2038')).page)).toEqual(named(own));
  });

  test('a code finds its item', async () => {
    const clinic = await httpClinic();
    const row = (await dueItems(clinic)).find(({ bucket }) => bucket === 'later');
    const { page } = await shown(await clinic.as('viewer'), `?code=${row?.code?.toLowerCase()}`);
    expect(itemsOf(page)).toEqual(named(row === undefined ? [] : [row]));
  });

  test.each([
    ['?bucket=urgent', 'urgent'],
    ['?tier=low', 'low'],
    ['?modality=XR', 'XR'],
    ['?from=2026-02-30', '2026-02-30'],
    ['?to=soon', 'soon'],
    ['?from=2026-06-20&to=2026-06-10', 'the last day lies before the first'],
    ['?soon=-1', '-1'],
    ['?soon=1000', '1000'],
    ['?page=0', '0'],
    ['?all=yes', 'yes'],
    ['?patient=S-40132', 'patient'],
  ])('%s cannot be read: it is told, and hides nobody', async (query, found) => {
    const clinic = await httpClinic();
    const { status, page } = await shown(await clinic.as('viewer'), query);
    expect(status).toBe(422);
    expect(page).toMatch(/thing to mend|things to mend/);
    expect(plainText(page)).toContain(found);
    expect(page).toContain('The list is shown without what cannot be read');
    const open = (await dueItems(clinic)).filter(({ bucket }) => bucket !== 'later');
    expect(itemsOf(page)).toEqual(named(open));
  });

  test.each([
    ['of no name', Array.from({ length: 2000 }, (_, n) => `z${n}`).join('&')],
    ['again and again', 'bucket=due&'.repeat(1000)],
    ['of one long search', `q=${'x'.repeat(9000)}`],
  ])('filters %s that are too long are told, and fill no page with links', async (_, query) => {
    const browser = await (await httpClinic()).as('scheduler');
    const plain = await shown(browser);
    const { status, page } = await shown(browser, `?${query}`);
    expect(status).toBe(422);
    expect(page).toContain('the filters are too long');
    expect(page.length).toBeLessThan(plain.page.length + 1000);
  });

  test('a day that is none stays in its field', async () => {
    const { as } = await httpClinic();
    const { page } = await shown(await as('viewer'), '?from=next+week&tier=high');
    expect(readForm(page, LIST).fields).toMatchObject({ from: 'next week', tier: 'high' });
  });
});

describe('pages', () => {
  test('a long list has several, which hold every item once', async () => {
    const clinic = await httpClinic();
    const viewer = await clinic.as('viewer');
    const all = named(await dueItems(clinic));
    expect(all.length).toBeGreaterThan(200);
    const first = await shown(viewer, '?all=1');
    expect(first.page).toContain(`Items 1 to 200 of ${all.length}, page 1 of 2`);
    expect(first.page).toContain(`href="${LIST}?all=1&amp;page=2"`);
    const second = await shown(viewer, '?all=1&page=2');
    expect([...itemsOf(first.page), ...itemsOf(second.page)]).toEqual(all);
    const behind = await shown(viewer, '?all=1&page=9');
    expect(itemsOf(behind.page)).toEqual(itemsOf(second.page));
  });
});

describe('the alarm of the night', () => {
  test('stands there until a nightly run has finished, and again after 26 hours', async () => {
    const clinic = await httpClinic();
    const alarm = async () =>
      (await shown(await clinic.as('viewer'))).page.match(/class="alarm".*?<\/strong>/);
    expect(String(await alarm())).toContain('No nightly run of this clinic has finished yet');
    await night(clinic);
    expect(await alarm()).toBeNull();
    clinic.pass(26 * HOUR);
    expect(await alarm()).toBeNull();
    clinic.pass(HOUR);
    expect(String(await alarm())).toContain('The last nightly run finished 27 hours ago');
  });
});

describe('a row that is open', () => {
  test('has the form of its action, which leads back to the list as it was', async () => {
    const { as } = await httpClinic();
    const query = '?tier=standard&open=EP-2033&item=a1.baseline&act=contact';
    const { page } = await shown(await as('scheduler'), query);
    expect(page).toContain('id="row"');
    expect(readForm(page, '/EP-2033/record/contact').fields).toMatchObject({
      item: 'a1.baseline',
      date: '2026-06-15',
      back: `${LIST}?tier=standard`,
    });
  });

  test('for a booking has the suggested day filled in', async () => {
    const { as, access, clinic } = await httpClinic();
    const closed = {
      clinic: 'North',
      closed: [{ rule: 'FREQ=WEEKLY;BYDAY=SA,SU', name: 'weekend' }],
    };
    ok(await setClosedDays(access, { clinic, document: closed }));
    const nurse = await as('scheduler');
    const list = await shown(nurse, '?bucket=due&q=EP-2037');
    const [, day] = /suggested day: <span class="date">(\d{4}-\d{2}-\d{2})/.exec(list.page) ?? [];
    expect(day).toBeDefined();
    const query = '?q=EP-2037&open=EP-2037&item=a1.baseline&act=booking';
    const { page } = await shown(nurse, query);
    expect(readForm(page, '/EP-2037/record/booking').fields).toMatchObject({ day });
  });

  test.each([
    ['an action that the row has not', '?open=EP-2033&item=a1.baseline&act=decision'],
    ['an item that is not open', '?open=EP-2033&item=a1.interval-9&act=contact'],
    ['an episode that is not there', '?open=EP-9999&item=a1.baseline&act=contact'],
  ])('stays shut for %s', async (_, query) => {
    const { as } = await httpClinic();
    const { status, page } = await shown(await as('clinician'), query);
    expect(status).toBe(200);
    expect(page).not.toContain('/record/');
  });

  test('offers a decision to a clinician only', async () => {
    const { as } = await httpClinic();
    const query = '?open=EP-2018&item=esc.p1&act=decision';
    expect((await shown(await as('scheduler'), query)).page).not.toContain('/record/decision');
    const { page } = await shown(await as('clinician'), query);
    expect(readForm(page, '/record/decision').fields).toMatchObject({ escalation: 'esc.p1' });
  });
});

describe('saved views', () => {
  test('keep the filters under a name for their owner alone, until they are removed', async () => {
    const { as } = await httpClinic();
    const [viewer, nurse] = [await as('viewer'), await as('scheduler')];
    const { page } = await shown(viewer, '?tier=high&bucket=due&q=EP-2018&page=1');
    const { action, fields } = readForm(page, `${LIST}/views`);
    const saved = await viewer.post(action, { ...fields, name: 'Urgent <b>' });
    expect(saved.status).toBe(303);
    expect(saved.headers.get('Location')).toBe(`${LIST}?bucket=due&tier=high&done=view-saved`);
    const after = await shown(viewer, '?done=view-saved');
    expect(after.page).toContain('The view is saved.');
    expect(after.page).toContain(`<a href="${LIST}?bucket=due&amp;tier=high">Urgent &lt;b&gt;</a>`);
    expect((await shown(nurse)).page).not.toContain('Urgent');
    const removal = readForm(after.page, `${LIST}/views/remove`);
    const removed = await viewer.post(removal.action, removal.fields);
    expect(removed.headers.get('Location')).toBe(`${LIST}?done=view-removed`);
    expect((await shown(viewer)).page).not.toContain('Urgent');
  });

  test('a name that is none is told, and what was typed stays', async () => {
    const { as } = await httpClinic();
    const viewer = await as('viewer');
    const { page } = await shown(viewer, '?tier=high');
    const { action, fields } = readForm(page, `${LIST}/views`);
    const name = 'n'.repeat(61);
    const answer = await viewer.post(action, { ...fields, name });
    const again = await answer.text();
    expect(answer.status).toBe(422);
    expect(again).toContain('id="f-name-wrong"');
    expect(readForm(again, `${LIST}/views`).fields).toMatchObject({ name, query: 'tier=high' });
  });

  test('filters that cannot be read are not kept', async () => {
    const { as } = await httpClinic();
    const viewer = await as('viewer');
    const wrong = await viewer.post(`${LIST}/views`, { name: 'x', query: 'tier=low' });
    expect(wrong.status).toBe(422);
    expect((await shown(viewer)).page).toContain('Saved views</summary>');
  });
});
