import { describe, expect, it } from 'vitest';
import { worklistDiffToText, worklistToText } from '../../src/export/worklist-text.ts';
import { BUCKET_NAMES, BUCKETS } from '../../src/plan/worklist-buckets.ts';
import { filterWorklist, makeWorklist } from '../../src/worklist/worklist.ts';
import { sampleDiff, sampleWorklist } from './sample-worklist.ts';

const worklist = sampleWorklist();
const flat = (text: string) => text.replace(/\s+/g, ' ');
const write = (list = worklist, width = 100) => worklistToText(list, { width, colour: false });

describe('a worklist as text', () => {
  it('is a sample in which every bucket is occupied', () => {
    expect(BUCKET_NAMES.filter((bucket) => worklist.counts[bucket] === 0)).toEqual([]);
  });

  it('shows the buckets from the most urgent on, each with its count and definition', () => {
    const titles = BUCKET_NAMES.map(
      (bucket) => `${BUCKETS[bucket].title.toUpperCase()} (${worklist.counts[bucket]})`,
    );
    const lines = write().split('\n');
    expect(lines.filter((line) => /^[A-Z ]+ \(\d+\)$/.test(line))).toEqual(titles);
    for (const bucket of BUCKET_NAMES) {
      expect(flat(write())).toContain(BUCKETS[bucket].says.replace('N days', '30 days'));
    }
  });

  it('tells each row its reason, rule and lateness', () => {
    const text = flat(write());
    for (const { reason, rule } of worklist.rows) {
      expect(text).toContain(
        `${reason} [${rule.id} (${rule.section}), ${rule.protocol.id} ${rule.protocol.version}]`,
      );
    }
    expect(text).toContain('! biopsy; by 2026-03-12; 100 days late');
    expect(text).toContain('suggested day: 2026-06-23, 13 days after the target');
    expect(text).toContain('contacts: 2, last call on 2026-06-12 (left message)');
  });

  it('counts the empty buckets too, and what a filter left out', () => {
    const part = write(filterWorklist(worklist, { buckets: ['due'] }));
    expect(part).toContain(`1 open item, ${worklist.rows.length - 1} left out by the filter`);
    expect(part).toContain('\n  0 escalation-overdue\n');
    expect(write(makeWorklist([], worklist))).toContain('Worklist as of 2026-06-20: 0 open items');
  });

  it.each([40, 60, 80])('fits %i columns', (width) => {
    const lines = [
      ...write(worklist, width).split('\n'),
      ...worklistDiffToText(sampleDiff(), { width, colour: false }).split('\n'),
    ];
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  });

  it('tells with colour nothing that it does not tell without', () => {
    const coloured = worklistToText(worklist, { width: 100, colour: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences of our own are meant
    const sequences = /\u001b\[[\d;]*m/g;
    expect(coloured).toMatch(sequences);
    expect(coloured.replace(sequences, '')).toBe(write());
  });
});

describe('the difference of two worklists as text', () => {
  const text = flat(worklistDiffToText(sampleDiff(), { width: 120, colour: false }));

  it('counts what changed, and names each change with its cause', () => {
    expect(text).toContain('Changes from 2026-05-31 to 2026-06-20');
    expect(text).toContain('BECAME OVERDUE (1) - EP-03');
    expect(text).toContain('as the days went by');
    expect(text).toContain('RESOLVED (1) - EP-11');
    expect(text).toContain('resolved by exam x1 of 2026-06-08');
  });

  it('puts what became overdue first', () => {
    const places = ['BECAME OVERDUE', 'NEW (', 'MOVED', 'IN ANOTHER BUCKET', 'RESOLVED'].map(
      (title) => text.indexOf(title),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });
});
