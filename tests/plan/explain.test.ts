import { describe, expect, it } from 'vitest';
import { keysInWords } from '../../src/domain/visit-words.ts';
import { explain } from '../../src/plan/explain.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { CONFORMANCE, caseOf, event, exam, planOf } from './plans.ts';

function explained(plan: Plan, key: string) {
  const outcome = explain(plan, key);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}

describe('explain', () => {
  it('answers for every visit, escalation and exam of every conformance case', () => {
    for (const { document } of CONFORMANCE) {
      const plan = planOf(document, document.asOf);
      for (const { key, because } of [...plan.visits, ...plan.escalations]) {
        const { headline, sentences } = explained(plan, key);
        expect(headline.startsWith(`${key}: `)).toBe(true);
        expect(sentences).toEqual(
          expect.arrayContaining(because.arithmetic.map((each) => keysInWords(each, plan))),
        );
        for (const { citation, certainty } of because.citations) {
          expect(
            sentences.some((text) =>
              text.startsWith(`Source (${certainty.replaceAll('-', ' ')}): ${citation}`),
            ),
          ).toBe(true);
        }
        for (const sentence of [headline, ...sentences]) expect(sentence).toMatch(/[.)]$/);
      }
      for (const { id, verdict, reason } of plan.exams) {
        expect(explained(plan, id)).toMatchObject({
          headline: expect.stringContaining(verdict.replaceAll('-', ' ')),
          sentences: [
            keysInWords(reason, plan),
            expect.stringContaining('Rule verdict (section 4)'),
          ],
        });
      }
    }
  });

  it('answers "why then?" for a visit: the interval, the anchor, the window, the event', () => {
    const plan = planOf(caseOf([exam('x1', '2026-04-15', '2')]), '2026-06-01');
    const { headline, sentences } = explained(plan, 'a1.interval-1');
    expect(headline).toBe(
      'a1.interval-1: interval visit 1, 2027-01-15 (2026-12-15 to 2027-02-15), MRI or CEM, not yet due.',
    );
    expect(sentences.slice(0, 4)).toEqual([
      'Category 2 → 12 months; tier standard caps at 18: 12 months.',
      'Target: 12 months from the ablation on 2026-01-15 = 2027-01-15.',
      'Window: month 11 (2026-12-15) to month 13 (2027-02-15), both days included; inside the band of 9 to 18 months.',
      'Last changed by the exam x1 of 2026-04-15.',
    ]);
  });

  it('tells a booking', () => {
    const booking = { visit: 'a1.baseline', appointment: '2026-04-20T09:30[Europe/Berlin]' };
    const plan = planOf(caseOf([event('b1', 'booking', '2026-03-01', booking)]), '2026-03-02');
    expect(explained(plan, 'a1.baseline').sentences).toContain(
      'Booked: 2026-04-20T09:30[Europe/Berlin].',
    );
  });

  it('tells an escalation: what was seen, what it asks for, the deadline, the answer', () => {
    const plan = planOf(
      caseOf([
        exam('x1', '2026-04-20', '4B'),
        event('p1', 'pathology', '2026-05-10', { result: 'benign-concordant' }),
      ]),
      '2026-06-01',
    );
    const { headline, sentences } = explained(plan, 'esc.x1');
    expect(headline).toBe('esc.x1: biopsy, due by 2026-05-04, resolved as of 2026-06-01.');
    expect(sentences.slice(0, 3)).toEqual([
      'BI-RADS 4B: biopsy within 14 days.',
      'Deadline: 14 days from the exam x1 on 2026-04-20 = 2026-05-04.',
      'Answered by p1 on 2026-05-10, 6 days late.',
    ]);
  });

  it('tells of an exam with its report awaited that it is', () => {
    const plan = planOf(caseOf([exam('x1', '2026-04-20')]), '2026-04-21');
    expect(explained(plan, 'x1').headline).toBe('x1: MRI on 2026-04-20, report awaited: counts.');
  });

  it('answers an unknown key with what is there and the nearest', () => {
    const plan = planOf(caseOf([exam('x1', '2026-04-20', '2')]), '2026-06-01');
    const outcome = explain(plan, 'a1.intervall-1');
    expect(outcome).toEqual({
      ok: false,
      problems: [
        {
          path: '',
          message: 'the plan has no such line',
          found: '"a1.intervall-1"',
          allowed: [...plan.visits.map(({ key }) => key), 'x1'].join(', '),
          mend: 'did you mean a1.interval-1?',
        },
      ],
    });
  });
});
