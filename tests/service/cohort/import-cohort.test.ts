import { describe, expect, it } from 'vitest';
import type { ImportOutcome } from '../../../src/service/cohort/import-cohort.ts';
import type { Store } from '../../../src/store/store.ts';
import { NORTH, value } from '../../store/fixtures.ts';
import { tempFolder } from '../../store/temp-stores.ts';
import {
  caseOf,
  clinicFile,
  contextOf,
  csvRows,
  documentRows,
  EXAM,
  importInto,
  memoryClinic,
  PROTOCOL,
  sameClinicFile,
} from './cohort-clinic.ts';

const HEAD = 'id,ablatedOn,laterality,grade';

function reportOf(outcome: ImportOutcome) {
  const report = outcome.ok ? outcome.value : outcome.report;
  if (report === undefined) throw new Error(JSON.stringify(outcome));
  return report;
}

/** The counts of a report, and its problems in short. */
function inShort(outcome: ImportOutcome) {
  const { registered, unchanged, updated, faulty, written, problems } = reportOf(outcome);
  return {
    outcome: outcome.ok ? 'ok' : outcome.fault,
    written,
    counts: { registered, unchanged, updated, faulty },
    told: problems.map(({ line, problem: { path, message } }) => `${line}: ${path}: ${message}`),
  };
}

const NONE = { registered: 0, unchanged: 0, updated: 0, faulty: 0 };

async function heads(store: Store, ...ids: readonly string[]) {
  const found = await Promise.all(
    ids.map((externalId) => store.findEpisodes(NORTH.id, { externalId })),
  );
  return found.flat();
}

async function caseOfStore(store: Store, id: string) {
  const [head] = await heads(store, id);
  return value(await store.loadCase({ clinic: NORTH.id, episode: head?.id ?? 0 }));
}

describe('a first import', () => {
  it('registers every row at once, pinned to the protocol, and names the numbers', async () => {
    const store = await memoryClinic();
    const outcome = await importInto(
      contextOf(store),
      csvRows(`${HEAD}\nA,2026-01-15,left,2\nB,2026-02-01,right,`),
    );
    expect(inShort(outcome)).toEqual({
      outcome: 'ok',
      written: true,
      counts: { ...NONE, registered: 2 },
      told: [],
    });
    expect(reportOf(outcome)).toMatchObject({ rows: 2, episodes: [101, 102], eventsKept: 0 });
    const { caseFile, protocol } = await caseOfStore(store, 'A');
    expect(protocol).toEqual(PROTOCOL);
    expect(caseFile.episode).toMatchObject({ id: 'A', laterality: 'left', tumor: { grade: 2 } });
    const actions = (await store.pageAudit({ after: 0, limit: 100 })).map(({ action }) => action);
    expect(actions.filter((action) => action === 'episode.registered')).toHaveLength(2);
  });

  it('tells the escalations that the ends of new episodes leave unanswered', async () => {
    const suspicious = { ...EXAM, id: 'x9', biRads: '5' };
    const end = { type: 'closure', id: 'c1', date: '2026-02-25', reason: 'withdrew' };
    const rows = () => documentRows(caseOf('A', [EXAM, end]), caseOf('B', [suspicious, end]));
    const store = await memoryClinic();
    const told = [{ line: 2, episode: 'B', escalation: 'esc.x9', action: 'biopsy' }];
    const dry = await importInto(contextOf(store), rows(), { dryRun: true });
    expect(reportOf(dry).leftUnanswered).toEqual(told);
    const outcome = await importInto(contextOf(store), rows());
    expect(reportOf(outcome)).toMatchObject({ written: true, leftUnanswered: told });
    expect(reportOf(await importInto(contextOf(store), rows())).leftUnanswered).toEqual([]);
  });

  it('takes case files with their events, and the short form', async () => {
    const store = await memoryClinic();
    const rows = documentRows(caseOf('A', [EXAM]), {
      id: 'B',
      ablatedOn: '2026-01-15',
      laterality: 'left',
    });
    expect(inShort(await importInto(contextOf(store), rows)).counts.registered).toBe(2);
    expect((await caseOfStore(store, 'A')).caseFile.events).toMatchObject([{ id: 'x1' }]);
  });

  it('a dry run gives the same report and writes nothing', async () => {
    const store = await memoryClinic();
    const before = await store.auditHead();
    const text = `${HEAD}\nA,2026-01-15,left,2`;
    const dry = await importInto(contextOf(store), csvRows(text), { dryRun: true });
    expect(await store.auditHead()).toEqual(before);
    expect(reportOf(dry)).toMatchObject({ written: false, episodes: [] });
    const wet = await importInto(contextOf(store), csvRows(text));
    expect(inShort(dry).counts).toEqual(inShort(wet).counts);
  });

  it('needs a protocol that is there, unchanged and approved', async () => {
    const store = await memoryClinic();
    const rows = () => csvRows(`${HEAD}\nA,2026-01-15,left,2`);
    const faults = [
      { ...PROTOCOL, version: '9' },
      { ...PROTOCOL, hash: 'f'.repeat(64) },
    ].map((protocol) => importInto(contextOf(store), rows(), { protocol }));
    expect(await Promise.all(faults)).toMatchObject([
      { ok: false, fault: 'not-found' },
      { ok: false, fault: 'refused' },
    ]);
    const document = '{}';
    const protocol = { id: 'mine', version: '1', hash: 'a'.repeat(64), document };
    const act = { actor: 'dr-lee', at: Date.UTC(2026, 2, 2) };
    value(await store.recordProtocol(act, { clinic: NORTH.id, protocol }));
    const { document: _, ...pin } = protocol;
    expect(await importInto(contextOf(store), rows(), { protocol: pin })).toMatchObject({
      ok: false,
      fault: 'refused',
      problems: [{ message: expect.stringContaining('approved') }],
    });
  });

  it('of a file without an episode says so', async () => {
    const store = await memoryClinic();
    expect(await importInto(contextOf(store), documentRows())).toMatchObject({
      ok: false,
      fault: 'invalid',
      problems: [{ message: 'the file holds no episode' }],
    });
    expect(inShort(await importInto(contextOf(store), csvRows(''))).told).toEqual([
      '1: : the file is empty',
    ]);
  });
});

