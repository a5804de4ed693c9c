import { describe, expect, test } from 'vitest';
import { type EventField, type EventForm, fieldsOf } from '../../src/http/record/event-form.ts';
import { EVENT_FORMS } from '../../src/http/record/event-forms.ts';
import { recordEvents } from '../../src/service/episode/record-events.ts';
import { showEpisode } from '../../src/service/episode/show-episode.ts';
import { ok } from '../cli/clinic-store.ts';
import { type Browser, type HttpClinic, httpClinic } from './http-clinic.ts';
import { plainText, type ReadForm, readForm } from './read-form.ts';

/** Where an event of an episode of the sample is recorded. */
function pathOf(episode: string, type: string): string {
  return `/c/NORTH/episodes/${episode}/record/${type}`;
}

async function formOf(
  browser: Browser,
  episode: string,
  type: string,
  query = '',
): Promise<ReadForm> {
  const answer = await browser.get(`${pathOf(episode, type)}${query}`);
  expect(answer.status).toBe(200);
  return readForm(await answer.text(), `/record/${type}`);
}

async function sent(browser: Browser, { action, fields }: ReadForm, typed: ReadForm['fields']) {
  const answer = await browser.post(action, { ...fields, ...typed });
  return { answer, page: await answer.text() };
}

async function recordedOf({ access, clinic }: HttpClinic, episode: string) {
  return ok(await showEpisode(access, { clinic, episode })).events;
}

/** EP-2033 waits for its baseline; EP-2035 for the report of x1; EP-2018 for a biopsy. */
const BASELINE = 'a1.baseline';

