import { type NotDone, refused } from './result.ts';

/** The longest name and query of a view, in UTF-16 units; longer ones are refused: `too-long`. */
export const VIEW_NAME_MAX = 60;
export const VIEW_QUERY_MAX = 2000;

/** A worklist as someone wants to see it again. */
export interface SavedView {
  readonly name: string;
  /**
   * The query string of its address, without `?`. Filters only, never a patient's reference: an erasure
   * does not look into it.
   */
  readonly query: string;
}

/** A view as it is kept. */
export function keptView({ name, query }: SavedView): SavedView | NotDone {
  if (name.length > VIEW_NAME_MAX || query.length > VIEW_QUERY_MAX) return refused('too-long');
  return { name: name.toWellFormed(), query: query.toWellFormed() };
}
