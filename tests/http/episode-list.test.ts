import { beforeAll, describe, expect, test } from 'vitest';
import { registerEpisode } from '../../src/service/episode/register-episode.ts';
import { reviewEpisode } from '../../src/service/episode/review-episode.ts';
import { ok } from '../cli/clinic-store.ts';
import { type Browser, type HttpClinic, httpClinic } from './http-clinic.ts';
import { plainText } from './read-form.ts';

let clinic: HttpClinic;
let viewer: Browser;

beforeAll(async () => {
  clinic = await httpClinic();
  viewer = await clinic.as('viewer');
});

async function list(query = ''): Promise<string> {
  const answer = await viewer.get(`/c/NORTH/episodes${query}`);
  expect(answer.status).toBe(200);
  return plainText(await answer.text());
}

function listed(page: string): string[] {
  return [...page.matchAll(/href="\/c\/NORTH\/episodes\/([^"/?]+)"/g)].map(([, id = '']) => id);
}

describe('the list of episodes', () => {
  test('has every episode with a link, its phase, tier and next visit', async () => {
    const page = await list();
    expect(listed(page)).toHaveLength(40);
    expect(page).toContain('40 episodes.');
    const row = /<tr><th[^>]*><a href="\/c\/NORTH\/episodes\/EP-2031">[\s\S]*?<\/tr>/.exec(page);
    expect(row?.[0]).toContain('escalated');
    expect(row?.[0]).toContain('>high<');
    expect(row?.[0]).toContain('routine visit, month 72');
  });

  test('says in words that the next visit is overdue', async () => {
    const page = await list();
    const overdue = /<a href="\/c\/NORTH\/episodes\/EP-2004">[\s\S]*?<\/tr>/.exec(page);
    expect(overdue?.[0]).toContain('<strong>overdue by 56 days</strong>');
    const ahead = /<a href="\/c\/NORTH\/episodes\/EP-2006">[\s\S]*?<\/tr>/.exec(page);
    expect(ahead?.[0]).not.toContain('overdue');
  });

  test.each([
    ['a part of the id, in any case', 'ep-203', 10],
    ['a patient reference', 'S-40132', 2],
    ['nothing that there is', 'nobody', 0],
    ['spaces around it', '%20EP-2001%20', 1],
  ])('is searched by %s', async (_what, text, count) => {
    const page = await list(`?q=${text}`);
    expect(listed(page)).toHaveLength(count);
    expect(page).toContain(`${count} episode${count === 1 ? '' : 's'} found.`);
  });

  test('is searched by the code under which a calendar shows a visit', async () => {
    const { codes } = ok(
      await reviewEpisode(clinic.access, { clinic: clinic.clinic, episode: 'EP-2005' }),
    );
    const code = codes.get('a1.routine-72') ?? '';
    expect(code).toMatch(/^[0-9A-F]{8}$/);
    expect(listed(await list(`?q=${code.toLowerCase()}`))).toEqual(['EP-2005']);
  });

  test('keeps what was searched for in its field, as text', async () => {
    const answer = await viewer.get('/c/NORTH/episodes?q=%22%3E%3Cb%3E');
    expect(await answer.text()).toContain('value="&quot;&gt;&lt;b&gt;"');
  });

  test('comes in pages that lead to each other and keep the search', async () => {
    const own = await httpClinic({ sample: false });
    for (let number = 1; number <= 60; number += 1) {
      const document = {
        episode: { id: `P${number}`, laterality: 'left', ablation: { date: '2026-01-15' } },
        events: [],
      };
      ok(await registerEpisode(own.access, { clinic: own.clinic, document }));
    }
    const browser = await own.as('viewer');
    const page = async (query: string) =>
      plainText(await (await browser.get(`/c/NORTH/episodes${query}`)).text());
    const first = await page('?q=p');
    expect(listed(first)).toHaveLength(50);
    expect(first).toContain('Page 1 of 2');
    expect(first).toContain('href="/c/NORTH/episodes?q=p&page=2"');
    const second = await page('?q=p&page=2');
    expect(listed(second)).toEqual(Array.from({ length: 10 }, (_, index) => `P${51 + index}`));
    for (const odd of ['0', '-1', '1.5', 'x', '1e400']) {
      expect(listed(await page(`?page=${odd}`))[0]).toBe('P1');
    }
  });
});
