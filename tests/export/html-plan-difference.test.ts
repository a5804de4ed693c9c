import { describe, expect, test } from 'vitest';
import { planDifference } from '../../src/export/html-plan-difference.ts';
import { diffPlans } from '../../src/plan/diff-plans.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { caseOf, event, exam, planOf } from '../plan/plans.ts';

const DAY = '2026-06-15';

/** The table without the marks that keep dates in one piece. */
function told(before: Plan, after: Plan): string {
  const { text } = planDifference(before, diffPlans(before, after));
  return text.replace(/<span class="date">([^<]*)<\/span>/g, '$1');
}

describe('the difference of two plans as a table', () => {
  test('says that a plan stays as it is', () => {
    const plan = planOf(caseOf(), DAY);
    expect(told(plan, plan)).toBe('<p>The plan stays as it is.</p>\n');
  });

  test('tells a new escalation with the event that raised it, before the visits', () => {
    const after = planOf(caseOf([exam('x1', '2026-04-20', '4B')]), DAY);
    const text = told(planOf(caseOf(), DAY), after);
    expect(text).toMatch(
      /biopsy<\/th><td data-label="What happens">is added<\/td>.*biopsy by 2026-05-04/,
    );
    expect(text).toContain('exam x1 of 2026-04-20');
    expect(text.indexOf('biopsy</th>')).toBeLessThan(text.indexOf('baseline exam'));
  });

  test('has no label at what is not there: stacked on a small screen it would stand alone', () => {
    const after = planOf(caseOf([exam('x1', '2026-04-20', '4B')]), DAY);
    const text = told(planOf(caseOf(), DAY), after);
    expect(text).toContain('is added</td><td class="none">–</td><td data-label="After">');
    expect(text).toContain('falls away</td><td data-label="Before">');
    expect(text).not.toMatch(/data-label="[^"]*">(?:–|<del><\/del>|<ins><\/ins>)?<\/td>/);
  });

  test('tells an exam that no longer counts, with the reasons of both plans, and none that is new', () => {
    const exams = [exam('x1', '2026-04-15', '2'), exam('x2', '2026-12-20', '2')];
    const later = exam('x0', '2026-10-20', '2');
    const before = planOf(caseOf(exams), '2027-05-01');
    const after = planOf(caseOf([...exams, later]), '2027-05-01');
    const text = told(before, after);
    expect(text).toMatch(
      /<th scope="row">exam x2 of 2026-12-20<\/th><td data-label="What happens">no longer counts<\/td><td data-label="Before"><del>Counts for interval visit 1, [^<]*<\/del><\/td><td data-label="After"><ins>[^<]* interval visit 2 accepts exams from/,
    );
    expect(text).not.toContain('<th scope="row">exam x0 ');
    expect(told(after, before)).toContain('>counts now</td>');
  });

  test('tells the appointment that is new', () => {
    const booking = { visit: 'a1.baseline', appointment: '2026-04-20T09:30[Europe/Berlin]' };
    const after = planOf(caseOf([event('b1', 'booking', '2026-03-01', booking)]), DAY);
    const before = planOf(caseOf(), DAY);
    const { text } = planDifference(before, diffPlans(before, after), 'Europe/Berlin');
    expect(text).toMatch(/<ins>[^\n]*; booked: <span class="date">2026-04-20<\/span> 09:30<\/ins>/);
  });

  test('tells a tier that changes with its factors, before and after', () => {
    const after = planOf(caseOf([], { tumor: { sizeMm: 25 } }), DAY);
    expect(told(planOf(caseOf(), DAY), after)).toContain(
      '<del>standard</del></td><td data-label="After"><ins>high: size over 20 mm</ins>',
    );
  });

  test('lets no text of an event into the page as markup', () => {
    const before = planOf(caseOf(), DAY);
    const after = planOf(
      caseOf([
        exam('<b>x', '2026-04-20', '4'),
        event('d', 'decline', '2026-05-01', { visit: 'a1.baseline' }),
      ]),
      DAY,
    );
    const text = told(before, after);
    expect(text).not.toContain('<b>');
    expect(text).toContain('exam &lt;b&gt;x of');
  });
});
