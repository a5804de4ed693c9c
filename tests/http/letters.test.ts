import { describe, expect, test } from 'vitest';
import { LETTER_LANGUAGES, LETTER_WORDS } from '../../src/export/letter-words.ts';
import { recordEvents } from '../../src/service/episode/record-events.ts';
import { registerEpisode } from '../../src/service/episode/register-episode.ts';
import { searchEpisodes } from '../../src/service/episode/search-episodes.ts';
import { ok } from '../cli/clinic-store.ts';
import { type Browser, type HttpClinic, httpClinic } from './http-clinic.ts';

const LETTERS = '/c/NORTH/episodes/EP-1/letters';
const DAY = 86_400_000;

const INVITATION = { kind: 'invitation', language: 'de', item: 'a1.baseline' };

/** NORTH with EP-1, whose baseline opens on 15 July 2026. */
async function oneEpisode(ablatedOn = '2026-04-15') {
  const setting = await httpClinic({ sample: false });
  const { access, clinic } = setting;
  const document = { id: 'EP-1', ablatedOn, laterality: 'left', patientRef: 'Jane-Doe' };
  ok(await registerEpisode(access, { clinic, document }));
  return { setting, nurse: await setting.as('scheduler') };
}

async function contactsOf({ access, clinic }: HttpClinic) {
  const [head] = await access.store.findEpisodes(clinic.id, { externalId: 'EP-1' });
  const loaded = await access.store.loadCase({ clinic: clinic.id, episode: head?.id ?? 0 });
  if (loaded.outcome !== 'ok') throw new Error('no such episode');
  return loaded.value.caseFile.events.filter(({ type }) => type === 'contact');
}

async function close({ access, clinic }: HttpClinic, reason: string) {
  const events = [{ type: 'closure', date: '2026-06-15', reason }];
  const acceptContradictions = true;
  ok(await recordEvents(access, { clinic, episode: 'EP-1', events, acceptContradictions }));
}

