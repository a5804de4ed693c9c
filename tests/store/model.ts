import fc from 'fast-check';
import { expect } from 'vitest';
import type { Store } from '../../src/store/store.ts';
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
  const due = await store.findDue({ clinic, to: day('2100-01-01'), limit: 999 });
  const dueKeys = due.map(({ episode, key }) => `${episode} ${key}`).sort();
  expect(dueKeys).toEqual(
    living.flatMap(([id, { keys }]) => keys.map((key) => `${id} ${key}`)).sort(),
  );
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
    model.rows += 1;
  }),
);

/** The changes that every store must answer as the model does. */
export const CHANGES = [register, append, append, append, revise, plan, plan, erase];

/** What may happen to a file between two changes. */
export const ACCIDENTS = (['reopen', 'crash', 'restore'] as const).map((how) =>
  fc.constant(
    command(how, async (model, real) => {
      await real.exchange(how);
      if (how === 'restore') model.rows += 1;
    }),
  ),
);