describe('what is wrong in a form', () => {
  const LONG = 'w'.repeat(1001);
  const WRONG: Readonly<Record<EventField['kind'], string>> = {
    text: LONG,
    words: LONG,
    choice: 'w'.repeat(211),
    ticks: 'w'.repeat(211),
    day: '2026-02-30',
    'appointment-day': '2026-02-30',
    'appointment-time': '25:99',
    number: 'twelve',
    grade: 'twelve',
    minutes: 'nine',
    'yes-no': 'perhaps',
  };

  test.each(EVENT_FORMS.map((form) => [form.type, form] as const))(
    'of %s stays as it was typed, and each field says what to mend',
    async (type, form: EventForm) => {
      const clinic = await httpClinic();
      const doctor = await clinic.as('clinician');
      const before = await recordedOf(clinic, 'EP-2033');
      const fields = fieldsOf(form);
      const typed = Object.fromEntries(fields.map(({ name, kind }) => [name, WRONG[kind]]));
      const opened = await formOf(doctor, 'EP-2033', type);
      const { answer, page } = await sent(doctor, opened, { ...typed, step: 'check' });
      expect(answer.status).toBe(422);
      const again = readForm(page, `/record/${type}`);
      expect(again.fields).toMatchObject(typed);
      for (const { name, kind } of fields) {
        const id = `f-${name.replaceAll('.', '-')}`;
        expect(page, `${name}, ${kind}, is in the summary`).toContain(`<a href="#${id}">`);
        if (kind !== 'ticks') expect(page, `${name} says so itself`).toContain(`id="${id}-wrong"`);
      }
      expect(await recordedOf(clinic, 'EP-2033')).toEqual(before);
    },
  );

  test.each(
    EVENT_FORMS.map(
      (form) => [form.type, fieldsOf(form).filter(({ required }) => required)] as const,
    ),
  )('of %s: what is needed and empty is asked for', async (type, needed) => {
    const clinic = await httpClinic();
    const doctor = await clinic.as('clinician');
    const empty = Object.fromEntries(needed.map(({ name }) => [name, '']));
    const opened = await formOf(doctor, 'EP-2033', type);
    const { answer, page } = await sent(doctor, opened, { ...empty, step: 'check' });
    expect(answer.status).toBe(422);
    for (const { name, label } of needed) {
      expect(page).toContain(`id="f-${name}-wrong"`);
      expect(page).toContain(`${label}: this is needed`);
    }
  });

  test('whose episode it is stands above the form and above the check', async () => {
    const clinic = await httpClinic();
    const nurse = await clinic.as('scheduler');
    const path = '/c/NORTH/episodes/EP-2004/record/imaging';
    const page = await (await nurse.get(path)).text();
    expect(page).toContain('EP-2004</a>, patient S-40109, left breast.');
    const typed = { modality: 'MRI', biRads: '2', step: 'check' };
    const checked = await sent(nurse, readForm(page, '/record/imaging'), typed);
    expect(checked.page).toContain('EP-2004, patient S-40109, left breast.');
  });

  test('a day and an hour that are none are told at their own fields, as they were typed', async () => {
    const clinic = await httpClinic();
    const nurse = await clinic.as('scheduler');
    const opened = await formOf(nurse, 'EP-2033', 'booking', `?item=${BASELINE}`);
    const typed = { day: '2026-02-31', time: '25:77', step: 'check' };
    const { page } = await sent(nurse, opened, typed);
    expect(page).toContain('Day: this is not a date; found: &quot;2026-02-31&quot;');
    expect(page).toContain('Time: this is not a time of the day; found: &quot;25:77&quot;');
    expect(page).not.toContain('[Europe/Berlin]');
  });

  test('what is no number is called so, and the focus is on what is to be mended', async () => {
    const clinic = await httpClinic();
    const nurse = await clinic.as('scheduler');
    const opened = await formOf(nurse, 'EP-2033', 'imaging');
    const typed = { modality: 'MRI', 'findings.zone.longestMm': 'big', step: 'check' };
    const { page } = await sent(nurse, opened, typed);
    expect(page).toContain('this is not a number; found: &quot;big&quot;; allowed: 12 or 12.5 say');
    expect(page).toContain('<div class="problems" role="alert" tabindex="-1" autofocus>');
  });

  test('an hour that the clock of the clinic leaves out is refused, and no tick helps', async () => {
    const clinic = await httpClinic();
    const nurse = await clinic.as('scheduler');
    const opened = await formOf(nurse, 'EP-2033', 'booking', `?item=${BASELINE}`);
    const night = { day: '2027-03-28', time: '02:30', accept: 'yes' };
    const { answer, page } = await sent(nurse, opened, { ...night, step: 'check' });
    expect(answer.status).toBe(422);
    expect(page).toContain('there is no such hour on that day');
    expect(page).toContain('id="f-time-wrong"');
    expect(readForm(page, '/record/booking').fields).toMatchObject({
      day: '2027-03-28',
      time: '02:30',
    });
  });

  test('an hour that the clock of the clinic shows twice is one of two, and the check asks which', async () => {
    const clinic = await httpClinic();
    const nurse = await clinic.as('scheduler');
    const opened = await formOf(nurse, 'EP-2033', 'booking', `?item=${BASELINE}`);
    const night = { day: '2026-10-25', time: '2:30', step: 'check' };
    const { page } = await sent(nurse, opened, night);
    expect(page).toContain('Which 2:30?');
    expect(page).toContain('the first (UTC+02:00)</option>');
    expect(page).toContain('the second (UTC+01:00)</option>');
    const preview = readForm(page, '/record/booking');
    expect(preview.fields).toMatchObject({ offset: '+02:00' });
    const second = { offset: '+01:00', accept: 'yes', step: 'confirm' };
    expect((await sent(nurse, preview, second)).answer.status).toBe(303);
    expect((await recordedOf(clinic, 'EP-2033')).at(-1)?.event).toMatchObject({
      appointment: '2026-10-25T02:30+01:00[Europe/Berlin]',
    });
  });

  test('no offset but those of the clock of the clinic is taken', async () => {
    const clinic = await httpClinic();
    const nurse = await clinic.as('scheduler');
    const opened = await formOf(nurse, 'EP-2033', 'booking', `?item=${BASELINE}`);
    const typed = { day: '2026-06-22', time: '09:30', offset: '-07:00', step: 'check' };
    const { page } = await sent(nurse, opened, typed);
    expect(page).not.toContain('put back');
    await sent(nurse, readForm(page, '/record/booking'), { offset: '-07:00', step: 'confirm' });
    expect((await recordedOf(clinic, 'EP-2033')).at(-1)?.event).toMatchObject({
      appointment: '2026-06-22T09:30[Europe/Berlin]',
    });
  });

  test('a repeat ablation before the first one is told where that belongs, in words of the page', async () => {
    const clinic = await httpClinic();
    const doctor = await clinic.as('clinician');
    const opened = await formOf(doctor, 'EP-2033', 'ablation');
    const { page } = await sent(doctor, opened, { date: '2020-01-15', step: 'check' });
    expect(page).toContain('the earliest ablation belongs in the facts of the episode');
    expect(page).not.toContain('episode.ablation');
  });

  test('a comma in a number and a short hour are understood', async () => {
    const clinic = await httpClinic();
    const nurse = await clinic.as('scheduler');
    const exam = await formOf(nurse, 'EP-2033', 'imaging');
    const typed = { modality: 'CEM', 'findings.zone.longestMm': '12,5', step: 'check' };
    expect((await sent(nurse, exam, typed)).answer.status).toBe(200);
    const booking = await formOf(nurse, 'EP-2033', 'booking', `?item=${BASELINE}`);
    const hour = { day: '2026-06-22', time: '9:30', step: 'check' };
    const checked = await sent(nurse, booking, hour);
    expect(checked.answer.status).toBe(200);
    await sent(nurse, readForm(checked.page, '/record/booking'), { step: 'confirm' });
    expect((await recordedOf(clinic, 'EP-2033')).at(-1)?.event).toMatchObject({
      appointment: '2026-06-22T09:30[Europe/Berlin]',
    });
  });
});

