import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BUCKET_NAMES, BUCKETS } from '../../src/plan/worklist-buckets.ts';
import { loadClinicCalendar } from '../../src/worklist/clinic-calendar.ts';

const page = readFileSync(new URL('../../docs/worklist.md', import.meta.url), 'utf8');

describe('docs/worklist.md', () => {
  it('defines every bucket in the words of the software, most urgent first', () => {
    const rows = page.match(/^\| `[a-z-]+` \| .* \|$/gm) ?? [];
    expect(rows).toEqual(
      BUCKET_NAMES.map((bucket) => `| \`${bucket}\` | ${BUCKETS[bucket].says} |`),
    );
  });

  it('shows a clinic calendar that loads', () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
    expect(loadClinicCalendar(JSON.parse(example))).toMatchObject({ ok: true });
  });
});
