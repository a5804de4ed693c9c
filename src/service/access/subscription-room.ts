import type { Problem } from '../../domain/problem.ts';
import type { AccessContext } from './access-context.ts';
import type { SubscriptionWork } from './subscription-draft.ts';
import { stateOf } from './token-state.ts';

/** So many calendars that somebody made may be open at once in a clinic. */
const MOST_OF_AN_ACCOUNT = 500;
/** And so many of the whole clinic. */
const MOST_OF_A_CLINIC = 5000;

/** Why no more calendars can be opened; undefined: one can. */
export async function noRoomProblem(
  { store, clock }: Pick<AccessContext, 'store' | 'clock'>,
  { clinic, caller }: Pick<SubscriptionWork, 'clinic' | 'caller'>,
): Promise<Problem | undefined> {
  const now = clock();
  const all = await store.listSubscriptions({ clinic: clinic.id });
  const open = all.filter((each) => stateOf(each, now) === 'active');
  if (open.length >= MOST_OF_A_CLINIC) return noRoom('the clinic has', MOST_OF_A_CLINIC);
  const own = open.filter(({ createdBy }) => createdBy === caller.name);
  return own.length >= MOST_OF_AN_ACCOUNT ? noRoom('you made', MOST_OF_AN_ACCOUNT) : undefined;
}

function noRoom(whose: string, most: number): Problem {
  return {
    path: '',
    message: `${whose} ${most} calendars that work, and no more can be open at once`,
    mend: 'revoke those that nobody uses any more',
  };
}
