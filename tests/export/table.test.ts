import { describe, expect, it } from 'vitest';
import { toTable } from '../../src/export/table.ts';
import { SAMPLE_NAMES, samplePlan } from './sample-plans.ts';

const wide = { width: 100, colour: false };
const narrow = { width: 60, colour: false };

function headings(text: string): string[] {
  return text.split('\n').filter((line) => /^[A-Z][A-Z, ]+$/.test(line));
}

describe('the table', () => {
  it('shows unanswered escalations before anything else', () => {
    expect(headings(toTable([samplePlan('escalated')], wide))).toEqual([
      'ESCALATIONS',
      'VISITS',
      'EXAMS',
      'EARLIER VISITS',
      'ANSWERED ESCALATIONS',
      'ASSUMED, BECAUSE NOT RECORDED',
      'SOURCES',
    ]);
  });

  it.each(SAMPLE_NAMES)('tells the three dates and the status of every visit: %s', (name) => {
    const plan = samplePlan(name);
    for (const options of [wide, narrow]) {
      const text = toTable([plan], options).replace(/\s+/g, ' ');
      for (const { key, earliest, target, latest } of plan.visits) {
        expect(text).toContain(
          options === wide
            ? `${key} ${earliest} ${target} ${latest} `
            : `${earliest} to ${latest}, target ${target}`,
        );
      }
    }
  });

  it.each(SAMPLE_NAMES)('fits 60 and 80 columns: %s', (name) => {
    for (const width of [60, 80]) {
      const lines = toTable([samplePlan(name)], { width, colour: false }).split('\n');
      expect(lines.filter((line) => line.length > width)).toEqual([]);
    }
  });

  it('gives the reasons from 80 columns on', () => {
    const plan = samplePlan('overdue');
    const reasons = plan.visits.flatMap(({ because }) => because.arithmetic);
    const text = toTable([plan], { width: 80, colour: false }).replace(/\s+/g, ' ');
    expect(reasons.filter((sentence) => !text.includes(sentence))).toEqual([]);
    expect(toTable([plan], { width: 79, colour: false })).not.toContain('why:');
  });

  it('numbers the sources and lists each once, with its certainty', () => {
    const plan = samplePlan('overdue');
    const text = toTable([plan], { width: 120, colour: false });
    const cited = new Set(
      [...plan.visits, ...plan.escalations].flatMap(({ because }) =>
        because.citations.map(
          ({ citation, certainty }) => `${citation} (${certainty.replaceAll('-', ' ')})`,
        ),
      ),
    );
    const listed = text
      .slice(text.indexOf('SOURCES'))
      .split(/\n {2}\[\d+\] /)
      .slice(1)
      .map((entry) => entry.replace(/\s+/g, ' ').trim());
    expect(new Set(listed)).toEqual(cited);
    expect(listed).toHaveLength(cited.size);
  });

  it('lists the facts that are not recorded together', () => {
    const plan = samplePlan('overdue');
    const facts = plan.assumptions.flatMap(({ fact }) => fact ?? []);
    const text = toTable([plan], { width: 100, colour: false }).replace(/\s+/g, ' ');
    expect(facts.length).toBeGreaterThan(1);
    expect(text).toContain(
      `Not recorded, and each could have raised the tier: ${facts.join(', ')}.`,
    );
  });

  it('says how many days something is late', () => {
    const text = toTable([samplePlan('overdue')], narrow);
    const visit = samplePlan('overdue').visits.find(({ status }) => status === 'overdue');
    const late = (Date.parse('2027-06-01') - Date.parse(visit?.latest ?? '')) / 86_400_000;
    expect(text).toContain(`(${visit?.key}): overdue by ${late} days`);
    expect(toTable([samplePlan('escalated')], narrow)).toContain('overdue by 19 days');
  });

  it('says that nothing is planned once surveillance has ended', () => {
    expect(toTable([samplePlan('ended')], wide)).toContain('No visit is planned.');
  });

  it('tells with colour nothing that it does not tell without', () => {
    const plan = samplePlan('escalated');
    const coloured = toTable([plan], { ...wide, colour: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences of our own are meant
    const sequences = /\u001b\[[\d;]*m/g;
    expect(coloured).toMatch(sequences);
    expect(coloured.replace(sequences, '')).toBe(toTable([plan], wide));
  });

  it('separates several plans by an empty line', () => {
    const [first, second] = [samplePlan('overdue'), samplePlan('ended')];
    expect(toTable([first, second], wide)).toBe(
      `${toTable([first], wide)}\n${toTable([second], wide)}`,
    );
  });
});
