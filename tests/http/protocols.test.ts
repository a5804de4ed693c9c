import { describe, expect, test } from 'vitest';
import { adoptionMarkup } from '../../src/http/protocols/adoption-markup.ts';
import { adoptProtocol } from '../../src/service/clinic/adopt-protocol.ts';
import { approveProtocol } from '../../src/service/clinic/approve-protocol.ts';
import { findEpisode } from '../../src/service/episode/find-episode.ts';
import { recordEvents } from '../../src/service/episode/record-events.ts';
import { succeed } from '../../src/service/service-outcome.ts';
import { ok } from '../cli/clinic-store.ts';
import { type HttpClinic, httpClinic } from './http-clinic.ts';
import { largeClinic } from './large-clinic.ts';

const LIST = '/c/NORTH/protocols';
const DEFAULT = `${LIST}/staged-risk-adapted/1.0.0`;
const OTHER = `${LIST}/staged-from-previous-exam/1.0.0`;
const FROM = 'staged-risk-adapted 1.0.0';
const COHORT = `${LIST}/compare?from=staged-risk-adapted+1.0.0&to=staged-from-previous-exam+1.0.0`;

async function keptProtocols({ access, clinic }: HttpClinic) {
  return access.store.listProtocols(clinic.id);
}

async function followers({ access, clinic }: HttpClinic, protocol: string): Promise<number> {
  const cases = await access.store.pageCases({ clinic: clinic.id, after: 0, limit: 100 });
  return cases.filter(({ protocol: { id } }) => id === protocol).length;
}

/** The hidden field of a page. */
function hidden(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
}

/** A page without the marks that keep dates in one piece. */
async function pageOf(answer: Response): Promise<string> {
  return (await answer.text()).replace(/<span class="date">([^<]*)<\/span>/g, '$1');
}

async function withOtherApproved() {
  const setting = await httpClinic();
  const { access, clinic } = setting;
  const protocol = 'staged-from-previous-exam';
  ok(await approveProtocol(access, { clinic, protocol, clinician: 'Dr. Lee' }));
  return { setting, doctor: await setting.as('clinician') };
}

describe('reading protocols', () => {
  test('the list has what the clinic keeps, with approvals and followers, and the rest of the catalog', async () => {
    const { as } = await httpClinic();
    const page = await pageOf(await (await as('viewer')).get(LIST));
    expect(page).toContain('Dr. Lee, 2026-06-15');
    expect(page).toMatch(/data-label="Episodes">40</);
    for (const id of ['staged-from-previous-exam', 'ice3', 'kawamoto-2024', 'frost']) {
      expect(page).toContain(`/protocols/${id}/`);
    }
  });

  test('wherever a protocol is chosen or decided on, it is called by its title', async () => {
    const { doctor } = await withOtherApproved();
    const [title, other] = [
      'Staged, risk-adapted imaging after breast cryoablation, version 1.0.0',
      'Staged, risk-adapted imaging, intervals counted from the previous exam, version 1.0.0',
    ];
    const option = `<option value="${FROM}"`;
    const compare = await (await doctor.get(`${LIST}/compare`)).text();
    expect(compare).toContain(`${option} selected>${title} (staged-risk-adapted)</option>`);
    expect(await (await doctor.get(LIST)).text()).toContain(`>${title}</a>`);
    const approve = await doctor.post(`${OTHER}/approve`, { step: 'preview' });
    expect(await approve.text()).toContain(`<h1>Approve ${other}: check before you confirm</h1>`);
    const adopt = await doctor.post(`${OTHER}/adopt`, { from: FROM, step: 'preview' });
    const page = await adopt.text();
    expect(page).toContain(`<h1>Adopt ${other}: check what moves</h1>`);
    expect(page).toContain(`follow ${title} <span class="dim code">(staged-risk-adapted)</span>`);
  });

  test('a protocol is read with each rule, its reason and its sources with their certainty', async () => {
    const { as } = await httpClinic({ sample: false });
    const page = await (await (await as('viewer')).get(DEFAULT)).text();
    expect(page).toContain('risk tier (section 1)');
    expect(page).toContain('href="#source-lee-2025-technique"');
    expect(page).toContain('id="source-lee-2025-technique"');
    expect(page).toContain('(moderate)');
    expect(page).toContain('<dt>months by category, 3</dt><dd>9</dd>');
    expect(page).toContain('<dt>by category, 4A, action</dt><dd>biopsy</dd>');
    expect(page).toContain('<dt>offsets months</dt><dd>72, 84, 96, 108, 120</dd>');
  });

  test.each(['staged-risk-adapted/9.9.9', 'no-such/1.0.0', '%3Cb%3E/1'])(
    'of %s nothing is found',
    async (path) => {
      const { as } = await httpClinic({ sample: false });
      expect((await (await as('viewer')).get(`${LIST}/${path}`)).status).toBe(404);
    },
  );
});

