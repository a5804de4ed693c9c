import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { withDays } from '../../export/worklist-words.ts';
import {
  BUCKET_NAMES,
  BUCKETS,
  type Bucket,
  type WorklistPage,
} from '../../service/night/read-worklist.ts';
import type { Fields } from '../fields.ts';
import { withQuery } from '../paths.ts';

const URGENT: ReadonlySet<Bucket> = new Set(['escalation-overdue', 'escalation', 'overdue']);

/**
 * The buckets with their counts, each a link to it alone; those without an item are dim. On a small screen
 * they are folded under the one that is shown: the rows come first.
 */
export function bucketLinks(
  path: string,
  filters: Fields,
  { counts, soonDays }: Pick<WorklistPage, 'counts' | 'soonDays'>,
): Markup {
  const chosen = filters.all('bucket');
  const open = BUCKET_NAMES.filter((bucket) => bucket !== 'later').reduce(
    (sum, bucket) => sum + counts[bucket],
    0,
  );
  const all = filters.with({ bucket: undefined });
  const shown =
    chosen.length === 0
      ? ['all that is open']
      : BUCKET_NAMES.filter((bucket) => chosen.includes(bucket)).map(
          (bucket) => BUCKETS[bucket].title,
        );
  return html`<nav aria-label="Buckets"><details class="fold"><summary>Buckets: ${shown.join(', ')}</summary>
<ul class="buckets">
<li><a href="${withQuery(path, all)}"${chosen.length === 0 ? html` aria-current="true"` : EMPTY}><b>${open}</b> All that is open</a></li>
${BUCKET_NAMES.map((bucket) => {
  const count = counts[bucket];
  const { title, says } = BUCKETS[bucket];
  const classes = count === 0 ? 'dim' : URGENT.has(bucket) ? 'urgent' : '';
  const here = chosen.includes(bucket);
  return html`<li${classes === '' ? EMPTY : html` class="${classes}"`}><a href="${withQuery(path, all.with({ bucket }))}" title="${withDays(says, soonDays)}"${here ? html` aria-current="true"` : EMPTY}><b>${count}</b> ${title}</a></li>
`;
})}</ul></details></nav>
`;
}
