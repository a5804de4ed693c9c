import fc from 'fast-check';
import { expect } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { ACCESS_STEPS, type AccessModel, forgetEpisode, sameAccess } from './access-model.ts';
import { act, day, exam, facts, item, NORTH, newEpisode } from './fixtures.ts';

/** What an episode ought to hold. */
interface ModelEpisode {
  version: number;
  events: string[];
  grade: 1 | 2 | 3;
  planVersion: number | null;
  keys: string[];
  erased: boolean;
}

/** What the store ought to hold, and how many audit rows it ought to have. */
export interface Model {
  readonly episodes: Map<number, ModelEpisode>;
  events: number;
  rows: number;
  /** Each run by its holder; the last one may be running still. */
  readonly runs: { readonly holder: string; readonly lease: boolean; finished: boolean }[];
  readonly access: AccessModel;
}

/** The store under test, which a command may exchange: reopened, restored, as it was after a crash. */
export interface Real {
  store: Store;
  exchange: (how: 'reopen' | 'crash' | 'restore') => Promise<void>;
}

const clinic = NORTH.id;

type Command = fc.AsyncCommand<Model, Real>;

function command(name: string, run: (model: Model, real: Real) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (model, real) => {
      await run(model, real);
      await same(model, real.store);
    },
    toString: () => name,
  };
}

/** Compares everything that can be asked of the store with the model. */
async function same(model: Model, store: Store): Promise<void> {
  const living = [...model.episodes].filter(([, { erased }]) => !erased).sort(([a], [b]) => a - b);
  const cases = await store.pageCases({ clinic, after: 0, limit: 999 });
  expect(
    cases.map(({ id, version, planVersion, caseFile }) => ({
      id,
      version,
      planVersion,
      grade: caseFile.episode.tumor?.grade,
      events: caseFile.events.map((event) => event.id),
    })),
  ).toEqual(
    living.map(([id, { version, planVersion, grade, events }]) => ({
      id,
      version,
      planVersion,
      grade,
      events,
    })),
  );
  const followers = await store.countFollowers(clinic);
  expect(followers.reduce((sum, { episodes }) => sum + episodes, 0)).toBe(living.length);
  const due = await store.findDue({ clinic, to: day('2100-01-01'), limit: 999 });
  const dueKeys = due.map(({ episode, key }) => `${episode} ${key}`).sort();
  expect(dueKeys).toEqual(
    living.flatMap(([id, { keys }]) => keys.map((key) => `${id} ${key}`)).sort(),
  );
  const ids = (erased: boolean) =>
    [...model.episodes].flatMap(([id, kept]) => (kept.erased === erased ? [id] : [])).sort();
  expect(await store.listChanges({ clinic, afterAudit: 0 })).toEqual({
    changed: ids(false).map((episode) => ({ episode, versionBefore: 0 })),
    erased: ids(true),
  });
  const runs = await store.listRuns({ clinic, limit: 999 });
  expect(
    runs.map(({ run, holder, finishedAt }) => ({ run, holder, finished: finishedAt !== null })),
  ).toEqual(
    model.runs
      .map(({ holder, finished }, index) => ({ run: index + 1, holder, finished }))
      .toReversed(),
  );
  const [first] = living;
  if (first !== undefined) {
    const then = await store.loadCase({ clinic, episode: first[0], version: 1 });
    expect(then).toMatchObject({ value: { version: 1, caseFile: { events: [exam('x1')] } } });
  }
  await sameAccess(model.access, store);
  expect(await store.verifyAudit()).toMatchObject({ rows: model.rows, breach: null });
}

const someId = fc.integer({ min: 1, max: 6 });

/** Half of the versions are the right one, the others are off by one. */
const someOffset = fc.constantFrom(0, 0, 0, -1, 1);

/** What the store must answer to a change of an episode at a version; undefined: it must do it. */
function answer(kept: ModelEpisode | undefined, expected: number) {
  if (kept === undefined) return { outcome: 'not-found', what: 'episode' };
  if (kept.erased) return { outcome: 'refused', why: 'erased' };
  return kept.version === expected ? undefined : { outcome: 'conflict', version: kept.version };
}

const register = fc.uniqueArray(someId, { minLength: 1, maxLength: 3 }).map((ids) =>
  command(`register ${ids}`, async (model, { store }) => {
    const episodes = ids.map((id) => newEpisode(id, { facts: facts(`E-${id}`) }));
    const result = await store.registerEpisodes(act(), { clinic, episodes });
    if (ids.some((id) => model.episodes.has(id))) {
      expect(result).toMatchObject({ outcome: 'refused' });
      return;
    }
    expect(result.outcome).toBe('ok');
    for (const id of ids) {
      const fresh = { version: 1, events: ['x1'], grade: 2, planVersion: null, keys: [] } as const;
      model.episodes.set(id, { ...fresh, events: ['x1'], keys: [], erased: false });
    }
    model.rows += ids.length * 2;
  }),
);

