import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escalationInWords } from '../../src/domain/escalation-words.ts';
import { toHtml } from '../../src/export/html.ts';
import { parseCase } from '../../src/input/parse-case.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { planCase } from '../../src/service/case/plan-case.ts';
import { rowsOfPlan } from '../../src/worklist/rows-of-plan.ts';
import { anyProtocol, cases, type GeneratedCase, RUNS, read } from './arbitraries.ts';

type Json = Readonly<Record<string, unknown>>;

/** A clinic reads several studies of one day: each exam and result may have a twin of another modality. */
const twins = fc
  .tuple(cases, fc.array(fc.constantFrom(undefined, 'MRI', 'US', 'CEM'), { maxLength: 14 }))
  .map(([{ asOf, document }, modalities]): GeneratedCase => {
    const added = document.events.flatMap((event: Json, index) =>
      index < modalities.length && (event.type === 'imaging' || event.type === 'pathology')
        ? [{ ...event, id: `twin-${index}`, ...other(event, modalities[index]) }]
        : [],
    );
    return { asOf, document: { ...document, events: [...document.events, ...added] } };
  })
  .filter(({ document }) => parseCase(document).ok);

function other({ type }: Json, modality: string | undefined): Json {
  return type === 'imaging' && modality !== undefined ? { modality } : {};
}

function twinsOf({ escalations }: Plan): number {
  return escalations.length - new Set(escalations.map(({ raisedOn }) => raisedOn)).size;
}

function repeated(words: readonly string[]): string[] {
  return words.filter((each, index) => words.indexOf(each) !== index);
}

describe('the escalations of a plan', () => {
  it('have no words twice: to choose one of, in the plan as a page, in the worklist', () => {
    let pairs = 0;
    fc.assert(
      fc.property(twins, anyProtocol, ({ document, asOf }, protocol) => {
        const plan = planCase(read(document), { protocol, today: asOf, asOf });
        pairs += twinsOf(plan);
        expect(repeated(plan.escalations.map((each) => escalationInWords(each, plan)))).toEqual([]);
        const titles = [...toHtml(plan).matchAll(/<article class="escalation.*?\n<h3>(.*)<\/h3>/g)];
        expect(titles.length).toBe(plan.escalations.length);
        expect(repeated(titles.map(([, title = '']) => title))).toEqual([]);
        const rows = rowsOfPlan(plan, { clinic: 'C1', soonDays: 28 });
        const reasons = rows.filter(({ kind }) => kind === 'escalation');
        expect(repeated(reasons.map(({ reason }) => reason))).toEqual([]);
      }),
      RUNS,
    );
    expect(pairs).toBeGreaterThan(0);
  });
});