describe('approving a protocol', () => {
  test('it is shown with its digest first, and kept under the name of whoever confirms', async () => {
    const setting = await httpClinic({ sample: false });
    const doctor = await setting.as('clinician');
    const preview = await doctor.post(`${OTHER}/approve`, { note: 'read <all>', step: 'preview' });
    const page = await preview.text();
    expect(page).toContain('read &lt;all&gt;');
    expect(await keptProtocols(setting)).toHaveLength(1);
    const form = { note: 'read <all>', hash: hidden(page, 'hash'), step: 'confirm' };
    const done = await doctor.post(`${OTHER}/approve`, form);
    expect(done.headers.get('Location')).toBe(`${OTHER}?done=approved`);
    const kept = (await keptProtocols(setting)).find(({ id }) => id !== 'staged-risk-adapted');
    expect(kept?.approvals).toMatchObject([{ clinician: 'tester-clinician', note: 'read <all>' }]);
    const again = await doctor.post(`${OTHER}/approve`, form);
    expect(again.headers.get('Location')).toBe(`${OTHER}?done=approved-before`);
    const after = await (await doctor.get(`${OTHER}?done=approved`)).text();
    expect(after).toContain('is approved');
    expect(after).toMatch(
      /<dt>In this clinic<\/dt><dd>approved in this clinic by tester-clinician on \d{4}-\d\d-\d\d<\/dd>/,
    );
    expect(after).toContain('<dt>What the file says of itself, before any clinic approves it</dt>');
  });

  test('two clinicians of one name are told apart by their accounts', async () => {
    const setting = await httpClinic({ sample: false });
    const { store, clock } = setting.access;
    const approve = async (role: 'viewer' | 'administrator') => {
      const doctor = await setting.as('clinician', role);
      const found = await store.findAccount({ name: `tester-clinician-${role}` });
      if (found.outcome !== 'ok') throw new Error('the account is gone');
      const act = { actor: 'tester', at: clock() };
      await store.reviseAccount(act, {
        id: found.value.id,
        changes: { displayName: 'Dr. Kim' },
      });
      const page = await (await doctor.post(`${OTHER}/approve`, { step: 'preview' })).text();
      await doctor.post(`${OTHER}/approve`, { hash: hidden(page, 'hash'), step: 'confirm' });
      return (await doctor.get(OTHER)).text();
    };
    expect(await approve('viewer')).toContain('Dr. Kim (tester-clinician-viewer), 2026');
    expect(await approve('administrator')).toContain('Dr. Kim (tester-clinician-administrator)');
  });

  test('a form that is sent twice at one time approves once', async () => {
    const setting = await httpClinic({ sample: false });
    const doctor = await setting.as('clinician');
    const page = await (await doctor.post(`${OTHER}/approve`, { step: 'preview' })).text();
    const form = { hash: hidden(page, 'hash'), step: 'confirm' };
    const answers = await Promise.all([1, 2].map(() => doctor.post(`${OTHER}/approve`, form)));
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    const kept = (await keptProtocols(setting)).find(({ id }) => id !== 'staged-risk-adapted');
    expect(kept?.approvals).toHaveLength(1);
  });

  test('a file that is not the one that was shown is shown again', async () => {
    const setting = await httpClinic({ sample: false });
    const doctor = await setting.as('clinician');
    const form = { hash: '0'.repeat(64), step: 'confirm' };
    const answer = await doctor.post(`${OTHER}/approve`, form);
    expect(await answer.text()).toContain('check before you confirm');
    expect(await keptProtocols(setting)).toHaveLength(1);
  });

  test('a note that cannot be kept is told at its field, and stays there', async () => {
    const { as } = await httpClinic({ sample: false });
    const doctor = await as('clinician');
    const note = 'n'.repeat(2001);
    const answer = await doctor.post(`${OTHER}/approve`, { note, step: 'preview' });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('id="f-note-wrong"');
    expect(page).toContain(note);
  });

  test('a link alone makes nobody believe that it is approved or followed', async () => {
    const { as } = await httpClinic({ sample: false });
    const doctor = await as('clinician');
    for (const key of ['approved', 'adopted']) {
      expect(await (await doctor.get(`${OTHER}?done=${key}`)).text()).not.toContain(
        'class="notice"',
      );
    }
  });

  test('a scheduler may not, and sees no form for it', async () => {
    const { as } = await httpClinic({ sample: false });
    const nurse = await as('scheduler');
    expect((await nurse.post(`${OTHER}/approve`, { step: 'preview' })).status).toBe(403);
    expect(await (await nurse.get(OTHER)).text()).not.toContain('/approve"');
  });
});