const append = fc
  .tuple(someId, someOffset, fc.integer({ min: 0, max: 3 }))
  .map(([id, offset, many]) =>
    command(`append ${many} to ${id} at ${offset}`, async (model, { store }) => {
      const kept = model.episodes.get(id);
      const expected = (kept?.version ?? 1) + offset;
      const ids = Array.from({ length: many }, (_, n) => `m${model.events + n}`);
      model.events += many;
      const events = ids.map((event) => exam(event));
      const result = await store.appendEvents(act(), { clinic, episode: id, expected, events });
      const refusal = answer(kept, expected);
      if (refusal !== undefined || kept === undefined) {
        expect(result).toEqual(refusal);
        return;
      }
      if (many > 0) {
        kept.version += 1;
        kept.events.push(...ids);
        model.rows += 1;
      }
      expect(result).toEqual({ outcome: 'ok', value: { version: kept.version } });
    }),
  );

const revise = fc.tuple(someId, someOffset, fc.constantFrom(1, 2, 3)).map(([id, offset, grade]) =>
  command(`revise ${id} to grade ${grade} at ${offset}`, async (model, { store }) => {
    const kept = model.episodes.get(id);
    const expected = (kept?.version ?? 1) + offset;
    const revised = facts(`E-${id}`, { tumor: { sizeMm: 12.5, grade } });
    const work = { clinic, episode: id, expected, facts: revised };
    const result = await store.reviseEpisode(act(), work);
    const refusal = answer(kept, expected);
    if (refusal !== undefined || kept === undefined) {
      expect(result).toEqual(refusal);
      return;
    }
    if (kept.grade !== grade) {
      kept.version += 1;
      kept.grade = grade;
      model.rows += 1;
    }
    expect(result).toEqual({ outcome: 'ok', value: { version: kept.version } });
  }),
);

const plan = fc
  .array(fc.tuple(someId, someOffset, fc.subarray(['a1.baseline', 'a1.interval-1', 'esc.x1'])), {
    minLength: 1,
    maxLength: 4,
  })
  .map((wanted) =>
    command(`plan ${JSON.stringify(wanted)}`, async (model, { store }) => {
      const plans = wanted.map(([episode, offset, keys]) => ({
        episode,
        restsOn: (model.episodes.get(episode)?.version ?? 1) + offset,
        items: keys.map((key) => item(key, '2026-05-01')),
      }));
      const expected = wanted.map(([id, offset, keys]) => {
        const kept = model.episodes.get(id);
        if (kept === undefined) return 'not-found';
        if (kept.erased) return 'erased';
        if (offset !== 0) return 'conflict';
        const unchanged = kept.planVersion === kept.version && kept.keys.join() === keys.join();
        kept.planVersion = kept.version;
        kept.keys = keys;
        return unchanged ? 'unchanged' : 'saved';
      });
      const result = await store.savePlans(act(), { clinic, plans });
      expect(result).toEqual({ outcome: 'ok', value: expected });
      if (expected.includes('saved')) model.rows += 1;
    }),
  );

const erase = someId.map((id) =>
  command(`erase ${id}`, async (model, { store }) => {
    const kept = model.episodes.get(id);
    const whose = { episode: id };
    const result = await store.erasePatient(act(), { clinic, whose, ground: 'patient-request' });
    if (kept === undefined || kept.erased) {
      expect(result).toEqual(answer(kept, 0));
      return;
    }
    expect(result).toMatchObject({ outcome: 'ok', value: { events: kept.events.length } });
    kept.erased = true;
    forgetEpisode(model.access, id);
    model.rows += 1;
  }),
);

const someHolder = fc.constantFrom('host-a 1', 'host-b 1');

const startRun = fc.tuple(someHolder, fc.boolean()).map(([holder, lease]) =>
  command(`start a run of ${holder}${lease ? '' : ' without a lease'}`, async (model, real) => {
    const newest = model.runs.at(-1);
    const asOf = day('2026-03-01');
    const work = { clinic, asOf, holder, leaseMs: lease ? 1000 : 0 };
    const result = await real.store.startRun(act(), work);
    if (newest?.lease === true && !newest.finished) {
      expect(result).toEqual({ outcome: 'refused', why: 'run-in-progress' });
      return;
    }
    model.runs.push({ holder, lease, finished: false });
    model.rows += 1;
    expect(result).toMatchObject({ value: { run: model.runs.length } });
  }),
);

const finishRun = fc.tuple(someHolder, fc.constantFrom(0, 0, 0, -1)).map(([holder, offset]) =>
  command(`finish the run of ${holder} at ${offset}`, async (model, { store }) => {
    const run = model.runs.length + offset;
    const report = { digest: '00', episodes: model.episodes.size, counts: { due: 1 } };
    const result = await store.finishRun(act(), { clinic, run, holder, report });
    const newest = model.runs.at(-1);
    if (offset !== 0 || newest?.holder !== holder || newest.finished) {
      expect(result).toEqual({ outcome: 'refused', why: 'lease-lost' });
      return;
    }
    newest.finished = true;
    model.rows += 1;
    expect(result.outcome).toBe('ok');
  }),
);

/** The changes that every store must answer as the model does. */
export const CHANGES = [
  register,
  append,
  append,
  append,
  revise,
  plan,
  plan,
  erase,
  startRun,
  finishRun,
  ...ACCESS_STEPS.map((steps) =>
    steps.map(({ name, run }) => command(name, (model, { store }) => run(model, store))),
  ),
];

/** What may happen to a file between two changes. */
export const ACCIDENTS = (['reopen', 'crash', 'restore'] as const).map((how) =>
  fc.constant(
    command(how, async (model, real) => {
      await real.exchange(how);
      if (how === 'restore') model.rows += 1;
    }),
  ),
);
