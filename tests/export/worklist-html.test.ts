import { describe, expect, it } from 'vitest';
import { worklistToHtml } from '../../src/export/worklist-html.ts';
import { BUCKET_NAMES, BUCKETS } from '../../src/plan/worklist-buckets.ts';
import { filterWorklist, makeWorklist } from '../../src/worklist/worklist.ts';
import { sampleDiff, sampleWorklist } from './sample-worklist.ts';

const worklist = sampleWorklist();
const page = worklistToHtml(worklist, sampleDiff());
const tags = page.match(/<[^>]*>/g) ?? [];

function unbalanced(): string[] {
  const open: string[] = [];
  for (const tag of tags) {
    if (/^<(?:!DOCTYPE|meta|br)\b/.test(tag)) continue;
    const name = /^<\/?([a-z0-9]+)/.exec(tag)?.[1] ?? tag;
    if (!tag.startsWith('</')) open.push(name);
    else if (open.at(-1) === name) open.pop();
    else return [...open, tag];
  }
  return open;
}

describe('a worklist as a page', () => {
  it('is a balanced document with language and title', () => {
    expect(unbalanced()).toEqual([]);
    expect(page).toMatch(/^<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">/);
    expect(page).toContain('<title>Worklist as of 2026-06-20</title>');
  });

  it('loads nothing and runs nothing', () => {
    expect(tags.filter((tag) => /^<(?:script|link|img|iframe|object|form|a)\b/i.test(tag))).toEqual(
      [],
    );
    expect(tags.filter((tag) => /\s(?:on\w+|src|href|style)=/i.test(tag))).toEqual([]);
    expect(page).not.toMatch(/@import|url\((?!#)/);
  });

  it('has a table a bucket, most urgent first, and every row with its reason', () => {
    const headings = page.match(/<h2>[^<]*<\/h2>/g) ?? [];
    expect(headings.slice(0, -1)).toEqual(
      BUCKET_NAMES.map(
        (bucket) => `<h2>${BUCKETS[bucket].title} (${worklist.counts[bucket]})</h2>`,
      ),
    );
    expect(page.match(/<tr[^>]*><th scope="row">/g)).toHaveLength(worklist.rows.length);
    const told = page.replace(/<\/?span[^>]*>/g, '');
    for (const { reason } of worklist.rows) expect(told).toContain(reason);
  });

  it('marks what is late in words too', () => {
    const late = worklist.rows.filter(({ daysLate }) => daysLate !== null && daysLate > 0);
    expect(page.match(/<tr class="late">/g)).toHaveLength(late.length);
    for (const { daysLate } of late) expect(page).toContain(`${daysLate} days late</span>`);
  });

  it('breaks neither a date nor a reference at its hyphens', () => {
    const cells = page.match(/<(?:th scope="row"|td)[ >].*?<\/t[hd]>/g) ?? [];
    expect(cells.length).toBeGreaterThan(worklist.rows.length);
    for (const cell of cells) {
      const loose = cell.replace(/<span class="(?:window|whole)">[^<]*<\/span>/g, '');
      expect(loose).not.toMatch(/\d{4}-\d{2}-\d{2}|EP-\d/);
    }
  });

  it('says of a bucket without rows that it is of this list, where rows are left out', () => {
    const part = filterWorklist(worklist, { buckets: ['overdue'] });
    const filtered = worklistToHtml(part);
    expect(filtered).toContain(`${part.leftOut} more are left out by the filter`);
    expect(filtered).toContain('<dt>Later</dt><dd>0 on this list</dd>');
    expect(filtered).toContain(`<dt>${BUCKETS.overdue.title}</dt><dd>${part.counts.overdue}</dd>`);
    expect(worklistToHtml(makeWorklist([], worklist))).toContain('<dt>Later</dt><dd>0</dd>');
    expect(worklistToHtml(part, null, 'lie later')).toContain(
      `${part.leftOut} more lie later.</p>`,
    );
  });

  it('tells the changes since the list before, where they are given', () => {
    expect(page).toContain('<h2>Changes since 2026-05-31</h2>');
    expect(page).toContain(
      'EP-11 (North), baseline exam (a1.baseline): was due (2026-05-25 to 2026-06-25, target 2026-05-25); resolved by exam x1',
    );
    expect(worklistToHtml(worklist)).not.toContain('Changes since');
  });

  it('of no open item says so', () => {
    expect(worklistToHtml(makeWorklist([], worklist))).toContain('<p>0 open items.</p>');
  });
});