describe('a nurse records an exam of category 4', () => {
  async function previewed(clinic: HttpClinic) {
    const nurse = await clinic.as('scheduler');
    const back = '/c/NORTH/worklist?bucket=overdue&open=EP-2033&item=a1.baseline&act=imaging';
    const opened = await formOf(nurse, 'EP-2033', 'imaging', `?back=${encodeURIComponent(back)}`);
    const typed = { modality: 'CEM', biRads: '4', step: 'check' };
    const { answer, page } = await sent(nurse, opened, typed);
    expect(answer.status).toBe(200);
    return { nurse, opened, page, preview: readForm(page, '/record/imaging') };
  }

  test('the check says that it raises an escalation, before anything is recorded', async () => {
    const clinic = await httpClinic();
    const before = await recordedOf(clinic, 'EP-2033');
    const { page } = await previewed(clinic);
    expect(page).toContain('New escalation: biopsy by <span class="date">2026-06-29</span>');
    expect(page).toContain('Nothing is recorded yet');
    expect(await recordedOf(clinic, 'EP-2033')).toEqual(before);
  });

  test('confirmed, it goes back to where the form was opened, and the worklist has the escalation', async () => {
    const clinic = await httpClinic();
    const { nurse, preview } = await previewed(clinic);
    const { answer } = await sent(nurse, preview, { step: 'confirm' });
    expect(answer.status).toBe(303);
    const place = answer.headers.get('Location') ?? '';
    expect(place).toBe('/c/NORTH/worklist?bucket=overdue&done=imaging&for=EP-2033');
    const list = await (await nurse.get(place.replace('overdue', 'escalation'))).text();
    expect(list).toContain(
      'The exam is recorded: <a href="/c/NORTH/episodes/EP-2033">episode EP-2033</a>, patient S-40163.',
    );
    expect(list).toMatch(/href="[^"]*act=imaging/);
    expect(list).not.toMatch(/href="[^"]*(?:done|for)=/);
    expect(list).toMatch(/Why then\?: EP-2033, [^"]*: biopsy by 2026-06-29/);
    const [last] = (await recordedOf(clinic, 'EP-2033')).slice(-1);
    expect(last).toMatchObject({
      event: { type: 'imaging', biRads: '4', date: '2026-06-15' },
      recordedBy: 'tester-scheduler',
    });
  });

  test('sent twice it is recorded once, and answered alike', async () => {
    const clinic = await httpClinic();
    const before = await recordedOf(clinic, 'EP-2033');
    const { nurse, preview } = await previewed(clinic);
    const first = await sent(nurse, preview, { step: 'confirm' });
    const second = await sent(nurse, preview, { step: 'confirm' });
    expect(second.answer.status).toBe(303);
    expect(second.answer.headers.get('Location')).toBe(first.answer.headers.get('Location'));
    expect(await recordedOf(clinic, 'EP-2033')).toHaveLength(before.length + 1);
  });

  test('sent twice at one time it is recorded once, and answered alike', async () => {
    const clinic = await httpClinic();
    const before = await recordedOf(clinic, 'EP-2033');
    const { nurse, preview } = await previewed(clinic);
    const pair = [
      sent(nurse, preview, { step: 'confirm' }),
      sent(nurse, preview, { step: 'confirm' }),
    ];
    for (const { answer } of await Promise.all(pair)) expect(answer.status).toBe(303);
    expect(await recordedOf(clinic, 'EP-2033')).toHaveLength(before.length + 1);
  });

  test('back to the form and sent again, it shows what was recorded already and records nothing', async () => {
    const clinic = await httpClinic();
    const { nurse, opened, preview } = await previewed(clinic);
    await sent(nurse, preview, { step: 'confirm' });
    const before = await recordedOf(clinic, 'EP-2033');
    const typed = { modality: 'CEM', biRads: '4', step: 'check' };
    const { answer, page } = await sent(nurse, opened, typed);
    expect(answer.status).toBe(409);
    expect(page).toContain('recorded by you');
    expect(readForm(page, '/record/imaging').fields).toMatchObject({
      modality: 'CEM',
      biRads: '4',
    });
    // Even whoever goes on all the same is told that it stands there already.
    const on = await sent(nurse, readForm(page, '/record/imaging'), { step: 'check' });
    expect(on.page).toContain('It does not fit what is recorded');
    expect(await recordedOf(clinic, 'EP-2033')).toEqual(before);
  });

  test('from the check back to the form nothing that was typed is lost', async () => {
    const clinic = await httpClinic();
    const { nurse, preview } = await previewed(clinic);
    const { answer, page } = await sent(nurse, preview, { step: 'edit' });
    expect(answer.status).toBe(200);
    expect(readForm(page, '/record/imaging').fields).toMatchObject({
      modality: 'CEM',
      biRads: '4',
    });
  });
});

