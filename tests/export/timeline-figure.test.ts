import { describe, expect, test } from 'vitest';
import { visitInWords } from '../../src/domain/visit-words.ts';
import { appointmentInWords } from '../../src/export/appointment-words.ts';
import { timelineFigure, timelineTable } from '../../src/export/timeline-figure.ts';
import { itemInWords, timelineItems } from '../../src/export/timeline-items.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { samplePlan } from './sample-plans.ts';

const NAMES = ['booked-interval', 'escalated', 'overdue'] as const;

/** What a drawing says in text, row after row. */
function textsOf({ text }: { readonly text: string }): string[] {
  return [...text.matchAll(/<text class="label"[^>]*>([\s\S]*?)<\/text>/g)].map(([, inner = '']) =>
    inner.replace(/<[^>]*>/g, '').trim(),
  );
}

/** Where marks lie, in per cent of the width. */
function placesOf({ text }: { readonly text: string }): number[] {
  return [...text.matchAll(/ x[12]?="([\d.-]+)%"/g)].map(([, place]) => Number(place));
}

describe.each(NAMES)('the timeline of %s', (name) => {
  const plan: Plan = samplePlan(name);
  const figure = timelineFigure(plan);

  test('names every visit with its three days and its status', () => {
    const texts = textsOf(figure);
    for (const { key, earliest, target, latest } of plan.visits) {
      const row = texts.findIndex((text) => text.startsWith(`${visitInWords(key)} `));
      expect(row).toBeGreaterThanOrEqual(0);
      expect(texts[row + 1]).toBe(`${earliest} to ${latest}, target ${target}`);
    }
  });

  test('names every exam with its verdict, every escalation with its deadline, every appointment', () => {
    const said = textsOf(figure).join('\n');
    for (const { id, date, verdict, modality } of plan.exams) {
      expect(said).toMatch(new RegExp(`${id} ${verdict.replaceAll('-', ' ')}`));
      expect(said).toContain(`${modality} ${date}`);
    }
    for (const { key, dueBy } of plan.escalations) {
      expect(said).toContain(key.replace('esc.', 'escalation '));
      expect(said).toContain(`by ${dueBy}`);
    }
    for (const { booking } of plan.visits) {
      if (booking !== null)
        expect(said).toContain(`booked: ${appointmentInWords(booking.appointment)}`);
    }
  });

  test('names the ablation, the day, and the last day of staged visits', () => {
    const texts = textsOf(figure);
    expect(texts).toContain(`ablation ${plan.episode.ablationDate}`);
    expect(texts).toContain(`as of ${plan.asOf}`);
    expect(texts).toContain(`staged visits until ${plan.horizon}`);
  });

  test('says in its description and in the table all that is drawn', () => {
    const table = timelineTable(plan).text;
    for (const item of timelineItems(plan)) {
      expect(figure.text).toContain(itemInWords(item));
      for (const part of [item.name, item.state, item.lines.join('; ')]) {
        expect(table).toContain(part);
      }
    }
  });

  test('keeps every mark inside of the drawing, and every window in the order of its days', () => {
    for (const place of placesOf(figure)) {
      expect(place).toBeGreaterThanOrEqual(0);
      expect(place).toBeLessThanOrEqual(100);
    }
    expect(figure.text).not.toMatch(/width="-|NaN/);
  });

  test('is one picture with a name, and holds no colour and no style of its own', () => {
    expect(figure.text).toContain('role="img" aria-labelledby="timeline-title"');
    expect(figure.text).not.toMatch(/style=|#[0-9a-f]{3,6}\b|rgb\(/i);
  });
});

describe('what is drawn', () => {
  const marksOf = (plan: Plan) =>
    timelineItems(plan).flatMap(({ marks }) => marks.map(({ shape }) => shape));

  test('an exam that filled a visit stands in the row of that visit', () => {
    const plan = samplePlan('booked-interval');
    const filled = plan.exams.find(({ visit }) => visit !== null);
    const row = timelineItems(plan).find(({ name }) => name === visitInWords(filled?.visit ?? ''));
    expect(row?.marks).toContainEqual({ shape: 'exam-counted', at: filled?.date });
  });

  test('an answered escalation is hollow, an open one is not', () => {
    const plan = samplePlan('escalated');
    for (const { key, status } of plan.escalations) {
      const row = timelineItems(plan).find(
        ({ name }) => name === key.replace('esc.', 'escalation '),
      );
      const open = status === 'open' || status === 'overdue';
      expect(row?.urgent).toBe(open);
      expect(row?.marks[0]).toMatchObject({ shape: 'deadline', look: open ? 'open' : 'hollow' });
    }
  });

  test('what ended the surveillance, and a suspension with its last day', () => {
    const plan = samplePlan('booked-interval');
    const event = { id: 'c1', type: 'closure', date: '2026-07-01' } as const;
    const ended: Plan = { ...plan, endedBy: 'c1', events: [...plan.events, event] };
    expect(marksOf(ended)).toContain('end');
    const held: Plan = { ...plan, suspendedUntil: '2026-12-31' };
    expect(marksOf(held)).toContain('pause');
    expect(timelineItems(held).map(itemInWords)).toContain('suspended: until 2026-12-31');
  });

  test('rows stand in the order of their days', () => {
    const days = timelineItems(samplePlan('escalated')).map(({ day }) => day);
    expect(days).toEqual([...days].sort());
  });

  test('a state that has no room behind its name stands whole in the line below', () => {
    const plan = samplePlan('booked-interval');
    const exams = plan.exams.map((exam) => ({
      ...exam,
      id: 'x'.repeat(30),
      visit: null,
      lanes: [],
    }));
    const texts = textsOf(timelineFigure({ ...plan, exams }));
    const name = texts.indexOf(`exam ${'x'.repeat(30)}`);
    expect(name).toBeGreaterThanOrEqual(0);
    expect(texts[name + 1]).toBe(exams[0]?.verdict.replaceAll('-', ' '));
  });

  test('a long course is drawn in parts that fit on paper, each named and with the years above', () => {
    const plan = samplePlan('booked-interval');
    const [exam] = plan.exams;
    if (exam === undefined) throw new Error('the sample has no exam');
    const more = Array.from({ length: 60 }, (_, index) => ({
      ...exam,
      id: `y${index}`,
      visit: null,
    }));
    const long: Plan = { ...plan, exams: [...plan.exams, ...more] };
    const { text } = timelineFigure(long);
    const parts = text.split('<svg role="img"').slice(1);
    expect(parts.length).toBeGreaterThan(3);
    for (const [index, part] of parts.entries()) {
      expect(Number(/height="([\d.]+)em"/.exec(part)?.[1])).toBeLessThan(43);
      expect(part).toContain(`, part ${index + 1} of ${parts.length}</title>`);
      expect(part).toContain('class="year"');
    }
    for (const item of timelineItems(long)) expect(text).toContain(itemInWords(item));
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a text that is too long is cut in the drawing, and whole in the table', () => {
    const plan = samplePlan('booked-interval');
    const id = 'x'.repeat(200);
    const long: Plan = { ...plan, exams: plan.exams.map((exam) => ({ ...exam, id })) };
    for (const text of textsOf(timelineFigure(long))) expect([...text].length).toBeLessThan(76);
    expect(timelineTable(long).text).toContain(id);
  });
});
