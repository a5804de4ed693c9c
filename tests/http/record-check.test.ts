import { describe, expect, test } from 'vitest';
import { recordEvents } from '../../src/service/episode/record-events.ts';
import { ok } from '../cli/clinic-store.ts';
import { type Browser, httpClinic } from './http-clinic.ts';
import { plainText, readForm } from './read-form.ts';

type Typed = Readonly<Record<string, string>>;

/** The page that answers a form for an event, filled in and checked. */
async function checked(browser: Browser, type: string, typed: Typed, episode = 'EP-2033') {
  const opened = await browser.get(`/c/NORTH/episodes/${episode}/record/${type}`);
  const { action, fields } = readForm(await opened.text(), `/record/${type}`);
  const answer = await browser.post(action, { ...fields, ...typed, step: 'check' });
  return { status: answer.status, page: plainText(await answer.text()) };
}

describe('what is left empty', () => {
  test('a contraindication without a last day is shown to be without an end', async () => {
    const nurse = await (await httpClinic()).as('scheduler');
    const { page } = await checked(nurse, 'constraint', { kind: 'claustrophobia', to: '' });
    expect(page).toContain('<dt>Holds until</dt><dd>no end: it holds for good</dd>');
    expect(page).not.toContain('Until when does');
  });

  test('of a pregnancy without an end the check asks until when it holds', async () => {
    const nurse = await (await httpClinic()).as('scheduler');
    const { page } = await checked(nurse, 'constraint', { kind: 'pregnancy', to: '' });
    expect(page).toContain('<dt>Holds until</dt><dd>no end: it holds for good</dd>');
    expect(page).toContain('Until when does the pregnancy hold?');
    const ends = { kind: 'pregnancy', to: '2027-02-28' };
    const other = await checked(nurse, 'constraint', ends);
    expect(other.page).toContain('<dt>Holds until</dt><dd>2027-02-28</dd>');
    expect(other.page).not.toContain('Until when does');
  });

  test('of a suspension the check says until when the protocol lets it last', async () => {
    const doctor = await (await httpClinic()).as('clinician');
    const { page } = await checked(doctor, 'suspension', { date: '2026-06-15', until: '' });
    expect(page).toMatch(
      /<dt>Suspended until<\/dt><dd>not said; by the protocol suspended until 2026-\d\d-\d\d<\/dd>/,
    );
  });

  test('of tissue the check says when it counts as taken, of an appointment that it has no hour', async () => {
    const clinic = await httpClinic();
    const result = { result: 'benign-concordant', specimenDate: '' };
    expect((await checked(await clinic.as('clinician'), 'pathology', result)).page).toContain(
      '<dt>Tissue taken on</dt><dd>not said; it counts as taken before the day of the result</dd>',
    );
    const day = { visit: 'a1.baseline', day: '2026-06-22', time: '' };
    expect((await checked(await clinic.as('scheduler'), 'booking', day)).page).toContain(
      '<dt>Time</dt><dd>not said: the whole day</dd>',
    );
  });

  test.each([
    ['constraint', { kind: 'claustrophobia', from: '' }, 'Holds from'],
    ['imaging', { modality: 'MRI', date: '' }, 'Date of the exam'],
    ['booking', { visit: 'a1.baseline', day: '' }, 'Day'],
  ])('a day that %s needs is asked for as one that exists', async (type, typed, label) => {
    const nurse = await (await httpClinic()).as('scheduler');
    const { status, page } = await checked(nurse, type, typed);
    expect(status).toBe(422);
    expect(page).toContain(`${label}: this is needed, as a day that exists`);
  });
});

