import { describe, expect, test } from 'vitest';
import { recordEvents } from '../../src/service/episode/record-events.ts';
import { ok } from '../cli/clinic-store.ts';
import { type HttpClinic, httpClinic } from './http-clinic.ts';
import { plainText } from './read-form.ts';

const EPISODE = '/c/NORTH/episodes/EP-2033';

/** EP-2033 with exams of one day that all ask for a biopsy: an ultrasound beside two MRIs. */
async function withTwins(): Promise<HttpClinic> {
  const clinic = await httpClinic();
  const events = [
    ['a1.mri', 'MRI'],
    ['mri-9', 'MRI'],
    ['us-9', 'US'],
  ].map(([id, modality]) => {
    return { id, type: 'imaging', date: '2026-06-14', modality, biRads: '4B' };
  });
  const { access, clinic: north } = clinic;
  const recording = { clinic: north, episode: 'EP-2033', events, acceptContradictions: true };
  ok(await recordEvents(access, { ...recording, mayDecide: true, dryRun: false }));
  return clinic;
}

const BECAUSE = 'biopsy by 2026-06-28, because of BI-RADS 4B';
const WORDS = [
  `${BECAUSE} (MRI of 2026-06-14, a1.mri)`,
  `${BECAUSE} (MRI of 2026-06-14, mri-9)`,
  `${BECAUSE} (US of 2026-06-14)`,
];

async function pageOf(clinic: HttpClinic, path: string): Promise<string> {
  const answer = await (await clinic.as('clinician')).get(path);
  expect(answer.status).toBe(200);
  return answer.text();
}

function found(page: string, pattern: RegExp): string[] {
  return [...page.matchAll(pattern)].map(([, text = '']) => plainText(text));
}

describe('escalations of one day', () => {
  test('are told apart where one of them is chosen for a decision', async () => {
    const page = await pageOf(await withTwins(), `${EPISODE}/record/decision`);
    const options = found(page, /<option value="esc\.[^"]*">([^<]*)</g);
    expect(options).toEqual(WORDS);
  });

  test.each(['contact', 'pathology', 'closure'])('and in the form for a %s', async (type) => {
    const page = plainText(await pageOf(await withTwins(), `${EPISODE}/record/${type}`));
    for (const words of WORDS) expect(page).toContain(words);
  });

  test('have a title, links and a reason each of their own in the page of the episode', async () => {
    const page = await pageOf(await withTwins(), EPISODE);
    const titles = found(page, /<h3>(Biopsy[^<]*)</g);
    expect(titles).toEqual(WORDS.map((each) => each.replace('biopsy', 'Biopsy')));
    const labels = found(page, /aria-label="([^"]*(?:biopsy|MRI|US)[^"]*)"/g);
    expect(labels.length).toBeGreaterThan(9);
    expect(new Set(labels).size).toBe(labels.length);
    const whys = found(page, /<summary>(Why then\? biopsy[^<]*)</g);
    expect(new Set(whys).size).toBe(3);
  });

  test('and in the worklist', async () => {
    const page = await pageOf(await withTwins(), '/c/NORTH/worklist?bucket=escalation');
    const labels = found(page, /aria-label="([^"]*EP-2033[^"]*biopsy[^"]*)"/g);
    expect(labels.length).toBeGreaterThan(9);
    expect(new Set(labels).size).toBe(labels.length);
  });

  test('an exam that is called like a visit keeps its name', async () => {
    const page = await pageOf(await withTwins(), EPISODE);
    expect(page).toContain('from the exam a1.mri on');
    expect(page).not.toContain('mri exam');
  });
});
