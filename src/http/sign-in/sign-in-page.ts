import type { Problem } from '../../domain/problem.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import type { OpenCall } from '../call.ts';
import { hiddenField, textField } from '../page/form-fields.ts';
import { layout } from '../page/layout.ts';
import { problemSummary } from '../page/problems.ts';
import { type KeptForm, keptFormText } from './kept-form.ts';

/** What the page for signing in tells and takes along. */
export interface SignInParts {
  /** Where to go afterwards. */
  readonly next?: string | undefined;
  readonly kept?: KeptForm | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

/** The page for signing in. */
export function signInPage(
  call: OpenCall,
  { next, kept, problems = [] }: SignInParts = {},
): Markup {
  const state = { fields: call.fields, problems: new Map() };
  const told =
    kept === undefined
      ? EMPTY
      : html`<p class="notice" role="status">The session has ended. What you typed is kept: sign in under the same name, and go on with it.</p>
`;
  const body = html`<h1>Sign in</h1>
${told}${problemSummary(problems)}<form method="post" action="/sign-in" class="narrow" novalidate>
${next === undefined ? EMPTY : hiddenField('next', next)}${kept === undefined ? EMPTY : hiddenField('kept', keptFormText(kept))}
${textField({ name: 'name', label: 'Name', autocomplete: 'username', required: true }, state)}${textField({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', required: true }, state)}<button>Sign in</button>
</form>
`;
  return layout({ ...call, caller: null }, null, { title: 'Sign in', body });
}
