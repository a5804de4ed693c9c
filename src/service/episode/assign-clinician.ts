import { dayInZone } from '../../domain/clock.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { StoredCase } from '../../store/stored-case.ts';
import type { AccessContext } from '../access/access-context.ts';
import { findAccount } from '../access/account-name.ts';
import { actOfCaller } from '../access/caller-of-account.ts';
import { notAllowed } from '../access/not-allowed.ts';
import { type Caller, may } from '../access/permission.ts';
import { fail, notDone, type ServiceOutcome, succeed } from '../service-outcome.ts';
import { afterChange } from './after-change.ts';
import { findEpisode } from './find-episode.ts';
import { planStored } from './plan-stored.ts';
import { refreshHandedOut } from './settle-episode.ts';

/** Who is to be responsible for an episode, or no longer. */
export interface AssignmentWork {
  readonly clinic: Clinic;
  /** The clinic's id of the episode. */
  readonly episode: string;
  /** Name of the account: one with a role in the clinic. */
  readonly account: string;
  readonly assigned: boolean;
  /** Who asks; needs `register`. */
  readonly caller: Caller;
  /** True: says what would change, and writes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** What an assignment is, or would be. */
export interface Assignment {
  readonly episode: string;
  /** The name by which the account is shown. */
  readonly clinician: string;
  /** False: it was so before. */
  readonly changed: boolean;
}

/** Makes somebody responsible for an episode, or no longer; their calendar shows it from then on, or no more. */
export async function assignClinician(
  access: AccessContext,
  work: AssignmentWork,
): Promise<ServiceOutcome<Assignment>> {
  const { clinic, episode, caller, assigned, dryRun = false } = work;
  if (!may(caller, clinic.id, 'register')) return notAllowed('say who is responsible for episodes');
  const found = await findEpisode(access, clinic, episode);
  if (!found.ok) return found;
  const account = await findAccount(access, work.account);
  const { store } = access;
  const hasRole = account.ok && account.value.roles.some((role) => role.clinic === clinic.id);
  if (!hasRole) {
    const message = 'the clinic has no such account';
    return fail('not-found', { path: 'account', message });
  }
  const { id, name, displayName } = account.value;
  const scope = { clinic: clinic.id, episode: found.value.id };
  const told = { episode: found.value.caseFile.episode.id, clinician: displayName ?? name };
  if (dryRun) {
    const now = await store.cliniciansOfEpisode(scope);
    if (now.outcome !== 'ok') return notDone(now);
    return succeed({ ...told, changed: now.value.includes(id) !== assigned });
  }
  const done = await store.assignClinician(actOfCaller(access, caller), {
    ...scope,
    account: id,
    assigned,
  });
  if (done.outcome !== 'ok') return notDone(done);
  const { changed } = done.value;
  if (changed && assigned) await showInFeeds(access, clinic, found.value);
  return succeed({ ...told, changed });
}

/** The calendar of whoever became responsible may be the first at its level of privacy to show the episode. */
async function showInFeeds(access: AccessContext, clinic: Clinic, stored: StoredCase) {
  const asOf = dayInZone(access.clock(), clinic.zone);
  const plan = await planStored(access, clinic.id, stored, { asOf });
  if (!plan.ok) return;
  const { id: episode, version } = stored;
  await afterChange(() => refreshHandedOut(access, { clinic, episode, version, plan: plan.value }));
}