describe('two people record at one episode', () => {
  const CALL = { method: 'call', outcome: 'reached', note: 'wants a morning', step: 'check' };

  test('the second one sees what the first did, loses nothing, and goes on', async () => {
    const clinic = await httpClinic();
    const [nurse, doctor] = [await clinic.as('scheduler'), await clinic.as('clinician')];
    const before = await recordedOf(clinic, 'EP-2033');
    const hers = await formOf(nurse, 'EP-2033', 'contact');
    const his = await formOf(doctor, 'EP-2033', 'imaging');
    const checked = await sent(doctor, his, { modality: 'CEM', biRads: '2', step: 'check' });
    const done = await sent(doctor, readForm(checked.page, '/record/imaging'), { step: 'confirm' });
    expect(done.answer.status).toBe(303);
    const { answer, page } = await sent(nurse, hers, CALL);
    expect(answer.status).toBe(409);
    expect(page).toMatch(/exam e\d+ of .*2026-06-15.*recorded by tester-clinician/);
    const anew = readForm(page, '/record/contact');
    expect(anew.fields).toMatchObject({
      method: 'call',
      outcome: 'reached',
      note: 'wants a morning',
    });
    const again = await sent(nurse, anew, { step: 'check' });
    expect(again.answer.status).toBe(200);
    const kept = await sent(nurse, readForm(again.page, '/record/contact'), { step: 'confirm' });
    expect(kept.answer.status).toBe(303);
    expect(await recordedOf(clinic, 'EP-2033')).toHaveLength(before.length + 2);
  });

  test('what was recorded between the check and its confirmation is shown as well', async () => {
    const clinic = await httpClinic();
    const nurse = await clinic.as('scheduler');
    const opened = await formOf(nurse, 'EP-2033', 'contact');
    const checked = await sent(nurse, opened, CALL);
    const other = { type: 'contact', date: '2026-06-15', method: 'letter', outcome: 'sent' };
    const { access } = clinic;
    ok(await recordEvents(access, { clinic: clinic.clinic, episode: 'EP-2033', events: [other] }));
    const preview = readForm(checked.page, '/record/contact');
    const { answer, page } = await sent(nurse, preview, { step: 'confirm' });
    expect(answer.status).toBe(409);
    expect(page).toContain('recorded by tester<');
    expect(readForm(page, '/record/contact').fields).toMatchObject({ note: 'wants a morning' });
  });
});

