import { describe, expect, test } from 'vitest';
import { dayFromCivil } from '../../src/domain/civil-date.ts';
import { updateEpisode } from '../../src/service/episode/update-episode.ts';
import { ok } from '../cli/clinic-store.ts';
import { type HttpClinic, httpClinic } from './http-clinic.ts';

const REGISTER = '/c/NORTH/register';

const TYPED = {
  id: 'EP-9001',
  protocol: 'staged-risk-adapted 1.0.0',
  patientRef: 'S-99',
  laterality: 'left',
  'ablation.date': '2026-05-04',
  'ablation.freezeThawCycles': '1',
  'ablation.intendedMarginMm': '8',
  'ablation.minimumMarginMm': '7,5',
  'ablation.probeCount': '2',
  'ablation.freezeMinutes': '9 9',
  'ablation.skinProtection': 'warmed saline bag',
  'tumor.sizeMm': '22.5',
  'tumor.grade': '2',
  'tumor.lymphovascularInvasion': 'no',
};

async function episodesOf({ access, clinic }: HttpClinic, externalId: string) {
  return access.store.findEpisodes(clinic.id, { externalId });
}

async function factsOf(setting: HttpClinic, externalId: string) {
  const [head] = await episodesOf(setting, externalId);
  const loaded = await setting.access.store.loadCase({
    clinic: setting.clinic.id,
    episode: head?.id ?? 0,
  });
  if (loaded.outcome !== 'ok') throw new Error('no such episode');
  return { version: loaded.value.version, facts: loaded.value.caseFile.episode };
}

