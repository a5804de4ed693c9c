import { describe, expect, it } from 'vitest';
import type { CaseDocument } from '../../../src/input/parse-case.ts';
import { defaultProtocol, PROTOCOL_IDS } from '../../../src/protocol/catalog.ts';
import { loadProtocol } from '../../../src/protocol/load-protocol.ts';
import { listProtocols } from '../../../src/service/case/list-protocols.ts';
import { createPlanner } from '../../../src/service/case/plan-surveillance.ts';
import { readDocument } from '../../../src/service/case/read-document.ts';
import { selectProtocol } from '../../../src/service/case/select-protocol.ts';

const NOON = Date.UTC(2026, 5, 15, 12);
const plannerIn = (zone: string, instant = NOON) => createPlanner({ clock: () => instant, zone });
const plan = plannerIn('UTC');
const caseFile: CaseDocument = {
  episode: { id: 'EP-1', laterality: 'left', ablation: { date: '2026-01-15' } },
  events: [],
};

describe('the run’s day', () => {
  it.each([
    ['Pacific/Kiritimati', '2026-06-16'],
    ['Asia/Kathmandu', '2026-06-15'],
    ['UTC', '2026-06-15'],
    ['America/Los_Angeles', '2026-06-15'],
    ['No/Such', '2026-06-15'],
  ])('at noon UTC in %s is %s', (zone, day) => {
    const planned = plannerIn(zone)(caseFile);
    expect(planned.ok && planned.value.asOf).toBe(day);
  });

  it('decides the status and nothing else', () => {
    const lastMinute = Date.UTC(2026, 4, 15, 23, 59);
    const status = (zone: string) => {
      const planned = plannerIn(zone, lastMinute)(caseFile);
      return planned.ok && planned.value.visits[0];
    };
    expect(status('America/Los_Angeles')).toMatchObject({ status: 'due', latest: '2026-05-15' });
    expect(status('Pacific/Kiritimati')).toMatchObject({
      status: 'overdue',
      latest: '2026-05-15',
    });
  });

  it('gives way to the day of the case, and that to the day of the options', () => {
    const own = plan({ ...caseFile, asOf: '2026-02-01' });
    expect(own.ok && own.value.asOf).toBe('2026-02-01');
    const asked = plan({ ...caseFile, asOf: '2026-02-01' }, { asOf: '2026-03-01' });
    expect(asked.ok && asked.value.asOf).toBe('2026-03-01');
  });

  it('is not asked where it is not needed', () => {
    const none = createPlanner({
      clock: () => Number.NaN,
      zone: 'UTC',
    });
    expect(none(caseFile, { asOf: '2026-03-01' }).ok).toBe(true);
  });
});

describe('options', () => {
  it.each(['2026-02-30', '2026-3-1', 'today', ''])('asOf %j is a problem', (asOf) => {
    expect(plan(caseFile, { asOf })).toMatchObject({
      ok: false,
      problems: [{ path: 'asOf', found: JSON.stringify(asOf) }],
    });
  });

  it('take a protocol by its id, or as an object', () => {
    const byId = plan(caseFile, { protocol: 'ice3' });
    expect(byId.ok && byId.value.protocol.id).toBe('ice3');
    const own = plan(caseFile, { protocol: { ...defaultProtocol(), id: 'mine' } });
    expect(own.ok && own.value.protocol.id).toBe('mine');
  });

  it('an unknown protocol is a problem with the nearest', () => {
    expect(plan(caseFile, { protocol: 'ice4' })).toMatchObject({
      ok: false,
      problems: [{ path: 'protocol', found: '"ice4"', mend: 'did you mean ice3?' }],
    });
  });
});

describe('selectProtocol', () => {
  it('checks a document', () => {
    expect(selectProtocol({ schemaVersion: 1 }).ok).toBe(false);
    expect(selectProtocol(JSON.parse(JSON.stringify(defaultProtocol())))).toEqual(
      loadProtocol(defaultProtocol()),
    );
  });
});

describe('listProtocols', () => {
  it('names each protocol of the catalog with its kind, the default first', () => {
    const lines = listProtocols();
    expect(lines.map(({ id }) => id)).toEqual([...PROTOCOL_IDS]);
    expect(lines[0]).toMatchObject({ id: 'staged-risk-adapted', kind: 'staged' });
    expect(lines.find(({ id }) => id === 'ice3')?.kind).toBe('lanes');
    for (const { status } of lines) expect(status).toContain('needs approval by a clinician');
  });
});

describe('readDocument', () => {
  it('reads a case, a case under "case", and the short form alike', () => {
    const direct = readDocument(caseFile);
    expect(direct.ok).toBe(true);
    expect(readDocument({ name: 'some', case: caseFile, expect: {} })).toEqual(direct);
    const short = readDocument({ ablatedOn: '2026-01-15', id: 'EP-1', laterality: 'left' });
    expect(short).toEqual(direct);
  });

  it.each([null, 1, 'x', [], [caseFile], {}, { case: null }, { ablatedOn: null }])(
    '%j is a problem',
    (document) => {
      const read = readDocument(document);
      expect(read.ok).toBe(false);
      if (!read.ok) expect(read.problems.length).toBeGreaterThan(0);
    },
  );

  it('a case is not taken for the short form because it has its field too', () => {
    expect(readDocument({ ...caseFile, ablatedOn: '2026-01-15' })).toMatchObject({
      ok: false,
      problems: [{ path: 'ablatedOn', message: 'this field is not known' }],
    });
  });
});
