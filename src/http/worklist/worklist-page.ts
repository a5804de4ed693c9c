import { counted } from '../../domain/counted.ts';
import type { Problem } from '../../domain/problem.ts';
import { dateInWords } from '../../export/date-words.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { withDays } from '../../export/worklist-words.ts';
import { type Caller, may } from '../../service/access/permission.ts';
import {
  BUCKET_NAMES,
  BUCKETS,
  type Bucket,
  type WorklistPage,
  type WorklistRow,
} from '../../service/night/read-worklist.ts';
import type { Clinic } from '../../service/store-access.ts';
import type { Fields } from '../fields.ts';
import { type FormState, fieldId } from '../page/form-fields.ts';
import { problemInWords, problemSummary } from '../page/problems.ts';
import { problemsByField } from '../page/problems-by-field.ts';
import { clinicPath, episodePath, withQuery } from '../paths.ts';
import { bucketLinks } from './bucket-links.ts';
import { filterForm } from './filter-form.ts';
import { actsAllowed, type OpenRow } from './open-row.ts';
import { COLUMNS, rowMarkup } from './row-markup.ts';
import { savedViews } from './saved-views.ts';
import { withoutOpenRow } from './worklist-query.ts';

/** What the page of the worklist tells. */
export interface WorklistParts {
  readonly clinic: Clinic;
  readonly caller: Caller;
  readonly list: WorklistPage;
  /** The query as it was typed. */
  readonly query: Fields;
  /** The filters in it. */
  readonly filters: Fields;
  readonly problems: readonly Problem[];
  readonly views: readonly { readonly name: string; readonly query: string }[];
  /** The row in which something is to be recorded. */
  readonly open: OpenRow | null;
  /** The form of a view that could not be saved. */
  readonly viewState?: FormState | undefined;
}

/** The filters that have a field of their own, and the name of a view, as the summary of faults names them. */
const LABELS: Readonly<Record<string, string>> = {
  from: 'Can be done from',
  to: 'Can be done until',
  soon: 'Days that are “soon”',
  name: 'Saved view',
};

/** The body of the worklist's page: what could not be planned, the buckets, filters, rows. */
export function worklistBody(parts: WorklistParts): Markup {
  const { clinic, list, query, filters, problems, views } = parts;
  const path = clinicPath(clinic, 'worklist');
  const { found, later, asOf, unplanned } = list;
  const open = found - later;
  const state = { fields: query, problems: problemsByField(problems) };
  const viewState = parts.viewState ?? { fields: filters, problems: new Map() };
  return html`<div class="headline"><h1>Worklist</h1>
<p>${counted(open, 'open item')}${later === 0 ? '' : `, and ${later} later`} as of <span class="date">${dateInWords(asOf)}</span>${filters.toString() === '' ? EMPTY : html`, by the filters of this page`}.</p></div>
${problemSummary(problems.map(withLabel), ({ path: name }) => (Object.hasOwn(LABELS, name) ? fieldId(name) : undefined))}${
  problems.length === 0
    ? EMPTY
    : html`<p>The list is shown without what cannot be read.</p>
`
}${unplannedMarkup(clinic, unplanned)}${bucketLinks(path, filters, list)}<div class="tools no-print">${filterForm(path, state)}${savedViews(path, views, filters, viewState)}</div>
${rowsMarkup(parts)}${pagesMarkup(path, parts)}`;
}

function withLabel(problem: Problem): Problem {
  const label = LABELS[problem.path];
  return label === undefined ? problem : { ...problem, message: `${label}: ${problem.message}` };
}

function unplannedMarkup(clinic: Clinic, unplanned: WorklistPage['unplanned']): Markup {
  if (unplanned.length === 0) return EMPTY;
  const several = unplanned.length !== 1;
  return html`<section class="alarm"><h2>${unplanned.length} episode${several ? 's' : ''} could not be planned</h2>
<p>${several ? 'They stand' : 'It stands'} in no list below; somebody must look after ${several ? 'them' : 'it'}.</p>
<ul>
${unplanned.map(
  ({ episode, problems }) =>
    html`<li><a href="${episodePath(clinic, episode)}">${episode}</a>: ${problems.map(problemInWords).join(' ')}</li>
`,
)}</ul>
</section>
`;
}

/** Nothing is open where all is done, and where nothing was registered yet. */
function nothingOpen({ clinic, caller, list: { counts } }: WorklistParts): Markup {
  const first =
    counts.later > 0 || !may(caller, clinic.id, 'register')
      ? EMPTY
      : html` Episodes come onto the list when they are <a href="${clinicPath(clinic, 'register')}">registered</a>.`;
  return html`<p>Nothing is open.${first}</p>
`;
}

/** The rows by their buckets, in the order of the list. */
function rowsMarkup(parts: WorklistParts): Markup {
  const { rows } = parts.list;
  if (rows.length === 0) {
    return parts.filters.toString() === ''
      ? nothingOpen(parts)
      : html`<p>Nothing that is open fits these filters.</p>
`;
  }
  return html`${BUCKET_NAMES.map((bucket) => {
    const listed = rows.filter((row) => row.bucket === bucket);
    return listed.length === 0 ? EMPTY : bucketMarkup(bucket, listed, parts);
  })}`;
}

function bucketMarkup(
  bucket: Bucket,
  rows: readonly WorklistRow[],
  { clinic, caller, list, query, open }: WorklistParts,
): Markup {
  const { title, says } = BUCKETS[bucket];
  const count = list.counts[bucket];
  const shown = rows.length === count ? '' : `, ${rows.length} of them on this page`;
  const path = clinicPath(clinic, 'worklist');
  const shut = withoutOpenRow(query);
  const isOpen = ({ episode, item }: WorklistRow) =>
    open !== null && open.episode === episode && open.item === item;
  return html`<section>
<h2>${title} (${count}${shown})</h2>
<table class="stacks worklist">
<caption>${withDays(says, list.soonDays)}</caption>
<thead><tr>${COLUMNS.map((column) => html`<th scope="col"${column === 'Next' ? html` class="no-print"` : EMPTY}>${column}</th>`)}</tr></thead>
<tbody>
${rows.map((row) =>
  rowMarkup(row, {
    clinic,
    acts: actsAllowed(caller, clinic, row).map((act) => ({
      ...act,
      href: `${withQuery(path, shut.with({ open: row.episode, item: row.item, act: act.type }))}#row`,
      isOpen: isOpen(row) && open?.type === act.type,
    })),
    open: isOpen(row) ? (open?.form ?? null) : null,
    facts:
      row.kind === 'facts' && may(caller, clinic.id, 'register')
        ? episodePath(clinic, row.episode, 'facts')
        : null,
  }),
)}</tbody>
</table>
</section>
`;
}

function pagesMarkup(path: string, { list, filters }: WorklistParts): Markup {
  const { page, pages, before, rows, found } = list;
  if (pages === 1) return EMPTY;
  const to = (number: number) => withQuery(path, filters.with({ page: String(number) }));
  const link = (number: number, says: string) =>
    number < 1 || number > pages ? EMPTY : html` <a href="${to(number)}">${says}</a>`;
  return html`<nav aria-label="Pages" class="pages"><p>Items ${before + 1} to ${before + rows.length} of ${found}, page ${page} of ${pages}.${link(page - 1, 'The page before')}${link(page + 1, 'The next page')}</p></nav>
`;
}