describe('a version that never was', () => {
  test('is answered as another state of the episode, and loses nothing', async () => {
    const { as } = await httpClinic();
    const nurse = await as('scheduler');
    const opened = await formOf(nurse, 'EP-2033', 'contact');
    for (const expected of ['0', '99']) {
      const typed = { method: 'call', outcome: 'sent', note: 'asked', step: 'check', expected };
      const { answer, page } = await sent(nurse, opened, typed);
      expect(answer.status).toBe(409);
      const again = readForm(page, '/record/contact');
      expect(again.fields).toMatchObject({ note: 'asked', expected: opened.fields.expected });
    }
  });
});

describe('what does not fit what is recorded', () => {
  const PAST = { until: '2026-06-01', reason: 'on holiday', step: 'check' };

  test('is told at the check, and recorded only where somebody says that it is right', async () => {
    const clinic = await httpClinic();
    const nurse = await clinic.as('scheduler');
    const before = await recordedOf(clinic, 'EP-2033');
    const opened = await formOf(nurse, 'EP-2033', 'deferral', `?item=${BASELINE}`);
    const checked = await sent(nurse, opened, PAST);
    expect(checked.page).toContain('a day that has passed');
    expect(checked.page).not.toContain('--accept');
    const preview = readForm(checked.page, '/record/deferral');
    const unaccepted = await sent(nurse, preview, { step: 'confirm' });
    expect(unaccepted.answer.status).toBe(422);
    expect(unaccepted.page).toContain('id="f-accept-wrong"');
    expect(await recordedOf(clinic, 'EP-2033')).toEqual(before);
    const accepted = await sent(nurse, preview, { step: 'confirm', accept: 'yes' });
    expect(accepted.answer.status).toBe(303);
    expect(await recordedOf(clinic, 'EP-2033')).toHaveLength(before.length + 1);
  });

  test('an end tells at the check which visits will not be done, and which appointment is to be cancelled', async () => {
    const clinic = await httpClinic();
    const nurse = await clinic.as('scheduler');
    const book = async (day: string) => {
      const opened = await formOf(nurse, 'EP-2033', 'booking', `?item=${BASELINE}`);
      const { page } = await sent(nurse, opened, { day, time: '09:30', step: 'check' });
      await sent(nurse, readForm(page, '/record/booking'), { step: 'confirm' });
      return page;
    };
    expect(await book('2026-06-22')).not.toContain('It replaces');
    expect(await book('2026-06-23')).toContain(
      '<li>It replaces the appointment of 2026-06-22 09:30.</li>',
    );
    const opened = await formOf(nurse, 'EP-2033', 'closure');
    const { page } = await sent(nurse, opened, { reason: 'completed', step: 'check' });
    expect(page).toContain('visits, the baseline among them, will not be done');
    expect(page).toContain(
      'Warning: Cancel the appointment of 2026-06-23 09:30 at the clinic: its visit (baseline exam) is not in the plan any more.',
    );
    expect(page).not.toMatch(/Booking \S+ is for/);
    const preview = readForm(page, '/record/closure');
    expect((await sent(nurse, preview, { step: 'confirm' })).answer.status).toBe(422);
    const accepted = await sent(nurse, preview, { step: 'confirm', accept: 'yes' });
    expect(accepted.answer.status).toBe(303);
  });
});

