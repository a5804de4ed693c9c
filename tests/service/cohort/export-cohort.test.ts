import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCase } from '../../../src/input/parse-case.ts';
import { SIMPLE_FIELDS } from '../../../src/input/simple-case.ts';
import { caseDocument } from '../../../src/service/cohort/cohort-document.ts';
import { exportCohort } from '../../../src/service/cohort/export-cohort.ts';
import { planStored } from '../../../src/service/episode/plan-stored.ts';
import type { Store } from '../../../src/store/store.ts';
import { cases, read } from '../../properties/arbitraries.ts';
import { day, NORTH, value } from '../../store/fixtures.ts';
import {
  caseOf,
  contextOf,
  csvRows,
  documentRows,
  EXAM,
  exported,
  importInto,
  memoryClinic,
  ndjsonRows,
  PROTOCOL,
} from './cohort-clinic.ts';

/** Every field that a day can stand in, and text that needs escaping. */
const FULL = caseOf(
  'A',
  [
    EXAM,
    {
      type: 'pathology',
      id: 'p1',
      date: '2026-02-25',
      result: 'malignant',
      specimenDate: '2026-02-21',
      answers: [],
    },
    {
      type: 'constraint',
      id: 'k1',
      date: '2026-02-25',
      kind: 'gadolinium',
      from: '2026-02-01',
      to: '2027-01-31',
    },
    {
      type: 'deferral',
      id: 'd1',
      date: '2026-02-25',
      visit: 'a1.baseline',
      until: '2026-09-30',
      reason: '"x"\\',
    },
    { type: 'suspension', id: 's1', date: '2026-02-26', until: '2026-05-01' },
    {
      type: 'booking',
      id: 'b1',
      date: '2026-02-27',
      visit: 'a1.baseline',
      appointment: '2026-07-20T09:30[Europe/Berlin]',
    },
  ],
  {
    patientRef: 'P–7 é',
    ablation: { date: '2026-01-15', freezeMinutes: [8.5, 10], intendedMarginMm: 10 },
    tumor: { sizeMm: 12.5, grade: 2, extensiveIntraductalComponent: false },
  },
);

/** Cases as an importer reads them: none of them as of a day of its own. */
const kept = cases.map(({ document }) => read(document));

async function registered(...files: readonly ReturnType<typeof read>[]): Promise<Store> {
  const store = await memoryClinic();
  const episodes = files.map(({ episode, events }, index) => ({
    id: 101 + index,
    facts: { ...episode, id: `E${index}` },
    protocol: PROTOCOL,
    events,
  }));
  const act = { actor: 'dr-lee', at: Date.UTC(2026, 2, 2) };
  value(await store.registerEpisodes(act, { clinic: NORTH.id, episodes }));
  return store;
}

describe('a case as a document', () => {
  it('is read again as the same case', () => {
    const caseFile = read({ ...FULL, asOf: '2026-03-01' });
    expect(caseDocument(caseFile)).toEqual({ ...FULL, asOf: '2026-03-01' });
  });

  it('whatever the case', () => {
    fc.assert(
      fc.property(cases, ({ document }) => {
        const caseFile = read(document);
        expect(parseCase(JSON.parse(JSON.stringify(caseDocument(caseFile))))).toEqual({
          ok: true,
          value: caseFile,
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe('an exported cohort', () => {
  it('is one case file a line, in the order of registration', async () => {
    const store = await memoryClinic();
    await importInto(contextOf(store), documentRows(FULL, caseOf('B'), caseOf('A2', [EXAM])));
    const lines = (await exported(store)).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      FULL,
      caseOf('B'),
      caseOf('A2', [EXAM]),
    ]);
  });

  it('may be of one episode', async () => {
    const store = await memoryClinic();
    await importInto(contextOf(store), documentRows(FULL, caseOf('B')));
    expect(JSON.parse(await exported(store, 'ndjson', 'B'))).toEqual(caseOf('B'));
    const unknown = await exportCohort(
      { store },
      { clinic: NORTH, episode: 'b', format: 'ndjson' },
    );
    expect(unknown).toMatchObject({ ok: false, fault: 'not-found' });
  });

  it('of an empty clinic is empty, or the names of the columns', async () => {
    const store = await memoryClinic();
    expect(await exported(store)).toBe('');
    expect((await exported(store, 'csv')).split('\r\n')).toHaveLength(2);
  });

  it('holds more than a page of the store, each episode once', async () => {
    const store = await memoryClinic();
    const rows = Array.from({ length: 1203 }, (_, index) => `R${index},2026-01-15,left`);
    await importInto(contextOf(store), csvRows(`id,ablatedOn,laterality\n${rows.join('\n')}`));
    const ids = (await exported(store))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).episode.id);
    expect(ids).toEqual(rows.map((row) => row.split(',')[0]));
  });

  it('imported into the same store changes nothing', async () => {
    const store = await memoryClinic();
    await importInto(contextOf(store), documentRows(FULL, caseOf('B', [EXAM])));
    const before = await store.auditHead();
    const again = await importInto(contextOf(store, 200), ndjsonRows(await exported(store)));
    expect(again).toMatchObject({ ok: true, value: { unchanged: 2, written: false } });
    expect(await store.auditHead()).toEqual(before);
  });

  it('imported into an empty store makes the same cases and the same plans', async () => {
    await fc.assert(
      fc.asyncProperty(kept, kept, async (one, another) => {
        const first = await registered(one, another);
        const second = await memoryClinic();
        // Generated histories go on for years: the import happens after them.
        const context = { ...contextOf(second), clock: () => Date.UTC(2150, 0, 1) };
        const outcome = await importInto(context, ndjsonRows(await exported(first)));
        expect(outcome).toMatchObject({ ok: true, value: { registered: 2 } });
        const [before, after] = await Promise.all([first, second].map(plansOf));
        expect(before?.map(({ ok }) => ok)).toEqual([true, true]);
        expect(after).toEqual(before);
        expect(await exported(second)).toBe(await exported(first));
      }),
      { numRuns: 40 },
    );
  });
});

async function plansOf(store: Store) {
  const stored = await store.pageCases({ clinic: NORTH.id, after: 0, limit: 10 });
  const plans = stored.map((episode) =>
    planStored(contextOf(store), NORTH.id, episode, { asOf: day('2027-06-15') }),
  );
  return Promise.all(plans);
}

describe('the facts as CSV', () => {
  it('stand in the columns that an import reads', async () => {
    const [head] = (await exported(await memoryClinic(), 'csv')).split('\r\n');
    expect(head?.split(',').sort()).toEqual(Object.keys(SIMPLE_FIELDS).sort());
  });

  it('are read again as the same facts, formulas guarded', async () => {
    const store = await memoryClinic();
    const facts = {
      patientRef: '-17, "x"',
      assumedBiRads: '2',
      tumor: { sizeMm: 12.5, extensiveIntraductalComponent: false, er: 'positive' },
    };
    await importInto(contextOf(store), documentRows(caseOf('=A', [EXAM], facts), caseOf('B')));
    const csv = await exported(store, 'csv');
    expect(csv).toContain(`"'=A","'-17, ""x""",left,2026-01-15`);
    const before = await store.auditHead();
    const again = await importInto(contextOf(store, 200), csvRows(csv));
    expect(again).toMatchObject({ ok: true, value: { unchanged: 2, eventsKept: 1 } });
    expect(await store.auditHead()).toEqual(before);
    const other = await memoryClinic();
    await importInto(contextOf(other), csvRows(csv));
    expect(await exported(other, 'csv')).toBe(csv);
  });
});