describe('comparing two protocols', () => {
  test('for one patient each line that moves is told before and after, with its cause', async () => {
    const { as } = await httpClinic();
    const nurse = await as('viewer');
    const cohort = await pageOf(await nurse.get(COHORT));
    const [, episode = '', from = '', to = ''] =
      /episodes\/(EP-\d+)">.*?moves from (\S+) to (\S+)/.exec(cohort) ?? [];
    const page = await pageOf(await nurse.get(`${COHORT}&episode=${episode}`));
    expect(page).toContain(`${episode}: what changes`);
    expect(page).toContain('(staged-from-previous-exam)</span> instead of Staged, risk-adapted');
    expect(page).toContain(`<del>${from} (`);
    expect(page).toContain(`<ins>${to} (`);
    expect(page).toContain('protocol staged-from-previous-exam');
  });

  test('for the cohort it tells what moves, by how much and for whom, before anybody approved it', async () => {
    const { as } = await httpClinic();
    const doctor = await as('clinician');
    const page = await pageOf(await doctor.get(COHORT));
    expect(page).toMatch(/<dt>Visits that move<\/dt><dd>\d+, by /);
    expect(page).toMatch(/<a href="\/c\/NORTH\/episodes\/EP-\d+">/);
    expect(page).toMatch(/>interval visit \d moves from/);
    expect(page).toMatch(/moves from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d \([+−]\d+ days\)/);
    expect(page).not.toContain('/adopt"');
  });

  test('for the cohort it tells exams that no longer count and visits that are open again, as for one patient', async () => {
    const { as } = await httpClinic();
    const nurse = await as('viewer');
    const page = await pageOf(await nurse.get(COHORT));
    expect(page).toMatch(/<dt>Exams that no longer count<\/dt><dd>[1-9]\d*<\/dd>/);
    expect(page).toMatch(/<dt>Visits<\/dt><dd>[1-9]\d* open again, /);
    const [, first = ''] = page.split('<tr><th scope="row"');
    expect(first).toContain('/episodes/EP-2019"');
    expect(first).toContain('>OVERDUE at once: interval visit 1; the exam of 2025-07-07 no longer');
    expect(first).toContain(
      '; interval visit 1 was completed and is open again: overdue, target 2025-10-14; interval visit 2 moves from',
    );
    const one = await pageOf(await nurse.get(`${COHORT}&episode=EP-2019`));
    expect(one).toMatch(/<del>2025-07-\d\d [^<]*, completed<\/del>/);
    expect(one).toMatch(/<ins>2025-10-14 [^<]*, overdue by \d+ days<\/ins>/);
  });

  test('of a large cohort it tells the first 200 that change, those overdue at once before the others', async () => {
    const { as } = await largeClinic(14);
    const page = await pageOf(await (await as('viewer')).get(COHORT));
    const rows = page.split('<tr><th scope="row"').slice(1);
    expect(rows).toHaveLength(200);
    const overdue = rows.map((row) => row.includes('OVERDUE at once'));
    expect(overdue.indexOf(false)).toBeGreaterThan(0);
    expect(overdue.indexOf(false)).toBe(overdue.lastIndexOf(true) + 1);
    expect(page).toMatch(/<p>\d+ more episodes do not stay as they are\./);
  });

  test('those whose earlier plan cannot be read come first of all, and are counted', async () => {
    const { access, clinic } = await httpClinic();
    const protocol = { id: 'staged-from-previous-exam', version: '1.0.0' };
    const from = { id: 'staged-risk-adapted' };
    const work = { clinic, protocol, from, dryRun: true, unapproved: true };
    const adoption = ok(await adoptProtocol(access, work));
    const overdue = adoption.episodes.find(({ difference }) => difference?.overdue.length);
    if (overdue === undefined) throw new Error('nothing is overdue at once');
    const episodes = Array.from({ length: 250 }, (_, index) => ({
      ...overdue,
      episode: `EP-${index}`,
      difference: index === 249 ? null : overdue.difference,
    }));
    const { text } = adoptionMarkup(clinic, { ...adoption, episodes });
    const [, first = ''] = text.split('<tr><th scope="row"');
    expect(first).toContain('>EP-249</a>');
    expect(first).toContain('its earlier plan cannot be read by this release');
    expect(text).toContain(
      '<dt>Not to be compared</dt><dd>1 episode, whose earlier plan this release cannot read',
    );
  });

  test('a large cohort keeps nobody waiting: others are answered meanwhile', async () => {
    const { as } = await largeClinic(4);
    const nurse = await as('viewer');
    const answered: string[] = [];
    const compared = nurse.get(COHORT).then(() => answered.push('the cohort'));
    for (let turn = 0; turn < 3; turn += 1) await new Promise((settle) => setImmediate(settle));
    await nurse.get(LIST).then(() => answered.push('the list'));
    await compared;
    expect(answered).toEqual(['the list', 'the cohort']);
  });

  test('what is missing or not known is told at its field', async () => {
    const { as } = await httpClinic();
    const nurse = await as('viewer');
    const none = await nurse.get(`${LIST}/compare?from=x&to=`);
    expect(none.status).toBe(422);
    const page = await none.text();
    expect(page).toContain('id="f-from-wrong"');
    expect(page).toContain('id="f-to-wrong"');
    const unknown = await nurse.get(`${COHORT}&episode=%3Cx%3E`);
    expect(unknown.status).toBe(422);
    const told = await unknown.text();
    expect(told).toContain('id="f-episode-wrong"');
    expect(told).toContain('value="&lt;x&gt;"');
  });
});

