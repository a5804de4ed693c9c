import { beforeAll, describe, expect, test } from 'vitest';
import { showEpisode } from '../../src/service/episode/show-episode.ts';
import { ok } from '../cli/clinic-store.ts';
import { type Browser, type HttpClinic, httpClinic } from './http-clinic.ts';
import { plainText, readForm } from './read-form.ts';

let clinic: HttpClinic;
let viewer: Browser;

beforeAll(async () => {
  clinic = await httpClinic();
  viewer = await clinic.as('viewer');
});

const PATH = '/c/NORTH/episodes/EP-2036/what-if';

/** Sends the form of the page with some of its fields typed otherwise, as a browser does. */
async function suppose(typed: Readonly<Record<string, string>>, status = 200): Promise<string> {
  const form = readForm(await (await viewer.get(PATH)).text(), '/what-if');
  const query = new URLSearchParams({ ...(form.fields as Record<string, string>), ...typed });
  const answer = await viewer.get(`${PATH}?${query}`);
  expect(answer.status).toBe(status);
  return plainText(await answer.text());
}

describe('what if', () => {
  test('a category and a finding: the plan that they would give, and what would change', async () => {
    const page = await suppose({
      modality: 'MRI',
      date: '2026-06-15',
      biRads: '2',
      'findings.enhancement.present': 'yes',
      'findings.enhancement.change': 'new',
    });
    expect(page).toContain('<h2>What would change</h2>');
    expect(page).toContain('because of new enhancement (MRI of 2026-06-15)');
    expect(page).toContain('A finding stands beside BI-RADS 1–3');
    expect(page).toContain('The supposed exam stands in it as <b>e0002</b>');
  });

  test('an exam that lies ahead: both plans are told as of its day', async () => {
    const page = await suppose({ modality: 'MRI', date: '2026-07-20', biRads: '2' });
    expect(page).toContain('Both plans are as of 2026-07-20');
    expect(page).toContain('today is 2026-06-15');
  });

  test('another fact: the tier that it would give', async () => {
    const page = await suppose({ 'tumor.grade': '3' });
    expect(page).toMatch(/Risk tier[\s\S]*<del>standard<\/del>[\s\S]*<ins>high: grade 3<\/ins>/);
  });

  test('another protocol: its visits beside those that would fall away', async () => {
    const page = await suppose({ protocol: 'ice3' });
    expect(page).toContain('protocol ice3 1.0.0 instead of staged-risk-adapted 1.0.0');
    expect(page).toContain('mammography visit, month 12');
  });

  test('nothing at all: the plan stays as it is', async () => {
    expect(await suppose({})).toContain('The plan stays as it is.');
  });

  test('says that nothing is recorded, and records nothing: not even a row of the audit log', async () => {
    const before = await clinic.access.store.auditHead();
    const shown = () =>
      showEpisode(clinic.access, { clinic: clinic.clinic, episode: 'EP-2036' }).then(ok);
    const asItWas = await shown();
    const page = await suppose({
      modality: 'MRI',
      date: '2026-06-15',
      biRads: '5',
      'tumor.grade': '3',
      protocol: 'ice3',
    });
    expect(page).toContain('Nothing on this page is recorded.');
    expect(await clinic.access.store.auditHead()).toEqual(before);
    expect(await shown()).toEqual(asItWas);
  });

  test('all that is wrong is told at once, and everything typed stays', async () => {
    const page = await suppose(
      {
        modality: 'MRI',
        date: '2026-13-01',
        biRads: '2',
        'findings.zone.longestMm': 'wide',
        'tumor.sizeMm': 'big',
        'tumor.ki67Percent': '101',
      },
      422,
    );
    for (const id of [
      'f-date',
      'f-findings-zone-longestMm',
      'f-tumor-sizeMm',
      'f-tumor-ki67Percent',
    ]) {
      expect(page).toContain(`href="#${id}"`);
      expect(page).toContain(`id="${id}-wrong"`);
    }
    expect(page).toContain('Date of the exam: this day does not exist');
    expect(page).toContain('Size, longest diameter (mm): this is not a number');
    for (const typed of ['2026-13-01', 'wide', 'big', '101']) {
      expect(page).toContain(`value="${typed}"`);
    }
    expect(page).toContain('<option value="MRI" selected>');
    expect(page).not.toContain('What would change');
  });

  test('a category without a modality is asked for its modality', async () => {
    expect(await suppose({ biRads: '4' }, 422)).toContain('id="f-modality-wrong"');
  });

  test('a protocol that is not there is told', async () => {
    for (const protocol of ['nowhere', 'staged-risk-adapted 9.9.9']) {
      expect(await suppose({ protocol }, 422)).toContain('to mend');
    }
  });
});
