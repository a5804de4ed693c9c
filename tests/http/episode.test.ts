import { beforeAll, describe, expect, test } from 'vitest';
import { actionInWords, sourceInWords } from '../../src/domain/escalation-words.ts';
import { keysInWords, visitInWords } from '../../src/domain/visit-words.ts';
import { appointmentInWords } from '../../src/export/appointment-words.ts';
import type { ClinicCall } from '../../src/http/call.ts';
import { episodeBody } from '../../src/http/episode/episode-page.ts';
import { Fields } from '../../src/http/fields.ts';
import { EVENT_FORMS } from '../../src/http/record/event-forms.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { approveProtocol } from '../../src/service/clinic/approve-protocol.ts';
import { planEpisode } from '../../src/service/episode/plan-episode.ts';
import { recordEvents } from '../../src/service/episode/record-events.ts';
import { registerEpisode } from '../../src/service/episode/register-episode.ts';
import { type EpisodeReview, reviewEpisode } from '../../src/service/episode/review-episode.ts';
import { showEpisode } from '../../src/service/episode/show-episode.ts';
import { ok } from '../cli/clinic-store.ts';
import { type Browser, type HttpClinic, httpClinic } from './http-clinic.ts';
import { plainText } from './read-form.ts';

const EPISODES = Array.from({ length: 40 }, (_, index) => `EP-${2001 + index}`);

let clinic: HttpClinic;
let clinician: Browser;
let viewer: Browser;

beforeAll(async () => {
  clinic = await httpClinic();
  clinician = await clinic.as('clinician');
  viewer = await clinic.as('viewer');
});

function pathOf(episode: string, query = ''): string {
  return `/c/NORTH/episodes/${encodeURIComponent(episode)}${query}`;
}

async function pageOf(browser: Browser, episode: string, query = ''): Promise<string> {
  const answer = await browser.get(pathOf(episode, query));
  expect(answer.status).toBe(200);
  return plainText(await answer.text());
}

async function planOf(episode: string): Promise<Plan> {
  return ok(await planEpisode(clinic.access, { clinic: clinic.clinic, episode }));
}

/** The part of a page under a heading. */
function section(page: string, title: string): string {
  const [, rest = ''] = page.split(`<h2>${title}</h2>`);
  return rest.split('<h2>')[0] ?? '';
}

