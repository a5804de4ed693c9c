import { describe, expect, it } from 'vitest';
import { keysInWords, visitInWords } from '../../src/domain/visit-words.ts';
import { toHtml } from '../../src/export/html.ts';
import { SAMPLE_NAMES, samplePlan } from './sample-plans.ts';

const VOID = /^<(?:!DOCTYPE|meta|br)\b/;

/** Tags that are not closed in the order in which they were opened. */
function unbalanced(page: string): string[] {
  const open: string[] = [];
  for (const tag of page.match(/<[^>]*>/g) ?? []) {
    if (VOID.test(tag) || tag.endsWith('/>')) continue;
    const name = /^<\/?([a-z0-9]+)/.exec(tag)?.[1] ?? tag;
    if (!tag.startsWith('</')) open.push(name);
    else if (open.at(-1) === name) open.pop();
    else return [...open, tag];
  }
  return open;
}

function textOf(page: string): string {
  return page
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

describe('the page', () => {
  it.each(SAMPLE_NAMES)('is a balanced document with language and title: %s', (name) => {
    const plan = samplePlan(name);
    const page = toHtml(plan);
    expect(unbalanced(page)).toEqual([]);
    expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">/);
    expect(page).toContain(
      `<title>Imaging surveillance of episode ${plan.episode.id}, as of ${plan.asOf}</title>`,
    );
  });

  it.each(SAMPLE_NAMES)('loads nothing and runs nothing: %s', (name) => {
    const tags = toHtml(samplePlan(name)).match(/<[^>]*>/g) ?? [];
    expect(tags.filter((tag) => /^<(?:script|link|img|iframe|object|form|a)\b/i.test(tag))).toEqual(
      [],
    );
    expect(tags.filter((tag) => /\s(?:on\w+|src|href)=/i.test(tag))).toEqual([]);
    expect(toHtml(samplePlan(name))).not.toMatch(/@import|url\((?!#)/);
  });

  it.each(SAMPLE_NAMES)('draws each visit once and tells the same dates in a table: %s', (name) => {
    const plan = samplePlan(name);
    const page = toHtml(plan);
    for (const { key, earliest, target, latest } of plan.visits) {
      expect(
        page.split(
          `aria-label="${visitInWords(key)}: ${earliest} to ${latest}, target ${target}, `,
        ),
      ).toHaveLength(2);
      expect(page).toContain(
        `<th scope="row">${visitInWords(key)}</th><td class="date" data-label="Earliest">${earliest}</td><td class="date" data-label="Target"><strong>${target}</strong></td><td class="date" data-label="Latest">${latest}</td>`,
      );
    }
  });

  it('draws a bar from the first to the last day of its window on the axis', () => {
    const plan = samplePlan('baseline-ahead');
    const row = /aria-label="routine visit, month 120[\s\S]*?<\/svg>/.exec(toHtml(plan))?.[0] ?? '';
    const [, x, width] = /<rect class="solid" x="(\d+)" y="4" width="(\d+)"/.exec(row) ?? [];
    expect(Number(x) + Number(width)).toBe(1000);
    const days = (from: string, to: string): number => Date.parse(to) - Date.parse(from);
    const share = days('2035-12-15', '2036-02-15') / days('2026-01-15', '2036-02-15');
    expect(Number(width)).toBe(Math.round(share * 1000));
  });

  it('puts escalations before visits, unanswered ones first', () => {
    const text = textOf(toHtml(samplePlan('escalated')));
    const places = [
      'Biopsy by 2027-02-01',
      'Advanced imaging with MRI',
      'Windows:',
      'Every recorded exam',
    ];
    const found = places.map((place) => text.indexOf(place));
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(found[0]).toBeGreaterThan(0);
  });

  it.each(SAMPLE_NAMES)(
    'gives each line its arithmetic, rule, protocol and sources: %s',
    (name) => {
      const plan = samplePlan(name);
      const text = textOf(toHtml(plan));
      for (const { because } of [...plan.escalations, ...plan.visits]) {
        const { arithmetic, rule, section, protocol, citations, reasons } = because;
        for (const sentence of [...arithmetic, ...reasons])
          expect(text).toContain(keysInWords(sentence, plan));
        expect(text).toContain(
          `Because of rule ${rule} (section ${section}), protocol ${protocol.id} ${protocol.version}; counted from`,
        );
        for (const { source, certainty, citation } of citations) {
          expect(text).toContain(`${source} (certainty: ${certainty.replaceAll('-', ' ')})`);
          expect(text).toContain(citation);
        }
      }
    },
  );

  it.each(SAMPLE_NAMES)('tells every exam, assumption and warning: %s', (name) => {
    const plan = samplePlan(name);
    const text = textOf(toHtml(plan));
    for (const { reason } of plan.exams) expect(text).toContain(keysInWords(reason, plan));
    for (const { message } of [...plan.assumptions, ...plan.warnings])
      expect(text).toContain(message);
  });

  it('says at its foot what it is not', () => {
    const text = textOf(toHtml(samplePlan('ended')));
    expect(text).toContain('a protocol that a clinician must have approved');
    expect(text).toContain('reads no images and decides nothing');
  });
});
