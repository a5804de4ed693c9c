import { readDocument } from '../src/service/case/read-document.ts';
import { cohortDocuments } from './cohort-documents.ts';
import { type CohortStore, emptyCohortStore, FIRST_DAY, importTexts } from './cohort-store.ts';
import {
  changeTwoPercent,
  dueList,
  findDue,
  nightly,
  readAndPlan,
  readIndex,
  staleEveryPlan,
} from './cohort-work.ts';
import { median, processorTime } from './measure.ts';
import { type AsyncContestant, measureAsync, type Rounds } from './measure-async.ts';
import { type Row, rateText, type Target } from './row.ts';

/** Rows of one import: a clinic brings in so many at once. */
const ROWS_AN_IMPORT = 5000;

/** From so many episodes on, once has to do. */
const LARGE = 100_000;

/** The store and the nightly run with so many episodes, against floors on the same file. */
export async function cohortRows(quick: boolean, episodes: number): Promise<Row[]> {
  const store = await emptyCohortStore();
  try {
    const imported = await importRow(store, episodes);
    const before = process.memoryUsage.rss();
    const first = await nightly(store);
    return [
      imported,
      {
        work: 'memory: the most during the first nightly run',
        floor: 'after the import',
        ours: megabytes(first.peak),
        floors: megabytes(before),
        ratio: first.peak / before,
        target: null,
      },
      ...(await nightRows(store, quick, episodes)),
    ];
  } finally {
    await store.close();
  }
}

/** Checks and keeps a cohort; the floor checks the same rows and keeps nothing. */
async function importRow(store: CohortStore, episodes: number): Promise<Row> {
  const ours: number[] = [];
  const floor: number[] = [];
  const documents = cohortDocuments(episodes, FIRST_DAY);
  for (let done = 0; done < episodes; done += ROWS_AN_IMPORT) {
    const texts = Array.from({ length: Math.min(ROWS_AN_IMPORT, episodes - done) }, () =>
      JSON.stringify(documents.next().value),
    );
    const began = processorTime();
    const sound = texts.filter((text) => readDocument(JSON.parse(text)).ok);
    const checked = processorTime();
    await importTexts(store, sound);
    floor.push((checked - began) / texts.length);
    ours.push((processorTime() - checked) / texts.length);
  }
  return {
    work: `import of ${episodes} episodes, ${ROWS_AN_IMPORT} at once`,
    floor: 'rows read and checked',
    ours: rateText(1 / median(ours)),
    floors: rateText(1 / median(floor)),
    ratio: median(ours) / median(floor),
    target: null,
  };
}

/** The rows of a clinic whose nightly run has been at work before. */
async function nightRows(store: CohortStore, quick: boolean, episodes: number): Promise<Row[]> {
  const often: Rounds = quick || episodes >= LARGE ? 'once' : 2;
  const planned: AsyncContestant = { round: () => readAndPlan(store) };
  const row = async (
    work: string,
    ours: AsyncContestant,
    { floor, name }: { readonly floor: AsyncContestant; readonly name: string },
    most: number | null,
  ): Promise<Row> => {
    const seconds = await measureAsync(ours, floor, often, processorTime);
    const target: Target | null = most === null ? null : { at: 'most', ratio: most };
    return {
      work,
      floor: name,
      ours: duration(seconds.ours),
      floors: duration(seconds.floor),
      ratio: seconds.ours / seconds.floor,
      target,
    };
  };
  const onPlans = { floor: planned, name: 'histories read and planned' };
  const tonight = (bring?: (store: CohortStore) => Promise<void>): AsyncContestant => ({
    prepare: async () => {
      store.nextNight();
      await bring?.(store);
    },
    round: () => nightly(store),
  });
  const items = await findDue(store);
  return [
    await row(
      `due items of one night (${items}), joined and ordered`,
      { round: () => findDue(store) },
      { floor: { round: async () => readIndex(store) }, name: 'raw read of the covering index' },
      5,
    ),
    await row('due list told from the events', { round: () => dueList(store) }, onPlans, null),
    await row('nightly run, nothing changed', tonight(), onPlans, 3),
    await row('nightly run, 2 % changed', tonight(changeTwoPercent), onPlans, 5),
    await row('nightly run, every plan changed', tonight(staleEveryPlan), onPlans, 13),
  ];
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function duration(seconds: number): string {
  return seconds < 1 ? `${(seconds * 1000).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;
}