/** The fields of the form that confirms a preview. */
async function previewed(nurse: Browser, fields: Record<string, string>) {
  const page = await (await nurse.post(LETTERS, { ...fields, step: 'preview' })).text();
  const hidden = (name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
  return {
    page,
    form: { ...fields, event: hidden('event'), expected: hidden('expected'), step: 'confirm' },
  };
}

describe('a letter to a patient', () => {
  test('is shown before it is recorded, in its language, with nothing that names the patient', async () => {
    const { setting, nurse } = await oneEpisode();
    const { page } = await previewed(nurse, INVITATION);
    const [, article = ''] = /(<article.*)<\/article>/s.exec(page) ?? [];
    expect(article).toContain('lang="de"');
    expect(article.replaceAll('\u00a0', ' ')).toContain(
      'zwischen dem 15. Juli 2026 und dem 15. August 2026',
    );
    expect(article).toContain('Breast clinic North');
    expect(article).not.toMatch(/EP-1|Jane|left/);
    expect(page).toContain('the letter Invitation to a visit (<span lang="de">Deutsch</span>)');
    expect(page).toContain(
      '<p class="no-print"><strong>Nothing is recorded yet.</strong> It is for patient ',
    );
    expect(await contactsOf(setting)).toEqual([]);
  });

  test('confirmed, it is recorded as a contact that was sent, once however often the form is sent', async () => {
    const { setting, nurse } = await oneEpisode();
    const { form } = await previewed(nurse, INVITATION);
    const first = await nurse.post(LETTERS, form);
    expect(first.status).toBe(303);
    expect(first.headers.get('Location')).toBe(`${LETTERS}/${form.event}`);
    const second = await nurse.post(LETTERS, form);
    expect(second.headers.get('Location')).toBe(`${LETTERS}/${form.event}`);
    expect(await contactsOf(setting)).toMatchObject([
      {
        id: form.event,
        method: 'letter',
        outcome: 'sent',
        item: 'a1.baseline',
        note: 'invitation, de',
      },
    ]);
  });

  test('is recorded once where the form is sent twice at one time', async () => {
    const { setting, nurse } = await oneEpisode();
    const { form } = await previewed(nurse, INVITATION);
    const answers = await Promise.all([nurse.post(LETTERS, form), nurse.post(LETTERS, form)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await contactsOf(setting)).toHaveLength(1);
  });

  test('is shown for printing as it was written, whatever was recorded since; showing it records nothing', async () => {
    const { setting, nurse } = await oneEpisode();
    const { form } = await previewed(nurse, INVITATION);
    await nurse.post(LETTERS, form);
    const viewer = await setting.as('viewer');
    const path = `${LETTERS}/${form.event}`;
    const before = await (await viewer.get(path)).text();
    expect(before).toMatch(/^<!DOCTYPE html>\n<html lang="de">/);
    expect(before).not.toMatch(/EP-1<|Jane|cryowatch applies/);
    const exam = { type: 'imaging', date: '2026-07-20', modality: 'MRI', biRads: '2' };
    setting.pass(40 * DAY);
    const { access, clinic } = setting;
    ok(await recordEvents(access, { clinic, episode: 'EP-1', events: [exam] }));
    expect(await (await (await setting.as('viewer')).get(path)).text()).toBe(before);
    expect(await contactsOf(setting)).toHaveLength(1);
  });

  test('carries a code by which the clinic finds the episode, also when it is about no visit', async () => {
    const { setting, nurse } = await oneEpisode();
    await close(setting, 'completed');
    const closing = { kind: 'closing', language: 'en', item: '' };
    const { page } = await previewed(nurse, closing);
    const [, code = ''] = /this code: ([0-9A-F]{8})/.exec(page) ?? [];
    const { access, clinic } = setting;
    const found = await searchEpisodes(access, { clinic, text: code, skip: 0, limit: 9 });
    expect(found.total).toBe(1);
    expect(page).toContain('come back to us at any time');
  });

  test('whose record was taken back says so, and is listed no more', async () => {
    const { setting, nurse } = await oneEpisode();
    const { form } = await previewed(nurse, INVITATION);
    await nurse.post(LETTERS, form);
    expect(await (await nurse.get(LETTERS)).text()).toContain('</span>) of 2026-06-15');
    const { access, clinic } = setting;
    const correction = {
      type: 'correction',
      date: '2026-06-15',
      of: form.event,
      reason: 'not sent',
    };
    ok(await recordEvents(access, { clinic, episode: 'EP-1', events: [correction] }));
    expect(await (await nurse.get(LETTERS)).text()).not.toContain('</span>) of 2026');
    const paper = await (await nurse.get(`${LETTERS}/${form.event}`)).text();
    expect(paper).toContain('was taken back');
  });

  test('is looked at again where somebody else recorded something meanwhile', async () => {
    const { setting, nurse } = await oneEpisode();
    const { form } = await previewed(nurse, INVITATION);
    const { access, clinic } = setting;
    const call = { type: 'contact', date: '2026-06-15', method: 'call', outcome: 'reached' };
    ok(await recordEvents(access, { clinic, episode: 'EP-1', events: [call] }));
    const answer = await nurse.post(LETTERS, form);
    expect(answer.status).toBe(409);
    const page = await answer.text();
    expect(page).toContain('changed meanwhile');
    expect(page).toContain('name="expected" value="2"');
    expect(await contactsOf(setting)).toHaveLength(1);
  });
});

describe('a letter that does not fit', () => {
  test('every field wrong is told at each', async () => {
    const { nurse } = await oneEpisode();
    const answer = await nurse.post(LETTERS, { kind: '', language: 'it', item: '' });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    for (const field of ['kind', 'language', 'item'])
      expect(page).toContain(`id="f-${field}-wrong"`);
    const item = await nurse.post(LETTERS, { ...INVITATION, item: 'a1.interval-7' });
    const told = await item.text();
    expect(told).toContain('id="f-item-wrong"');
    expect(told).toMatch(/<option value="de" selected>/);
  });

  test.each([
    ['2026-04-15', { ...INVITATION, kind: 'overdue' }, 'does not fit a visit that is not yet due'],
    ['2025-12-15', INVITATION, 'does not fit a visit that is overdue'],
    ['2026-04-15', { kind: 'closing', language: 'en' }, 'the surveillance goes on'],
  ])('of an ablation on %s %j: %s', async (ablatedOn, fields, says) => {
    const { setting, nurse } = await oneEpisode(ablatedOn);
    const answer = await nurse.post(LETTERS, {
      ...fields,
      step: 'confirm',
      event: 'e',
      expected: '1',
    });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(says);
    expect(await contactsOf(setting)).toEqual([]);
  });

  test('of an episode that ended is the closing one, and nothing is to be chosen', async () => {
    const nurse = await (await httpClinic()).as('scheduler');
    const page = await (await nurse.get('/c/NORTH/episodes/EP-2007/letters')).text();
    expect(page).toContain('<option value="closing" selected>End of the surveillance</option>');
    expect(page).not.toMatch(/value="(?:invitation|reminder|overdue)"|name="item"/);
  });

  test('is not offered where no visit is left: the end of the surveillance comes first', async () => {
    const nurse = await (await httpClinic()).as('scheduler');
    const path = '/c/NORTH/episodes/EP-2001/letters';
    const page = await (await nurse.get(path)).text();
    expect(page).toContain('No visit is left to write about.');
    expect(page).not.toContain('Show the letter');
    const [, close = ''] = /<a href="([^"]*record\/closure[^"]*)"/.exec(page) ?? [];
    expect((await nurse.get(close)).status).toBe(200);
    const fields = { reason: 'completed', date: '2026-06-15', expected: '1', event: 'c9' };
    const back = { back: path, accept: 'yes', step: 'confirm' };
    const closed = await nurse.post('/c/NORTH/episodes/EP-2001/record/closure', {
      ...fields,
      ...back,
    });
    expect(closed.headers.get('Location')).toMatch(`${path}?`);
    const after = await (await nurse.get(closed.headers.get('Location') ?? '')).text();
    expect(after).toContain('The episode is closed:');
    expect(after).toContain('<option value="closing" selected>');
  });

  test.each([
    ['EP-2034', 'a1.baseline'],
    ['EP-2012', 'a1.interval-2'],
  ])('tells no appointment that is over, in no language: %s', async (episode, item) => {
    const nurse = await (await httpClinic()).as('scheduler');
    for (const language of LETTER_LANGUAGES) {
      const fields = { kind: 'overdue', language, item, step: 'preview' };
      const answer = await nurse.post(`/c/NORTH/episodes/${episode}/letters`, fields);
      expect(await answer.text()).toContain(LETTER_WORDS[language].notBooked);
    }
  });

  test('tells an appointment until its hour, and the day of one without an hour until it is over', async () => {
    const { setting, nurse } = await oneEpisode('2026-03-01');
    const { access, clinic } = setting;
    const booked = async (id: string, appointment: string) => {
      const day = '2026-06-15';
      const booking = { type: 'booking', id, date: day, visit: 'a1.baseline', appointment };
      ok(await recordEvents(access, { clinic, episode: 'EP-1', events: [booking] }));
      const { page } = await previewed(nurse, { ...INVITATION, language: 'en' });
      return page.includes('An appointment is booked for you');
    };
    // It is 14:00 in Berlin.
    expect(await booked('b1', '2026-06-15T13:59[Europe/Berlin]')).toBe(false);
    expect(await booked('b2', '2026-06-15')).toBe(true);
    expect(await booked('b3', '2026-06-15T14:01[Europe/Berlin]')).toBe(true);
    setting.pass(2 * 60_000);
    const { page } = await previewed(nurse, { ...INVITATION, language: 'en' });
    expect(page).toContain(LETTER_WORDS.en.notBooked);
  });

  test('is not offered while there is no visit to write about', async () => {
    const nurse = await (await httpClinic()).as('scheduler');
    const page = await (await nurse.get('/c/NORTH/episodes/EP-2021/letters')).text();
    expect(page).toContain('No letter can be written now: the surveillance is suspended.');
    expect(page).not.toContain('Show the letter');
  });

  test('to somebody whose surveillance has ended can only be the closing one', async () => {
    const { setting, nurse } = await oneEpisode();
    await close(setting, 'withdrew');
    const answer = await nurse.post(LETTERS, INVITATION);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('the surveillance has ended');
    const none = await (await nurse.post(LETTERS, { kind: '', language: 'en' })).text();
    expect(none).toContain('a letter must be chosen');
    expect(none).not.toContain('a visit must be chosen');
  });

  test('to somebody who has died is none', async () => {
    const { setting, nurse } = await oneEpisode();
    await close(setting, 'death');
    expect(await (await nurse.get(LETTERS)).text()).toContain('no letter is written');
    const answer = await nurse.post(LETTERS, { kind: 'closing', language: 'en' });
    expect(answer.status).toBe(422);
  });

  test('is written by no viewer, and found under no other id', async () => {
    const { setting } = await oneEpisode();
    const viewer = await setting.as('viewer');
    expect((await viewer.post(LETTERS, INVITATION)).status).toBe(403);
    expect(await (await viewer.get(LETTERS)).text()).not.toContain(
      '<form method="post" action="/c',
    );
    expect((await viewer.get(`${LETTERS}/x1`)).status).toBe(404);
  });
});
