import { describe, expect, test } from 'vitest';
import { savePlans } from '../../../src/service/episode/save-plans.ts';
import { day, NORTH } from '../../store/fixtures.ts';
import {
  caseOf,
  contextOf,
  documentRows,
  EXAM,
  importInto,
  memoryClinic,
} from '../cohort/cohort-clinic.ts';

const QUERY = { clinic: NORTH.id, to: day('2040-12-31'), limit: 5000 };

describe('saving the plans of an import', () => {
  test('every episode has its dates afterwards, batch after batch', async () => {
    const store = await memoryClinic();
    const context = contextOf(store);
    const cases = Array.from({ length: 501 }, (_, index) => caseOf(`E-${index}`));
    const imported = await importInto(context, documentRows(...cases));
    if (!imported.ok) throw new Error(JSON.stringify(imported));
    expect(await store.findDue(QUERY)).toEqual([]);
    const told: number[] = [];
    await savePlans(context, { clinic: NORTH, episodes: imported.value.episodes }, async (done) => {
      told.push(done);
    });
    expect(told).toEqual([500, 501]);
    const rows = await store.findDue({ ...QUERY, limit: 50_000 });
    expect(rows.filter(({ key }) => key === 'a1.baseline')).toHaveLength(501);
  });

  test('an update brings the dates up to the events', async () => {
    const store = await memoryClinic();
    const context = contextOf(store);
    const keep = async (...cases: readonly object[]) => {
      const imported = await importInto(context, documentRows(...cases), { update: true });
      if (!imported.ok) throw new Error(JSON.stringify(imported));
      await savePlans(context, { clinic: NORTH, episodes: imported.value.episodes });
    };
    const early = {
      ...caseOf('E-1'),
      episode: { ...caseOf('E-1').episode, ablation: { date: '2025-11-15' } },
    };
    await keep(early);
    expect((await store.findDue(QUERY)).map(({ key }) => key)).toContain('a1.baseline');
    await keep({ ...early, events: [EXAM] });
    expect((await store.findDue(QUERY)).map(({ key }) => key)).not.toContain('a1.baseline');
    const [stored] = await store.pageCases({ clinic: NORTH.id, after: 0, limit: 1 });
    expect(stored?.planVersion).toBe(stored?.version);
  });

  test('one that is gone meanwhile is passed over', async () => {
    const store = await memoryClinic();
    const context = contextOf(store);
    await savePlans(context, { clinic: NORTH, episodes: [12345] });
    expect(await store.findDue(QUERY)).toEqual([]);
  });
});
