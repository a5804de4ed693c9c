import { describe, expect, test } from 'vitest';
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