describe('who may record what', () => {
  test('a viewer sees no form and no link to one, and is refused', async () => {
    const { as } = await httpClinic();
    const viewer = await as('viewer');
    const list = await (await viewer.get('/c/NORTH/worklist')).text();
    expect(list).not.toContain('act=');
    expect(list).not.toContain('/record/');
    const opened = '/c/NORTH/worklist?open=EP-2033&item=a1.baseline&act=booking';
    expect(await (await viewer.get(opened)).text()).not.toContain('/record/');
    for (const { type } of EVENT_FORMS) {
      expect((await viewer.get(pathOf('EP-2033', type))).status).toBe(403);
      expect((await viewer.post(pathOf('EP-2033', type), { step: 'check' })).status).toBe(403);
    }
  });

  test.each(['decision', 'suspension', 'resumption', 'surgery', 'reopening'])(
    'a nurse is refused a %s, at the form, the check and the confirmation',
    async (type) => {
      const { as } = await httpClinic();
      const nurse = await as('scheduler');
      const path = pathOf('EP-2018', type);
      const fields = { date: '2026-06-15', reason: 'seen', escalation: 'esc.p1', event: 'z1' };
      expect((await nurse.get(path)).status).toBe(403);
      for (const step of ['check', 'confirm', 'edit']) {
        expect((await nurse.post(path, { ...fields, step })).status).toBe(403);
      }
    },
  );

  test('a clinician’s decision answers an escalation', async () => {
    const clinic = await httpClinic();
    const doctor = await clinic.as('clinician');
    const opened = await formOf(doctor, 'EP-2018', 'decision', '?item=esc.p1');
    expect(opened.fields).toMatchObject({ escalation: 'esc.p1' });
    const checked = await sent(doctor, opened, {
      reason: 'concordant at the board',
      step: 'check',
    });
    const preview = readForm(checked.page, '/record/decision');
    expect((await sent(doctor, preview, { step: 'confirm' })).answer.status).toBe(303);
    const list = await (await doctor.get('/c/NORTH/worklist?q=EP-2018')).text();
    expect(list).not.toContain('esc.p1');
  });

  test('a nurse takes back a contact, but not what only a clinician may record', async () => {
    const clinic = await httpClinic();
    const nurse = await clinic.as('scheduler');
    const { access } = clinic;
    const decision = {
      id: 'd9',
      type: 'decision',
      date: '2026-06-15',
      escalation: 'esc.p1',
      reason: 'seen',
    };
    ok(
      await recordEvents(access, { clinic: clinic.clinic, episode: 'EP-2018', events: [decision] }),
    );
    const contact = await formOf(nurse, 'EP-2018', 'correction', '?of=k1');
    const why = { reason: 'another patient', step: 'check' };
    expect((await sent(nurse, contact, why)).answer.status).toBe(200);
    expect((await nurse.get(`${pathOf('EP-2018', 'correction')}?of=d9`)).status).toBe(403);
    expect((await sent(nurse, contact, { ...why, of: 'd9' })).answer.status).toBe(403);
  });
});

describe('the end of a surveillance', () => {
  const LEAVES = { reason: 'withdrew', note: 'moved away', step: 'check' };

  test('a nurse cannot leave open questions unanswered', async () => {
    const { as } = await httpClinic();
    const nurse = await as('scheduler');
    const opened = await formOf(nurse, 'EP-2018', 'closure');
    const { answer, page } = await sent(nurse, opened, LEAVES);
    expect(answer.status).toBe(422);
    expect(page).toContain('Only a clinician may end the surveillance');
    const forced = { ...LEAVES, acknowledge: 'esc.p1', acknowledgeReason: 'her wish' };
    expect((await sent(nurse, opened, forced)).answer.status).toBe(403);
  });

  test('a clinician names them and says why', async () => {
    const clinic = await httpClinic();
    const doctor = await clinic.as('clinician');
    const opened = await formOf(doctor, 'EP-2018', 'closure');
    const unnamed = await sent(doctor, opened, LEAVES);
    expect(unnamed.answer.status).toBe(422);
    expect(unnamed.page).toContain(
      'an open escalation would be closed unanswered: the escalation of p1 (biopsy by',
    );
    const silent = await sent(doctor, opened, { ...LEAVES, acknowledge: 'esc.p1' });
    expect(silent.answer.status).toBe(422);
    expect(silent.page).toContain('id="f-acknowledgeReason-wrong"');
    const said = { ...LEAVES, acknowledge: 'esc.p1', acknowledgeReason: 'her wish' };
    const checked = await sent(doctor, opened, said);
    expect(checked.page).toContain(
      'biopsy by 2026-06-09, because of benign discordant pathology (pathology result of 2026-05-26): her wish',
    );
    const preview = readForm(checked.page, '/record/closure');
    expect((await sent(doctor, preview, { step: 'confirm' })).answer.status).toBe(303);
    const { acknowledgements } = ok(
      await showEpisode(clinic.access, { clinic: clinic.clinic, episode: 'EP-2018' }),
    );
    expect(acknowledgements).toMatchObject([{ escalations: ['esc.p1'], reason: 'her wish' }]);
  });

  test('a clinician ticks each open question once, whatever the id of its event holds', async () => {
    const clinic = await httpClinic();
    const { access } = clinic;
    const imaging = { type: 'imaging', date: '2026-06-12', modality: 'MRI', biRads: '5' };
    const events = [{ ...imaging, id: 'report, second part, of Monday' }];
    ok(await recordEvents(access, { clinic: clinic.clinic, episode: 'EP-2018', events }));
    const keys = ['esc.p1', 'esc.report, second part, of Monday'];
    const doctor = await clinic.as('clinician');
    const opened = await formOf(doctor, 'EP-2018', 'closure');
    const unnamed = await sent(doctor, opened, LEAVES);
    const ticks = [...unnamed.page.matchAll(/<input type="checkbox"[^>]*>/g)].flatMap(([tag]) =>
      tag.includes('name="acknowledge"') ? [/ value="([^"]*)"/.exec(tag)?.[1]] : [],
    );
    expect(ticks.sort()).toEqual(keys);
    const said = { ...LEAVES, acknowledge: keys, acknowledgeReason: 'her wish' };
    const checked = await sent(doctor, opened, said);
    const preview = readForm(checked.page, '/record/closure');
    expect((await sent(doctor, preview, { step: 'confirm' })).answer.status).toBe(303);
    const { acknowledgements } = ok(
      await showEpisode(access, { clinic: clinic.clinic, episode: 'EP-2018' }),
    );
    expect(acknowledgements).toMatchObject([{ escalations: keys, reason: 'her wish' }]);
  });
});