describe('faulty rows', () => {
  const TEXT = [
    HEAD,
    'A,2026-01-15,left,2',
    'B,2026-01-15,left,7',
    'C,2026-03-02,left,2',
    'D,2026-03-01,middle,2',
    'E,2026-01-15,left,2',
    'E,2026-01-15,right,2',
    '=F,2026-01-15,left,2',
  ].join('\n');
  const TOLD = [
    '3: grade: the value is not allowed',
    '4: ablatedOn: the ablation lies in the future',
    '5: laterality: the value is not allowed',
    '6: id: another row has the same id: line 7',
    '7: id: another row has the same id: line 6',
    '8: id: a spreadsheet would read this cell as a formula',
  ];

  it('are all told by their lines, and nothing is written', async () => {
    const store = await memoryClinic();
    const before = await store.auditHead();
    const outcome = await importInto(contextOf(store), csvRows(TEXT));
    expect(inShort(outcome)).toEqual({
      outcome: 'invalid',
      written: false,
      counts: { ...NONE, registered: 1, faulty: 6 },
      told: TOLD,
    });
    expect(await store.auditHead()).toEqual(before);
  });

  it('are left out where that is asked for: the others are kept', async () => {
    const store = await memoryClinic();
    const outcome = await importInto(contextOf(store), csvRows(TEXT), { partial: true });
    expect(inShort(outcome)).toEqual({
      outcome: 'ok',
      written: true,
      counts: { ...NONE, registered: 1, faulty: 6 },
      told: TOLD,
    });
    expect(await heads(store, 'A', 'B', 'C', 'D', 'E', '=F')).toMatchObject([{ externalId: 'A' }]);
  });

  it('and no other: also a partial import is a fault', async () => {
    const outcome = await importInto(
      contextOf(await memoryClinic()),
      csvRows('name,date\nA,2026-01-15'),
      { partial: true },
    );
    expect(inShort(outcome)).toMatchObject({ outcome: 'invalid', written: false });
  });

  it('case files: events after today, an id that is missing, a side that is missing', async () => {
    const tomorrow = { ...EXAM, date: '2026-03-02' };
    const rows = documentRows(
      caseOf('A', [tomorrow]),
      { ablatedOn: '2026-01-15', laterality: 'left' },
      { id: 'C', ablatedOn: '2026-01-15' },
      { episode: { id: 'D' }, events: [] },
      17,
    );
    const outcome = await importInto(contextOf(await memoryClinic()), rows);
    expect(inShort(outcome).told).toEqual([
      '1: events[0].date: the imaging lies in the future',
      '2: id: an episode that is kept needs its id',
      '3: laterality: an episode that is kept needs its side',
      '4: episode.laterality: this field is missing',
      '4: episode.ablation: this field is missing',
      '5: : this is not a case file',
    ]);
  });

  it('today is that of the clinic', async () => {
    const rows = () => csvRows(`${HEAD}\nA,2026-03-02,left,2`);
    const store = await memoryClinic();
    const context = contextOf(store);
    expect((await importInto(context, rows())).ok).toBe(false);
    const later = { ...context, clock: () => Date.UTC(2026, 2, 1, 23, 30) };
    expect((await importInto(later, rows())).ok).toBe(true);
  });

  it('of very many the first are listed and all are counted', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => `R${index},2026-01-15,left,9`);
    const outcome = await importInto(
      contextOf(await memoryClinic()),
      csvRows([HEAD, ...rows].join('\n')),
    );
    const { problems, problemsLeftOut, faulty } = reportOf(outcome);
    expect([problems.length, problemsLeftOut, faulty]).toEqual([300, 700, 1000]);
  });

  it('three of 100 000: those three are told, and nothing is written', async () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => `R${index},2026-01-15,left,2`);
    rows[17] = 'R17,2026-13-15,left,2';
    rows[50_000] = 'R50000,2026-01-15,left,two';
    rows[99_999] = 'R99999,2026-01-15,left';
    const store = await clinicFile(`${tempFolder()}/clinic.db`);
    const before = await store.auditHead();
    const outcome = await importInto(contextOf(store), csvRows([HEAD, ...rows].join('\n')));
    expect(inShort(outcome)).toEqual({
      outcome: 'invalid',
      written: false,
      counts: { ...NONE, registered: 99_997, faulty: 3 },
      told: [
        '19: ablatedOn: this day does not exist in the calendar',
        '50002: grade: this is not a number',
        '100001: : the row has too few cells',
      ],
    });
    expect(await store.auditHead()).toEqual(before);
    await store.close();
  }, 60_000);
});