describe('registering an episode', () => {
  test('the preview tells plan, tier, assumptions and technical minimum, and keeps nothing', async () => {
    const setting = await httpClinic({ sample: false });
    const nurse = await setting.as('scheduler');
    const answer = await nurse.post(REGISTER, { ...TYPED, step: 'preview' });
    expect(answer.status).toBe(200);
    const page = await answer.text();
    expect(page).toContain('2026-08-04');
    expect(page).toContain('high: margin under 10 mm, single freeze thaw cycle, size over 20 mm');
    expect(page).toContain('1 of 5 items');
    expect(page).toContain('8 mm were aimed at. 7.5 mm were achieved.');
    expect(page).toContain('<dd>7.5 (typed: 7,5)</dd>');
    expect(page).toContain('The configuration of the 2 probes is not recorded.');
    expect(page).toContain('The thaw time is not recorded.');
    expect(await episodesOf(setting, 'EP-9001')).toEqual([]);
  });

  test('the preview names what is assumed because it is not recorded', async () => {
    const { as } = await httpClinic({ sample: false });
    const nurse = await as('scheduler');
    const page = await (await nurse.post(REGISTER, { ...TYPED, 'tumor.sizeMm': '' })).text();
    expect(page).toContain(
      'Size, longest diameter (mm) is not recorded; it could have raised the tier from elevated to high.',
    );
  });

  test('the confirmed form registers it, with numbers as numbers', async () => {
    const setting = await httpClinic({ sample: false });
    const nurse = await setting.as('scheduler');
    const answer = await nurse.post(REGISTER, { ...TYPED, step: 'confirm' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('Location')).toBe('/c/NORTH/episodes/EP-9001?done=registered');
    const { facts } = await factsOf(setting, 'EP-9001');
    expect(facts).toEqual({
      id: 'EP-9001',
      patientRef: 'S-99',
      laterality: 'left',
      ablation: {
        date: dayFromCivil(2026, 5, 4),
        freezeThawCycles: 1,
        intendedMarginMm: 8,
        minimumMarginMm: 7.5,
        probeCount: 2,
        freezeMinutes: [9, 9],
        skinProtection: 'warmed saline bag',
      },
      tumor: { sizeMm: 22.5, grade: 2, lymphovascularInvasion: false },
    });
  });

  test('a form that is sent twice registers once, and leads to the episode', async () => {
    const setting = await httpClinic({ sample: false });
    const nurse = await setting.as('scheduler');
    await nurse.post(REGISTER, { ...TYPED, step: 'confirm' });
    const again = await nurse.post(REGISTER, { ...TYPED, step: 'confirm' });
    expect(again.headers.get('Location')).toBe('/c/NORTH/episodes/EP-9001?done=registered-before');
    expect(await episodesOf(setting, 'EP-9001')).toHaveLength(1);
    expect((await factsOf(setting, 'EP-9001')).version).toBe(1);
  });

  test('a form that is sent twice at one time registers once, and both lead to the episode', async () => {
    const setting = await httpClinic({ sample: false });
    const nurse = await setting.as('scheduler');
    const form = { ...TYPED, step: 'confirm' };
    const answers = await Promise.all([nurse.post(REGISTER, form), nurse.post(REGISTER, form)]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await episodesOf(setting, 'EP-9001')).toHaveLength(1);
  });

  test('what the clinic may have already is registered once somebody says that it is another one', async () => {
    const setting = await httpClinic({ sample: false });
    const nurse = await setting.as('scheduler');
    await nurse.post(REGISTER, { ...TYPED, step: 'confirm' });
    for (const [id, found] of [
      ['EP-9002', 'this patient has an episode of the left breast with this day of ablation'],
      ['ep-9001', 'the clinic has an episode whose id differs in capitals alone'],
    ] as const) {
      const form = { ...TYPED, id, ...(id === 'ep-9001' ? { patientRef: 'S-98' } : {}) };
      const preview = await nurse.post(REGISTER, { ...form, accept: 'yes', step: 'preview' });
      expect(preview.status).toBe(200);
      const page = await preview.text();
      expect(page).toContain(`${found}; found: &quot;EP-9001&quot;`);
      expect(page).toContain('name="accept"');
      const asked = await nurse.post(REGISTER, { ...form, step: 'confirm' });
      expect(asked.status).toBe(422);
      expect(await asked.text()).toContain('href="#f-accept"');
      expect(await episodesOf(setting, id)).toEqual([]);
      const done = await nurse.post(REGISTER, { ...form, accept: 'yes', step: 'confirm' });
      expect(done.headers.get('Location')).toBe(`/c/NORTH/episodes/${id}?done=registered`);
    }
  });

  test('another side, day or patient is another episode, and nobody is asked', async () => {
    const setting = await httpClinic({ sample: false });
    const nurse = await setting.as('scheduler');
    await nurse.post(REGISTER, { ...TYPED, step: 'confirm' });
    for (const [id, other] of [
      ['EP-1', { laterality: 'right' }],
      ['EP-2', { 'ablation.date': '2026-05-05' }],
      ['EP-3', { patientRef: 'S-100' }],
      ['EP-4', { patientRef: '' }],
    ] as const) {
      const preview = await nurse.post(REGISTER, { ...TYPED, id, ...other, step: 'preview' });
      expect(await preview.text()).not.toContain('name="accept"');
      const done = await nurse.post(REGISTER, { ...TYPED, id, ...other, step: 'confirm' });
      expect(done.status).toBe(303);
    }
  });

  test('an id that is taken by another lesion is told at its field', async () => {
    const setting = await httpClinic({ sample: false });
    const nurse = await setting.as('scheduler');
    await nurse.post(REGISTER, { ...TYPED, step: 'confirm' });
    const other = await nurse.post(REGISTER, { ...TYPED, laterality: 'right', step: 'confirm' });
    expect(other.status).toBe(422);
    const page = await other.text();
    expect(page).toContain('href="#f-id"');
    expect(page).toContain('Episode: the clinic has an episode with this id');
    expect((await factsOf(setting, 'EP-9001')).facts.laterality).toBe('left');
  });

  test('with every field wrong the form keeps what was typed, and says at each what to mend', async () => {
    const { as } = await httpClinic({ sample: false });
    const nurse = await as('scheduler');
    const wrong = {
      id: '',
      protocol: '',
      patientRef: 'x'.repeat(201),
      laterality: '',
      'ablation.date': '2026-02-30',
      'ablation.technique': 't'.repeat(201),
      'ablation.device': 'd'.repeat(201),
      'ablation.distanceToSkinMm': 'far',
      'ablation.intendedMarginMm': '-1',
      'ablation.minimumMarginMm': '7.55',
      'ablation.probeCount': '1.5',
      'ablation.probeConfiguration': 'p'.repeat(501),
      'ablation.freezeThawCycles': 'two',
      'ablation.freezeMinutes': '9 <b>',
      'ablation.thawMinutes': '999',
      'ablation.monitoringModality': 'm'.repeat(201),
      'ablation.skinProtection': 's'.repeat(501),
      'tumor.sizeMm': '5000',
      'tumor.ki67Percent': '101',
    };
    const answer = await nurse.post(REGISTER, { ...wrong, step: 'preview' });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    for (const [name, value] of Object.entries(wrong)) {
      const field = `f-${name.replaceAll('.', '-')}`;
      expect(page, name).toContain(`id="${field}-wrong"`);
      expect(page, name).toContain(`href="#${field}"`);
      if (value !== '')
        expect(page, name).toContain(`value="${value.replace('<b>', '&lt;b&gt;')}"`);
    }
  });

  test('a date that lies ahead is told at the date', async () => {
    const { as } = await httpClinic({ sample: false });
    const nurse = await as('scheduler');
    const answer = await nurse.post(REGISTER, { ...TYPED, 'ablation.date': '2026-06-16' });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('id="f-ablation-date-wrong"');
  });

  test('without a protocol nothing is registered under some other one', async () => {
    const { as } = await httpClinic({ sample: false });
    const nurse = await as('scheduler');
    const none = await nurse.post(REGISTER, { ...TYPED, protocol: '', step: 'confirm' });
    expect(none.status).toBe(422);
    const unknown = await nurse.post(REGISTER, { ...TYPED, protocol: 'frost 1.0.0' });
    expect(unknown.status).toBe(422);
    expect(await unknown.text()).toContain('id="f-protocol-wrong"');
  });

  test('back from the preview everything stands as it was typed', async () => {
    const { as } = await httpClinic({ sample: false });
    const nurse = await as('scheduler');
    const page = await (await nurse.post(REGISTER, { ...TYPED, step: 'edit' })).text();
    expect(page).toContain('value="7,5"');
    expect(page).toContain('value="9 9"');
    expect(page).toMatch(/<option value="no" selected>/);
  });

  test('a viewer may not', async () => {
    const { as } = await httpClinic({ sample: false });
    expect((await (await as('viewer')).get(REGISTER)).status).toBe(403);
  });
});

describe('changing the facts of an episode', () => {
  const FACTS = '/c/NORTH/episodes/EP-9001/facts';
  const { id: _id, protocol: _protocol, ...facts } = TYPED;

  async function registered() {
    const setting = await httpClinic({ sample: false });
    const nurse = await setting.as('scheduler');
    await nurse.post(REGISTER, { ...TYPED, step: 'confirm' });
    return { setting, nurse };
  }

  test('the form has what is recorded, and the version that it was read from', async () => {
    const { nurse } = await registered();
    const page = await (await nurse.get(FACTS)).text();
    expect(page).toContain('name="expected" value="1"');
    expect(page).toContain('value="22.5"');
    expect(page).toContain('value="2026-05-04"');
    expect(page).toMatch(/<option value="left" selected>/);
  });

  test('the preview tells which facts and which lines change, and keeps nothing', async () => {
    const { setting, nurse } = await registered();
    const changed = {
      ...facts,
      expected: '1',
      'tumor.sizeMm': '12',
      'ablation.date': '2026-05-06',
    };
    const page = await (await nurse.post(FACTS, { ...changed, step: 'preview' })).text();
    expect(page).toContain('<del>22.5</del>');
    expect(page).toContain('<ins>12</ins>');
    expect(page).toContain('baseline exam');
    expect(page.indexOf('Record these facts')).toBeGreaterThan(page.indexOf('baseline exam'));
    expect(page).toContain('the facts of the episode');
    expect((await factsOf(setting, 'EP-9001')).version).toBe(1);
  });

  test('the preview tells that calendars end with the patient reference that was wrong', async () => {
    const { nurse } = await registered();
    const preview = async (more: object) =>
      (await nurse.post(FACTS, { ...facts, expected: '1', ...more, step: 'preview' })).text();
    const ends = `Subscribed calendars of the patient reference ${TYPED.patientRef} end`;
    expect(await preview({ patientRef: 'P-OTHER' })).toContain(ends);
    expect(await preview({ 'tumor.sizeMm': '12' })).not.toContain(ends);
  });

  test('confirmed, the facts are recorded once, however often the form is sent', async () => {
    const { setting, nurse } = await registered();
    const form = { ...facts, expected: '1', 'tumor.sizeMm': '12,5', step: 'confirm' };
    const first = await nurse.post(FACTS, form);
    expect(first.headers.get('Location')).toBe('/c/NORTH/episodes/EP-9001?done=facts');
    const second = await nurse.post(FACTS, form);
    expect(second.headers.get('Location')).toBe('/c/NORTH/episodes/EP-9001?done=facts-before');
    const { version, facts: kept } = await factsOf(setting, 'EP-9001');
    expect(version).toBe(2);
    expect(kept.tumor?.sizeMm).toBe(12.5);
  });

  test('two people: the second sees what changed, keeps what was typed, and takes nothing back', async () => {
    const { setting, nurse } = await registered();
    const { access, clinic } = setting;
    ok(
      await updateEpisode(access, { clinic, episode: 'EP-9001', facts: { fields: { grade: 3 } } }),
    );
    const mine = { ...facts, expected: '1', 'tumor.sizeMm': '14', step: 'confirm' };
    const answer = await nurse.post(FACTS, mine);
    expect(answer.status).toBe(409);
    const page = await answer.text();
    expect(page).toContain('Somebody else changed this episode meanwhile');
    expect(page).toContain('<del>2</del>');
    expect(page).toContain('<ins>3</ins>');
    expect(page).toContain('name="expected" value="2"');
    expect(page).toContain('value="14"');
    expect(page).toMatch(/<option value="3" selected>/);
  });

  test('a wrong fact is told at its field', async () => {
    const { nurse } = await registered();
    const answer = await nurse.post(FACTS, { ...facts, expected: '1', 'tumor.sizeMm': 'big' });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('id="f-tumor-sizeMm-wrong"');
    expect(page).toContain('value="big"');
  });

  test('a form without a version is shown what it would change, and changes nothing', async () => {
    const { setting, nurse } = await registered();
    const answer = await nurse.post(FACTS, { ...facts, 'tumor.sizeMm': '9', step: 'confirm' });
    expect(await answer.text()).toContain('check what changes');
    expect((await factsOf(setting, 'EP-9001')).version).toBe(1);
  });

  test('an episode that is not there is not found', async () => {
    const { nurse } = await registered();
    expect((await nurse.get('/c/NORTH/episodes/EP-1/facts')).status).toBe(404);
    expect((await nurse.post('/c/NORTH/episodes/EP-1/facts', facts)).status).toBe(404);
  });
});
