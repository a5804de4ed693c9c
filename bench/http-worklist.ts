import { success } from '../src/domain/problem.ts';
import { worklistToText } from '../src/export/worklist-text.ts';
import { createApp } from '../src/http/app.ts';
import { SESSION_COOKIE } from '../src/http/session-cookie.ts';
import type { CohortRow } from '../src/service/cohort/cohort-rows.ts';
import { importCohort } from '../src/service/cohort/import-cohort.ts';
import { recordEvents } from '../src/service/episode/record-events.ts';
import { cohortDocuments } from './cohort-documents.ts';
import { FIRST_DAY, value } from './cohort-store.ts';
import { type ServedClinic, servedClinic } from './http-feed-store.ts';
import { processorTime } from './measure.ts';
import { measureAsync } from './measure-async.ts';
import type { Row } from './row.ts';

const OPEN_ITEMS = 5000;
/** So many open items, some more, has an episode of the cohort. */
const ITEMS_AN_EPISODE = 0.21;
const SOON_DAYS = 28;
const ROUNDS = 15;
const ADDRESS = 'http://127.0.0.1/c/NORTH/worklist';

/** The worklist's page of a large clinic, against the same rows as plain text. */
export async function worklistRows(quick: boolean): Promise<Row[]> {
  const served = await servedClinic({ write: () => {} });
  try {
    const episodes = Math.ceil((quick ? 40 : OPEN_ITEMS) / ITEMS_AN_EPISODE);
    const { clinic, protocol } = served;
    const rows = rowsOf(episodes);
    value(await importCohort(served.access, { clinic, protocol: protocol.pin, rows }));
    return await pageRows(served, quick);
  } finally {
    await served.close();
  }
}

async function* rowsOf(episodes: number): AsyncGenerator<CohortRow> {
  let line = 0;
  for (const document of cohortDocuments(episodes, FIRST_DAY)) {
    line += 1;
    yield { line, document: success(JSON.parse(JSON.stringify(document))) };
  }
}

async function pageRows(served: ServedClinic, quick: boolean): Promise<Row[]> {
  const { access, service, clinic, caller } = served;
  const app = createApp(service);
  const headers = { Cookie: `${SESSION_COOKIE}=${service.sessions.start(caller)}` };
  const page = async () => {
    const answer = await app.answer(new Request(ADDRESS, { headers }));
    if (answer.status !== 200) throw new Error(`the page answers ${answer.status}`);
    return answer.text();
  };
  const began = processorTime();
  const first = await page();
  const firstSeconds = processorTime() - began;

  const { worklist } = value(
    await service.worklists.worklist(access, { clinic, soonDays: SOON_DAYS }),
  );
  const open = worklist.rows.filter(({ bucket }) => bucket !== 'later');
  const shown = open.filter(({ episode }) => first.includes(`/episodes/${episode}`)).slice(0, 200);
  const text = async () =>
    worklistToText({ ...worklist, rows: shown }, { width: 100, colour: false });

  const rounds = quick ? 'once' : ROUNDS;
  const again = await measureAsync({ round: page }, { round: text }, rounds, processorTime);
  let changes = 0;
  const change = async () => {
    const [row] = open.slice(changes);
    changes += 1;
    const contact = { type: 'contact', date: '2026-06-15', method: 'call', outcome: 'no-answer' };
    const work = { clinic, episode: row?.episode ?? '', events: [contact] };
    value(await recordEvents(access, work));
  };
  const changed = { prepare: change, round: page };
  const after = await measureAsync(changed, { round: text }, rounds, processorTime);
  const row = (what: string, seconds: { readonly ours: number; readonly floor: number }): Row => ({
    work: `worklist page of ${open.length} open items: ${what}`,
    floor: `the same ${shown.length} rows as plain text`,
    ours: `${(seconds.ours * 1000).toFixed(1)} ms`,
    floors: `${(seconds.floor * 1000).toFixed(1)} ms`,
    ratio: seconds.ours / seconds.floor,
    target: null,
  });
  return [
    row('the first after the start', { ours: firstSeconds, floor: again.floor }),
    row('again', again),
    row('after one change', after),
  ];
}