describe('adopting a protocol over the cohort', () => {
  test('is previewed, confirmed, and done once however often the form is sent', async () => {
    const { setting, doctor } = await withOtherApproved();
    expect(await (await doctor.get(COHORT)).text()).toContain('/adopt"');
    const preview = await doctor.post(`${OTHER}/adopt`, { from: FROM, step: 'preview' });
    const page = await preview.text();
    expect(await followers(setting, 'staged-from-previous-exam')).toBe(0);
    const form = { from: FROM, seen: hidden(page, 'seen'), step: 'confirm' };
    const done = await doctor.post(`${OTHER}/adopt`, form);
    expect(done.headers.get('Location')).toBe(`${OTHER}?done=adopted`);
    const adopted = await followers(setting, 'staged-from-previous-exam');
    expect(adopted).toBeGreaterThan(30);
    const again = await doctor.post(`${OTHER}/adopt`, form);
    expect(again.headers.get('Location')).toBe(`${OTHER}?done=adopted-before`);
    expect(await followers(setting, 'staged-from-previous-exam')).toBe(adopted);
  });

  test('whose work over the clinic waits meanwhile has its turn after it, not between the look and the deed', async () => {
    const { setting, doctor } = await withOtherApproved();
    const preview = await doctor.post(`${OTHER}/adopt`, { from: FROM, step: 'preview' });
    const form = { from: FROM, seen: hidden(await preview.text(), 'seen'), step: 'confirm' };
    const confirmed = doctor.post(`${OTHER}/adopt`, form);
    await new Promise((settle) => setImmediate(settle));
    const found = await setting.service.turns.take('a colleague', async () =>
      succeed(await followers(setting, 'staged-from-previous-exam')),
    );
    expect((await confirmed).headers.get('Location')).toBe(`${OTHER}?done=adopted`);
    expect(ok(found)).toBeGreaterThan(30);
  });

  test('an episode that is changed while it is at work keeps its protocol, and that is told', async () => {
    const { setting, doctor } = await withOtherApproved();
    const { access, clinic } = setting;
    const preview = await doctor.post(`${OTHER}/adopt`, { from: FROM, step: 'preview' });
    const form = { from: FROM, seen: hidden(await preview.text(), 'seen'), step: 'confirm' };
    const confirmed = doctor.post(`${OTHER}/adopt`, form);
    await new Promise((settle) => setImmediate(settle));
    const events = [{ id: 's', type: 'suspension', date: '2026-06-15', until: '2026-09-30' }];
    ok(await recordEvents(access, { clinic, episode: 'EP-2001', events }));
    expect((await confirmed).headers.get('Location')).toBe(`${OTHER}?done=adopted-partly`);
    const notice = await (await doctor.get(`${OTHER}?done=adopted-partly`)).text();
    expect(notice).toContain('were not moved');
    const { protocol } = ok(await findEpisode(access, clinic, 'EP-2001'));
    expect(protocol.id).toBe('staged-risk-adapted');
  });

  test('a form that is sent twice at one time adopts once', async () => {
    const { doctor } = await withOtherApproved();
    const preview = await doctor.post(`${OTHER}/adopt`, { from: FROM, step: 'preview' });
    const form = { from: FROM, seen: hidden(await preview.text(), 'seen'), step: 'confirm' };
    const answers = await Promise.all([1, 2].map(() => doctor.post(`${OTHER}/adopt`, form)));
    const places = answers.map(({ headers }) => headers.get('Location'));
    expect(places.sort()).toEqual([`${OTHER}?done=adopted`, `${OTHER}?done=adopted-before`]);
  });

  test('a cohort that changed since it was shown is shown again, and nothing is adopted', async () => {
    const { setting, doctor } = await withOtherApproved();
    const form = { from: FROM, seen: 'another cohort', step: 'confirm' };
    const answer = await doctor.post(`${OTHER}/adopt`, form);
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('The cohort changed since you looked');
    expect(await followers(setting, 'staged-from-previous-exam')).toBe(0);
  });

  test('what nobody approved is not adopted', async () => {
    const setting = await httpClinic();
    const doctor = await setting.as('clinician');
    const answer = await doctor.post(`${OTHER}/adopt`, { from: FROM, step: 'confirm' });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('no clinician has approved this protocol');
  });

  test('a form that does not name what is followed now changes nothing', async () => {
    const { setting, doctor } = await withOtherApproved();
    const answer = await doctor.post(`${OTHER}/adopt`, { step: 'confirm' });
    expect(answer.status).toBe(422);
    expect(await followers(setting, 'staged-from-previous-exam')).toBe(0);
  });
});