describe('the same file again', () => {
  it('changes nothing, not even the audit log', async () => {
    const store = await memoryClinic();
    const documents = [caseOf('A', [EXAM], { tumor: { sizeMm: 12.5, grade: 2 } }), caseOf('B')];
    await importInto(contextOf(store), documentRows(...documents));
    const before = await store.auditHead();
    const again = await importInto(contextOf(store, 200), documentRows(...documents));
    expect(inShort(again)).toEqual({
      outcome: 'ok',
      written: false,
      counts: { ...NONE, unchanged: 2 },
      told: [],
    });
    expect(await store.auditHead()).toEqual(before);
  });

  it('with new rows registers those', async () => {
    const store = await memoryClinic();
    await importInto(contextOf(store), documentRows(caseOf('A')));
    const again = await importInto(contextOf(store, 200), documentRows(caseOf('A'), caseOf('B')));
    expect(inShort(again).counts).toEqual({ ...NONE, unchanged: 1, registered: 1 });
    expect(reportOf(again).episodes).toEqual([201]);
  });

  it('keeps events that the file lacks, and counts them', async () => {
    const store = await memoryClinic();
    await importInto(contextOf(store), documentRows(caseOf('A', [EXAM])));
    const again = await importInto(contextOf(store, 200), documentRows(caseOf('A')));
    expect(reportOf(again)).toMatchObject({ unchanged: 1, eventsKept: 1 });
    expect((await caseOfStore(store, 'A')).caseFile.events).toHaveLength(1);
  });

  it('the short form does not deny what it cannot say', async () => {
    const store = await memoryClinic();
    const ablation = { date: '2026-01-15', technique: 'ultrasound-guided', freezeThawCycles: 2 };
    const full = caseOf('A', [], { ablation, tumor: { grade: 2 } });
    await importInto(contextOf(store), documentRows(full));
    const again = await importInto(
      contextOf(store, 200),
      csvRows('id,ablatedOn,laterality\nA,2026-01-15,left'),
    );
    expect(inShort(again).counts).toEqual({ ...NONE, unchanged: 1 });
  });
});

