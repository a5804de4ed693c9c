import { html, type Markup } from '../../export/markup.ts';
import type { Fields } from '../fields.ts';
import { type FormState, hiddenField, textField } from '../page/form-fields.ts';
import { withQuery } from '../paths.ts';

/** A view as the store keeps it. */
interface View {
  readonly name: string;
  readonly query: string;
}

/** The caller's saved views as links, and the forms that keep the filters of now and remove a view. */
export function savedViews(
  path: string,
  views: readonly View[],
  filters: Fields,
  state: FormState,
): Markup {
  const open = state.problems.size > 0;
  return html`<details class="no-print views"${open ? html` open` : html``}><summary>Saved views${views.length === 0 ? '' : ` (${views.length})`}</summary>
${
  views.length === 0
    ? html`<p>None yet. A view keeps the filters of this page under a name, for you alone.</p>
`
    : html`<ul>
${views.map(
  ({ name, query }) =>
    html`<li><form method="post" action="${path}/views/remove" class="view" novalidate><a href="${query === '' ? path : `${path}?${query}`}">${name}</a> ${hiddenField('name', name)}${hiddenField('back', withQuery(path, filters))}<button class="quiet" aria-label="Remove the view ${name}">Remove</button></form></li>
`,
)}</ul>
`
}<form method="post" action="${path}/views" class="narrow" novalidate>
${hiddenField('query', filters.toString())}${textField({ name: 'name', label: 'Keep the filters of now under the name', required: true, hint: 'a view with this name is replaced; a search and a code are not kept' }, state)}<button class="second">Save the view</button>
</form>
</details>
`;
}