describe('the page of every episode of the sample', () => {
  test('names each thing of the plan on its timeline, in text', async () => {
    for (const episode of EPISODES) {
      const [page, plan] = [await pageOf(viewer, episode), await planOf(episode)];
      const figure = /<figure class="axis">[\s\S]*?<\/figure>/.exec(page)?.[0] ?? '';
      expect(figure).toContain(`as of</tspan> ${plan.asOf}`);
      expect(figure).toContain(`ablation</tspan> ${plan.episode.ablationDate}`);
      for (const { key, target } of plan.visits) {
        expect(figure).toContain(`>${visitInWords(key)}</tspan>`);
        expect(figure).toContain(`target ${target}`);
      }
      for (const { id, verdict } of plan.exams) {
        expect(figure).toMatch(new RegExp(`${id}(?:</tspan>)? ${verdict.replace('-', ' ')}`));
      }
      for (const { key, dueBy } of plan.escalations) {
        expect(figure).toContain(`>${key.replace('esc.', 'escalation ')}</tspan>`);
        expect(figure).toContain(`by ${dueBy}`);
      }
      for (const { booking } of plan.visits) {
        if (booking !== null)
          expect(figure).toContain(
            `booked: ${appointmentInWords(booking.appointment, 'Europe/Berlin')}`,
          );
      }
    }
  });

  test('tells of each line its rule, section, sources with their certainty, inputs and arithmetic', async () => {
    for (const episode of EPISODES) {
      const [page, plan] = [await pageOf(viewer, episode), await planOf(episode)];
      const whys = new Map(
        page
          .split('<summary>Why then? ')
          .slice(1)
          .map((part) => [
            part.slice(0, part.indexOf('<')),
            part.slice(0, part.indexOf('</details>')),
          ]),
      );
      const lines = [
        ...plan.visits.map(({ key, because }) => ({ name: visitInWords(key), because })),
        ...plan.escalations.map((each) => ({
          name: `${actionInWords(each)} by ${each.dueBy} (${sourceInWords(each, plan)})`,
          because: each.because,
        })),
      ];
      for (const { name, because } of lines) {
        const why = whys.get(name) ?? '';
        expect(why).toContain(`rule <b>${because.rule}</b> (section ${because.section})`);
        expect(why).toContain(because.anchor.date);
        for (const sentence of because.arithmetic)
          expect(why).toContain(keysInWords(sentence, plan));
        expect(because.citations.length).toBeGreaterThan(0);
        for (const { source, certainty, citation } of because.citations) {
          expect(why).toContain(
            `Source <b>${source}</b> (certainty: ${certainty.replaceAll('-', ' ')}): ${citation}`,
          );
        }
      }
      for (const { modality, date, reason } of plan.exams) {
        const why = whys.get(`${modality} on ${date}`) ?? '';
        expect(why).toContain(keysInWords(reason, plan));
        expect(why).toContain('Rule verdict (section 4)');
        expect(why).toContain('(certainty: ');
      }
    }
  });

  test('holds no script and no style of its own, and every id once', async () => {
    for (const episode of EPISODES) {
      const page = await pageOf(clinician, episode);
      expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=/i);
      const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('what comes first', () => {
  test('the visits that are open stand before the timeline, each with a way to its line', async () => {
    const page = await pageOf(viewer, 'EP-2004');
    expect(page.indexOf('<h2>Next</h2>')).toBeLessThan(page.indexOf('<h2>Timeline</h2>'));
    const next = section(page, 'Next');
    expect(next).toContain('<a href="#visit-a1-routine-72">routine visit, month 72</a>');
    expect(next).toContain('overdue by 56 days');
    expect(next).not.toContain('routine-84');
    expect(page).toContain('<tr id="visit-a1-routine-72"');
  });

  test('while an escalation holds the course, no routine visit years ahead is told as the next', async () => {
    const page = await pageOf(viewer, 'EP-2018');
    expect(page).toContain('<h2>Open escalations</h2>');
    expect(page).not.toContain('<h2>Next</h2>');
  });

  test('an open escalation stands before the timeline, with what can be done about it', async () => {
    const page = await pageOf(clinician, 'EP-2027');
    expect(page.indexOf('Biopsy by 2026-06-22')).toBeLessThan(page.indexOf('<h2>Timeline</h2>'));
    const open = section(page, 'Open escalations');
    expect(open).toContain('open, 7 days left');
    expect(open).toContain('/record/pathology?item=esc.x2&back=');
    expect(open).toContain('/record/decision?item=esc.x2&back=');
  });

  test('a conflict of finding and category is told at its escalation', async () => {
    expect(section(await pageOf(viewer, 'EP-2028'), 'Open escalations')).toContain(
      'A finding stands beside BI-RADS 1–3: to be confirmed by a radiologist.',
    );
  });

  test('an answered escalation is no open one', async () => {
    const page = await pageOf(viewer, 'EP-2032');
    expect(section(page, 'Open escalations')).toContain('No escalation is open.');
    expect(section(page, 'Answered escalations')).toContain('resolved by p1');
  });
});

describe('who sees which links', () => {
  const RECORD = /\/record\/(\w+)\?/g;
  const typesOf = (page: string) => new Set([...page.matchAll(RECORD)].map(([, type]) => type));

  test('a viewer sees none that records or changes anything', async () => {
    for (const episode of EPISODES) {
      const page = await pageOf(viewer, episode);
      expect(typesOf(page).size).toBe(0);
      expect(page).not.toMatch(/\/facts"|method="post" action="(?!\/sign-out)/);
    }
  });

  test('a scheduler sees those that need no judgement, a clinician all that fit the episode', async () => {
    // One that waits for an answer, one that is suspended, one that has ended.
    const episodes = ['EP-2027', 'EP-2021', 'EP-2017'];
    const seenBy = async (browser: Browser) => {
      const pages = await Promise.all(episodes.map((episode) => pageOf(browser, episode)));
      return new Set(pages.flatMap((page) => [...typesOf(page)]));
    };
    const scheduler = await seenBy(await clinic.as('scheduler'));
    const all = await seenBy(clinician);
    expect(scheduler.has('booking')).toBe(true);
    for (const type of ['decision', 'suspension', 'resumption', 'surgery', 'reopening']) {
      expect(scheduler.has(type)).toBe(false);
      expect(all.has(type)).toBe(true);
    }
    expect(all).toEqual(new Set(EVENT_FORMS.map(({ type }) => type)));
  });

  test('every link to a form leads to one', async () => {
    const page = await pageOf(clinician, 'EP-2018');
    const links = new Set([...page.matchAll(/href="([^"]*\/record\/[^"]*)"/g)].map(([, to]) => to));
    expect(links.size).toBeGreaterThan(10);
    for (const link of links) expect((await clinician.get(link ?? '')).status).toBe(200);
  });
});

describe('history', () => {
  test('what was taken back is struck through and says so, with by whom and when it was recorded', async () => {
    const history = section(await pageOf(viewer, 'EP-2034'), 'History');
    expect(history).toContain('<del>exam x1</del>');
    expect(history).toContain('Taken back by f1: belongs to another patient');
    expect(history).not.toContain('<del>correction f1</del>');
    expect(history).toContain('tester<br>');
    expect(history).toContain('2026-06-15 12:00 UTC</span>, version 1');
  });

  test('tells which protocol the facts follow, and the document by its digest', async () => {
    const { protocol } = ok(
      await showEpisode(clinic.access, { clinic: clinic.clinic, episode: 'EP-2001' }),
    );
    expect(section(await pageOf(viewer, 'EP-2001'), 'History')).toContain(
      `follows protocol staged-risk-adapted 1.0.0 <span class="dim">(document ${protocol.hash.slice(0, 12)})`,
    );
  });

  test('an end that left a question unanswered is told with the reason and who said so', async () => {
    const own = await httpClinic();
    const surgery = { type: 'surgery', id: 's1', date: '2026-06-15' };
    const acknowledgement = { escalations: ['esc.x2'], reason: 'seen at the conference' };
    ok(
      await recordEvents(own.access, {
        clinic: own.clinic,
        episode: 'EP-2027',
        events: [surgery],
        acknowledgement,
      }),
    );
    const answer = await (await own.as('viewer')).get(pathOf('EP-2027'));
    expect(await answer.text()).toContain(
      'Left unanswered: biopsy by 2026-06-22, because of BI-RADS 4A (US of 2026-06-08). Reason: seen at the conference. By tester, 2026-06-15 12:00 UTC, version 2.',
    );
  });
});

describe('facts', () => {
  test('what is missing stands beside the link that completes it', async () => {
    const facts = section(await pageOf(clinician, 'EP-2040'), 'Facts');
    expect(facts).toContain('is not recorded; it could have raised the tier');
    expect(facts).toContain('href="/c/NORTH/episodes/EP-2040/facts"');
  });

  test('where nothing is missing the page says so', async () => {
    expect(await pageOf(viewer, 'EP-2031')).toContain(
      'Nothing is missing that could change the plan.',
    );
  });
});

describe('another day', () => {
  test('the page of a day knows only the events until then, and offers nothing to record', async () => {
    const page = await pageOf(clinician, 'EP-2027', '?asOf=2026-06-01');
    expect(page).toContain('This page shows the episode as of <strong>2026-06-01</strong>');
    expect(section(page, 'Open escalations')).toContain('No escalation is open.');
    // That a later event is there is told, and nothing of what it says.
    expect(page).not.toMatch(/esc\.x2|BI-RADS 4A|x2 supplementary/);
    expect(page).toContain('1 recorded event is dated later and not shown.');
    expect(page).not.toContain('/record/');
  });

  test('what was taken back later still stands on the day before', async () => {
    const before = section(await pageOf(viewer, 'EP-2034', '?asOf=2026-05-06'), 'History');
    expect(before).toContain('exam x1');
    expect(before).not.toContain('<del>');
  });

  test('a text that is no day is told, stays in its field, and the page is that of today', async () => {
    const answer = await viewer.get(pathOf('EP-2027', '?asOf=2026-02-30'));
    expect(answer.status).toBe(422);
    const page = plainText(await answer.text());
    expect(page).toContain('this is not a day');
    expect(page).toContain('value="2026-02-30"');
    expect(page).toContain('as of</tspan> 2026-06-15');
  });
});

describe('what is not there', () => {
  test('an unknown episode is not found, on each of its pages', async () => {
    for (const below of ['', '/what-if', '/plan/json', '/plan/html']) {
      expect((await viewer.get(`${pathOf('EP-9999')}${below}`)).status).toBe(404);
    }
  });

  test('an episode of another clinic is not found, by its own id or through the other clinic', async () => {
    const document = {
      episode: { id: 'SOUTH-1', laterality: 'left', ablation: { date: '2026-01-15' } },
      events: [],
    };
    const approval = {
      clinic: clinic.other,
      protocol: 'staged-risk-adapted',
      clinician: 'Dr. Lee',
    };
    ok(await approveProtocol(clinic.access, approval));
    ok(await registerEpisode(clinic.access, { clinic: clinic.other, document }));
    for (const below of ['', '/what-if', '/plan/json']) {
      expect((await viewer.get(`${pathOf('SOUTH-1')}${below}`)).status).toBe(404);
      expect((await viewer.get(`/c/SOUTH/episodes/SOUTH-1${below}`)).status).toBe(404);
      expect((await viewer.get(`/c/SOUTH/episodes/EP-2001${below}`)).status).toBe(404);
    }
  });
});

describe('the plan as a file', () => {
  test.each([
    ['json', 'application/json'],
    ['csv', 'text/csv; charset=utf-8; header=present'],
    ['html', 'text/html; charset=utf-8'],
  ])('%s is sent as a file that nobody keeps', async (format, type) => {
    const answer = await viewer.get(`${pathOf('EP-2027')}/plan/${format}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toBe(type);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(answer.headers.get('Content-Disposition')).toBe(
      `attachment; filename="episode-EP-2027-2026-06-15.${format}"`,
    );
  });

  test('JSON is the plan, and of another day that of the other day', async () => {
    const file = await viewer.get(`${pathOf('EP-2027')}/plan/json`);
    expect(JSON.parse(await file.text())).toEqual(await planOf('EP-2027'));
    const earlier = await viewer.get(`${pathOf('EP-2027')}/plan/json?asOf=2026-06-01`);
    expect(JSON.parse(await earlier.text())).toMatchObject({ asOf: '2026-06-01' });
    const wrong = await viewer.get(`${pathOf('EP-2027')}/plan/json?asOf=soon`);
    expect(wrong.status).toBe(422);
  });

  test('there is no file of a calendar: one is subscribed to', async () => {
    expect((await viewer.get(`${pathOf('EP-2027')}/plan/ics`)).status).toBe(404);
  });

  test('a strange id of an episode does not reach the header', async () => {
    const id = 'A"; x=\\ä/1';
    const document = {
      episode: { id, laterality: 'left', ablation: { date: '2026-01-15' } },
      events: [],
    };
    ok(await registerEpisode(clinic.access, { clinic: clinic.clinic, document }));
    const answer = await viewer.get(`${pathOf(id)}/plan/json`);
    expect(answer.headers.get('Content-Disposition')).toBe(
      'attachment; filename="episode-A-x-1-2026-06-15.json"',
    );
    expect((await viewer.get(pathOf(id))).status).toBe(200);
  });
});

describe('what was done just now', () => {
  test('is told in a sentence of our own, never in words of the address', async () => {
    const page = await pageOf(viewer, 'EP-2001', '?done=facts-before');
    expect(page).toContain('Nothing was changed: the facts were recorded like this before.');
    expect(await pageOf(viewer, 'EP-2001', '?done=Call+0800')).not.toContain('0800');
  });

  test('is not believed from a link: only who recorded it is told, of the last event, for some minutes', async () => {
    const setting = await httpClinic();
    const nurse = await setting.as('scheduler');
    const told = async (browser: Browser, query: string) =>
      pageOf(browser, 'EP-2001', `${query}&for=EP-2001`);
    expect(await told(nurse, '?done=closure')).not.toContain('The episode is closed');
    const events = [{ type: 'closure', id: 'c1', date: '2026-06-15', reason: 'withdrew' }];
    const context = { ...setting.access, actor: 'tester-scheduler' };
    const recorded = { clinic: setting.clinic, episode: 'EP-2001', events };
    ok(await recordEvents(context, { ...recorded, acceptContradictions: true }));
    expect(await told(nurse, '?done=closure')).toContain('The episode is closed.');
    expect(await told(nurse, '?done=imaging')).not.toContain('The exam is recorded.');
    expect(await told(await setting.as('viewer'), '?done=closure')).not.toContain(
      'The episode is closed.',
    );
    for (const key of ['facts', 'registered']) {
      expect(await told(nurse, `?done=${key}`)).not.toContain('class="notice"');
    }
    setting.pass(5 * 60_000 + 1);
    expect(await told(nurse, '?done=closure')).not.toContain('The episode is closed.');
  });
});

describe('days at the edge', () => {
  test.each(['0001-01-01', '2019-02-11', '9999-12-31'])('the page of %s is drawn', async (day) => {
    for (const episode of ['EP-2001', 'EP-2010', 'EP-2032', 'EP-2040']) {
      const page = await pageOf(viewer, episode, `?asOf=${day}`);
      expect(page).toContain(`as of</tspan> ${day}`);
      expect(page).not.toMatch(/NaN|Infinity|width="-/);
    }
  });
});

describe('an episode that cannot be planned', () => {
  test('shows why, with its facts and its history, and nothing that would need a plan', async () => {
    const whole = ok(
      await reviewEpisode(clinic.access, { clinic: clinic.clinic, episode: 'EP-2027' }),
    );
    const unplanned = [{ path: 'protocol', message: 'this release cannot read the protocol' }];
    const review: EpisodeReview = { ...whole, plan: null, unplanned };
    const caller = { roles: new Map([[clinic.clinic.id, new Set(['clinician'])]]) };
    const call = { clinic: clinic.clinic, caller } as unknown as ClinicCall;
    const asked = { asOf: undefined, problems: [] };
    const page = episodeBody({ call, review }, new Fields(), asked).text;
    expect(page).toContain('this release cannot read the protocol');
    expect(page).toContain('<h2>Facts</h2>');
    expect(page).toContain('<h2>History</h2>');
    expect(page).not.toContain('<h2>Timeline</h2>');
    expect(page).not.toContain('/plan/json');
  });
});
