import { compareTexts } from '../../domain/compare-texts.ts';
import { viewEntry } from '../access-audit.ts';
import type { AccountScope } from '../account.ts';
import { keptView, type SavedView } from '../saved-view.ts';
import { roleFault } from './memory-accounts.ts';
import { type Change, type Decided, unchanged } from './memory-change.ts';
import type { MemoryState } from './memory-state.ts';

/** The saved views of the accounts. */

const keyOf = ({ clinic, account }: AccountScope) => `${clinic} ${account}`;

export function listViews(state: MemoryState, scope: AccountScope): readonly SavedView[] {
  return state.views.get(keyOf(scope)) ?? [];
}

export function saveView(
  state: MemoryState,
  work: AccountScope & { readonly view: SavedView },
): Decided<{ readonly changed: boolean }> {
  const fault = roleFault(state, work);
  if (fault !== undefined) return fault;
  const view = keptView(work.view);
  if ('outcome' in view) return view;
  const before = listViews(state, work);
  const former = before.find(({ name }) => name === view.name);
  if (former?.query === view.query) return unchanged({ changed: false });
  const others = before.filter((other) => other !== former);
  const views = [...others, view].sort((a, b) => compareTexts(a.name, b.name));
  return change(state, 'view.saved', work, views);
}

export function removeView(
  state: MemoryState,
  work: AccountScope & { readonly name: string },
): Decided<{ readonly changed: boolean }> {
  const name = work.name.toWellFormed();
  const before = listViews(state, work);
  const views = before.filter((view) => view.name !== name);
  if (views.length === before.length) return unchanged({ changed: false });
  return change(state, 'view.removed', work, views);
}

function change(
  state: MemoryState,
  action: 'view.saved' | 'view.removed',
  scope: AccountScope,
  views: readonly SavedView[],
): Change<{ readonly changed: boolean }> {
  return {
    value: { changed: true },
    audit: [viewEntry(action, scope, views)],
    apply: () => state.views.set(keyOf(scope), views),
  };
}
