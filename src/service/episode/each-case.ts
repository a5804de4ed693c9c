import type { StoredCase } from '../../store/stored-case.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

const PAGE = 500;

/** The episodes of a clinic page by page, each page as of one moment; `from`: those behind this number. */
export async function* pagesOfCases(
  { store }: Pick<SchedulerContext, 'store'>,
  clinic: number,
  from = 0,
): AsyncGenerator<readonly StoredCase[]> {
  let after = from;
  for (;;) {
    const page = await store.pageCases({ clinic, after, limit: PAGE });
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.id;
  }
}