describe('a file that says something else', () => {
  const SECOND = { ...EXAM, id: 'x2', date: '2026-02-25' };

  async function storeWith(...documents: readonly unknown[]) {
    const store = await memoryClinic();
    await importInto(contextOf(store), documentRows(...documents));
    return store;
  }

  it('is refused row by row unless an update is asked for', async () => {
    const store = await storeWith(caseOf('A', [EXAM]), caseOf('B', [], { tumor: { grade: 1 } }));
    const before = await store.auditHead();
    const outcome = await importInto(
      contextOf(store, 200),
      documentRows(caseOf('A', [EXAM, SECOND]), caseOf('B', [], { tumor: { grade: 2 } })),
    );
    expect(reportOf(outcome).problems.map(({ problem }) => problem.found)).toEqual([
      '1 further events',
      'other tumor.grade',
    ]);
    expect(inShort(outcome)).toMatchObject({ outcome: 'invalid', written: false });
    expect(await store.auditHead()).toEqual(before);
  });

  it('is taken over by an update: other facts are recorded, further events appended', async () => {
    const store = await storeWith(caseOf('A', [EXAM], { tumor: { grade: 1, er: 'positive' } }));
    const changed = caseOf('A', [SECOND], { tumor: { grade: 2 } });
    const dry = await importInto(contextOf(store), documentRows(changed), {
      update: true,
      dryRun: true,
    });
    expect(inShort(dry)).toMatchObject({ written: false, counts: { ...NONE, updated: 1 } });
    const outcome = await importInto(contextOf(store, 200), documentRows(changed), {
      update: true,
    });
    expect(inShort(outcome)).toMatchObject({
      outcome: 'ok',
      written: true,
      counts: { ...NONE, updated: 1 },
    });
    expect(reportOf(outcome)).toMatchObject({ episodes: [101], eventsKept: 1 });
    const { version, caseFile } = await caseOfStore(store, 'A');
    expect(version).toBe(3);
    expect(caseFile.episode.tumor).toEqual({ grade: 2 });
    expect(caseFile.events.map(({ id }) => id)).toEqual(['x1', 'x2']);
  });

  it('in the short form adds to the facts and takes none away', async () => {
    const store = await storeWith(
      caseOf('A', [], { tumor: { er: 'positive' }, intent: 'curative' }),
    );
    await importInto(contextOf(store, 200), csvRows(`${HEAD}\nA,2026-01-15,left,3`), {
      update: true,
    });
    expect((await caseOfStore(store, 'A')).caseFile.episode).toMatchObject({
      intent: 'curative',
      tumor: { er: 'positive', grade: 3 },
    });
  });

  it('an event that is recorded is never changed', async () => {
    const store = await storeWith(caseOf('A', [EXAM]));
    const outcome = await importInto(
      contextOf(store, 200),
      documentRows(caseOf('A', [{ ...EXAM, biRads: '3' }])),
      { update: true },
    );
    expect(inShort(outcome)).toMatchObject({
      outcome: 'invalid',
      told: ['1: events[0]: the store has another event with the id of this imaging'],
    });
  });

  it('an end of surveillance that leaves an escalation open is not taken over in passing', async () => {
    const suspicious = { ...EXAM, biRads: '5' };
    const closure = { type: 'closure', id: 'c1', date: '2026-02-28', reason: 'withdrew' };
    const store = await storeWith(caseOf('A', [suspicious]), caseOf('B'));
    const outcome = await importInto(
      contextOf(store, 200),
      documentRows(caseOf('A', [suspicious, closure]), caseOf('B', [closure])),
      { update: true, partial: true },
    );
    expect(inShort(outcome)).toMatchObject({ counts: { ...NONE, updated: 1, faulty: 1 } });
    expect(inShort(outcome).told[0]).toContain('1: events: an open escalation would be closed');
  });

  it('other facts by which an open escalation would vanish are not taken over in passing', async () => {
    const suspicious = { ...EXAM, biRads: '5' };
    const store = await storeWith(caseOf('A', [suspicious]), caseOf('B', [EXAM]));
    const later = { ablation: { date: '2026-02-25' } };
    const outcome = await importInto(
      contextOf(store, 200),
      documentRows(caseOf('A', [suspicious], later), caseOf('B', [EXAM], later)),
      { update: true, partial: true },
    );
    expect(inShort(outcome)).toMatchObject({ counts: { ...NONE, updated: 1, faulty: 1 } });
    expect(inShort(outcome).told).toEqual([
      '1: : an open escalation would vanish: esc.x1 (biopsy by 2026-02-27)',
    ]);
    expect((await caseOfStore(store, 'A')).version).toBe(1);
  });

  it('an event that takes back the exam may end its escalation', async () => {
    const suspicious = { ...EXAM, biRads: '5' };
    const mistake = { type: 'correction', id: 'k1', date: '2026-02-28', of: 'x1', reason: 'typo' };
    const store = await storeWith(caseOf('A', [suspicious]));
    const facts = { tumor: { grade: 2 } };
    const outcome = await importInto(
      contextOf(store, 200),
      documentRows(caseOf('A', [suspicious, mistake], facts)),
      { update: true },
    );
    expect(inShort(outcome)).toMatchObject({ counts: { ...NONE, updated: 1 }, told: [] });
  });

  it('a patient is lost to follow-up only after attempts, or with a reason', async () => {
    const store = await storeWith(caseOf('A'));
    const lost = { type: 'closure', id: 'c1', date: '2026-02-28', reason: 'lost-to-follow-up' };
    const outcome = await importInto(contextOf(store, 200), documentRows(caseOf('A', [lost])), {
      update: true,
    });
    expect(inShort(outcome)).toMatchObject({ outcome: 'invalid', counts: { faulty: 1 } });
  });

  it('an ablation date behind a repeat ablation that the store has does not fit', async () => {
    const store = await storeWith(
      caseOf('A', [{ type: 'ablation', id: 'a2', date: '2026-02-01' }]),
    );
    const outcome = await importInto(
      contextOf(store, 200),
      csvRows('id,ablatedOn,laterality\nA,2026-02-15,left'),
      { update: true },
    );
    expect(inShort(outcome).told).toEqual([
      '2: events[0].date: a repeat ablation is dated before the first one',
    ]);
  });
});