describe('taking back', () => {
  const form = (page: string) => plainText(/<select.*?<\/select>/s.exec(page)?.[0] ?? '');

  test('each event to choose from says what it is about, and no two look alike', async () => {
    const clinic = await httpClinic();
    const booked = { type: 'booking', visit: 'a1.baseline', date: '2026-06-15' };
    const events = [
      { ...booked, id: 'b1', appointment: '2026-06-22T09:30[Europe/Berlin]' },
      { ...booked, id: 'b2', appointment: '2026-06-23T11:00[Europe/Berlin]' },
    ];
    ok(await recordEvents(clinic.access, { clinic: clinic.clinic, episode: 'EP-2033', events }));
    const nurse = await clinic.as('scheduler');
    const path = '/c/NORTH/episodes/EP-2033/record/correction';
    const page = form(await (await nurse.get(path)).text());
    expect(page).toContain(
      'appointment of 2026-06-15: baseline exam, 2026-06-22 09:30 (b1)</option>',
    );
    expect(page).toContain(
      'appointment of 2026-06-15: baseline exam, 2026-06-23 11:00 (b2)</option>',
    );
    const other = path.replace('EP-2033', 'EP-2018');
    const choices = form(await (await nurse.get(other)).text());
    expect(choices).toContain('exam of 2026-05-11: MRI, BI-RADS 4B (x3)</option>');
    expect(choices).toContain('pathology result of 2026-05-26: benign discordant (p1)</option>');
    expect(choices).toMatch(/contact attempt of 2026-06-11: call, left message, about .* \(k1\)/);
    const typed = { of: 'x2', reason: 'another patient' };
    expect((await checked(nurse, 'correction', typed, 'EP-2018')).page).toContain(
      '<dd>exam of 2025-05-12: MRI, BI-RADS 2 (x2)</dd>',
    );
  });

  test('of what is open needs a clinician: a nurse is told so in words, and keeps what was typed', async () => {
    const nurse = await (await httpClinic()).as('scheduler');
    const typed = { of: 'p1', reason: 'of another patient' };
    const { status, page } = await checked(nurse, 'correction', typed, 'EP-2018');
    expect(status).toBe(409);
    expect(page).toContain('this would take back what is open (biopsy by 2026-06-09)');
    expect(page).toContain('ask a clinician to make this change');
    expect(page).not.toContain('found: ');
    expect(readForm(page, '/record/correction').fields).toMatchObject(typed);
  });

  test('of a decision needs a clinician: the form says so and keeps what was typed', async () => {
    const clinic = await httpClinic();
    const decision = { id: 'd9', type: 'decision', date: '2026-06-15', reason: 'seen' };
    const events = [{ ...decision, escalation: 'esc.p1' }];
    ok(await recordEvents(clinic.access, { clinic: clinic.clinic, episode: 'EP-2018', events }));
    const typed = { of: 'd9', reason: 'entered twice' };
    const nurse = await clinic.as('scheduler');
    const { status, page } = await checked(nurse, 'correction', typed, 'EP-2018');
    expect(status).toBe(403);
    expect(page).toContain('Event: taking this event back needs a clinician’s judgement');
    expect(readForm(page, '/record/correction').fields).toMatchObject(typed);
  });
});

describe('an episode that was closed', () => {
  /** EP-2017 withdrew. */
  const PATH = '/c/NORTH/episodes/EP-2017';

  test('offers what can still be recorded, and nothing that belongs to a course that goes on', async () => {
    const doctor = await (await httpClinic()).as('clinician');
    const page = await (await doctor.get(PATH)).text();
    for (const type of ['reopening', 'contact', 'pathology', 'imaging'])
      expect(page).toContain(`${PATH}/record/${type}?`);
    for (const type of ['resumption', 'booking', 'deferral', 'decline', 'closure', 'suspension'])
      expect(page).not.toContain(`${PATH}/record/${type}?`);
  });

  test('has no visit to choose: the form says why, and leads to the reopening', async () => {
    const clinic = await httpClinic();
    const path = `${PATH}/record/booking`;
    const page = await (await (await clinic.as('clinician')).get(path)).text();
    expect(page).toContain('No visit of this episode is open.');
    expect(page).toContain(`<a href="${PATH}/record/reopening?back=`);
    const nurses = await (await (await clinic.as('scheduler')).get(path)).text();
    expect(nurses).toContain('a clinician has to reopen the episode first');
    expect(nurses).not.toContain('/record/reopening');
  });
});

test('a form that needs a choice says so where there is none to make', async () => {
  const doctor = await (await httpClinic()).as('clinician');
  const page = await (await doctor.get('/c/NORTH/episodes/EP-2033/record/decision')).text();
  expect(page).toContain('No escalation of this episode waits for an answer.');
  expect(page).not.toContain('The surveillance has ended');
});

test('choices have the terms of the field, each once', async () => {
  const doctor = await (await httpClinic()).as('clinician');
  const pageOf = async (type: string) =>
    plainText(await (await doctor.get(`/c/NORTH/episodes/EP-2033/record/${type}`)).text());
  const exam = await pageOf('imaging');
  expect(exam).toContain('>PET-CT</option>');
  expect(exam).toContain('>non-mass</option>');
  expect(exam.match(/>(?:non-)?diagnostic<\/option>/g)).toEqual([
    '>diagnostic</option>',
    '>non-diagnostic</option>',
  ]);
  const contraindication = await pageOf('constraint');
  expect(contraindication).toContain('>MRI-unsafe implant</option>');
  expect(contraindication).toContain('>eGFR below 30</option>');
});

test('facts that would take back what is open need a clinician; what a nurse typed stays', async () => {
  const nurse = await (await httpClinic()).as('scheduler');
  const path = '/c/NORTH/episodes/EP-2018/facts';
  const { fields } = readForm(await (await nurse.get(path)).text(), '/facts');
  const typed = { 'ablation.date': '2026-06-01', 'ablation.device': 'ICEfx' };
  const answer = await nurse.post(path, { ...fields, ...typed, step: 'preview' });
  const page = plainText(await answer.text());
  expect(answer.status).toBe(409);
  expect(page).toContain('this would take back what is open (');
  expect(page).toContain('ask a clinician to make this change');
  expect(readForm(page, '/facts').fields).toMatchObject(typed);
});