describe('a form', () => {
  test('is filled with the day of the clinic and what it was opened for', async () => {
    const { as } = await httpClinic();
    const nurse = await as('scheduler');
    const report = await formOf(nurse, 'EP-2035', 'report', '?item=esc.x1');
    expect(report.fields).toMatchObject({ of: 'x1', date: '2026-06-15' });
    const booking = await formOf(nurse, 'EP-2033', 'booking', `?item=${BASELINE}&day=2026-06-22`);
    expect(booking.fields).toMatchObject({ visit: BASELINE, day: '2026-06-22' });
    const pathology = await formOf(nurse, 'EP-2018', 'pathology', '?item=esc.p1');
    expect(pathology.fields).toMatchObject({ answers: 'esc.p1' });
  });

  test('leads back to a page of ours, and to no other site', async () => {
    const { as } = await httpClinic();
    const nurse = await as('scheduler');
    for (const back of ['//evil.example/', 'https://evil.example/', '/\\evil.example', '']) {
      const query = `?back=${encodeURIComponent(back)}`;
      const opened = await formOf(nurse, 'EP-2033', 'contact', query);
      expect(opened.fields.back).toBe('/c/NORTH/episodes/EP-2033');
      const typed = { method: 'call', outcome: 'sent', step: 'check', back };
      const { page } = await sent(nurse, opened, typed);
      const preview = readForm(page, '/record/contact');
      const done = await sent(nurse, { ...preview }, { step: 'confirm', back });
      expect(done.answer.headers.get('Location')).toMatch(/^\/c\/NORTH\/episodes\/EP-2033\?/);
    }
  });

  test('of a type or an episode that is not there is not found', async () => {
    const { as } = await httpClinic();
    const nurse = await as('scheduler');
    expect((await nurse.get(pathOf('EP-2033', 'holiday'))).status).toBe(404);
    expect((await nurse.get(pathOf('EP-9999', 'contact'))).status).toBe(404);
    expect((await nurse.post(pathOf('EP-9999', 'contact'), { step: 'check' })).status).toBe(404);
  });

  test('shows what was typed as text, never as markup', async () => {
    const { as } = await httpClinic();
    const nurse = await as('scheduler');
    const opened = await formOf(nurse, 'EP-2033', 'contact');
    const note = '"><img src=x onerror=alert(1)> & co';
    const { page } = await sent(nurse, opened, {
      method: 'call',
      outcome: 'sent',
      note,
      step: 'check',
    });
    expect(page).not.toContain('<img');
    expect(plainText(page)).toContain(note);
    expect(readForm(page, '/record/contact').fields.note).toBe(note);
  });
});