describe('two at once', () => {
  it('two imports of one file: one is kept, the other writes nothing and is told to run again', async () => {
    const path = `${tempFolder()}/clinic.db`;
    const stores = [await clinicFile(path), await sameClinicFile(path)];
    const text = `${HEAD}\nA,2026-01-15,left,2\nB,2026-01-15,left,2\nC,2026-01-15,left,2`;
    const outcomes = await Promise.all(
      stores.map((store, index) => importInto(contextOf(store, 1000 * (index + 1)), csvRows(text))),
    );
    const [kept, lost] = [...outcomes].sort((a, b) => Number(b.ok) - Number(a.ok));
    expect(kept).toMatchObject({ ok: true, value: { registered: 3 } });
    expect(lost).toMatchObject({
      ok: false,
      fault: 'conflict',
      problems: [{ mend: expect.stringContaining('run the import again') }],
      report: { written: false },
    });
    const [first] = stores;
    if (first === undefined) throw new Error('there are two');
    expect(await first.pageCases({ clinic: NORTH.id, after: 0, limit: 10 })).toHaveLength(3);
    const again = await importInto(contextOf(first, 5000), csvRows(text));
    expect(inShort(again).counts).toEqual({ ...NONE, unchanged: 3 });
    for (const store of stores) await store.close();
  });

  it('an episode that is changed while an update runs is left as it is and told by its row', async () => {
    const store = await memoryClinic();
    await importInto(contextOf(store), documentRows(caseOf('A'), caseOf('B')));
    const other = { clinic: NORTH.id, episode: 102, expected: 1 };
    const racing: Store = {
      ...store,
      reviseEpisode: async (act, work) => {
        if (work.episode === 102) {
          const { caseFile } = await caseOfStore(store, 'B');
          const facts = { ...caseFile.episode, intent: 'palliative' as const };
          value(await store.reviseEpisode(act, { ...other, facts }));
        }
        return store.reviseEpisode(act, work);
      },
    };
    const outcome = await importInto(
      contextOf(racing, 200),
      documentRows(
        caseOf('A', [], { tumor: { grade: 2 } }),
        caseOf('B', [], { tumor: { grade: 2 } }),
        caseOf('C'),
      ),
      { update: true },
    );
    expect(inShort(outcome)).toEqual({
      outcome: 'conflict',
      written: true,
      counts: { ...NONE, registered: 1, updated: 1, faulty: 1 },
      told: ['2: : the episode was changed meanwhile and stands at version 2'],
    });
    expect((await caseOfStore(store, 'B')).caseFile.episode).toMatchObject({
      intent: 'palliative',
    });
  });
});
