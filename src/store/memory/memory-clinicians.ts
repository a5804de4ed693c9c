import { assignmentEntry } from '../access-audit.ts';
import type { AccountScope } from '../account.ts';
import { done, notFound, type Result } from '../result.ts';
import type { EpisodeScope } from '../stored-case.ts';
import { roleFault } from './memory-accounts.ts';
import { type Decided, episodeAt, replaceEpisode, unchanged } from './memory-change.ts';
import type { MemoryState } from './memory-state.ts';

/** Who is responsible for which episodes. */

export function episodesOfClinician(
  state: MemoryState,
  { clinic, account }: AccountScope,
): number[] {
  return [...state.episodes]
    .filter(([, kept]) => kept.clinic === clinic && kept.episode?.clinicians.includes(account))
    .map(([id]) => id)
    .sort((a, b) => a - b);
}

export function cliniciansOfEpisode(
  state: MemoryState,
  scope: EpisodeScope,
): Result<readonly number[]> {
  const found = episodeAt(state, scope);
  return 'episode' in found ? done(found.episode.clinicians) : found;
}

export function assignClinician(
  state: MemoryState,
  work: EpisodeScope & { readonly account: number; readonly assigned: boolean },
): Decided<{ readonly changed: boolean }> {
  const { account, assigned } = work;
  const found = episodeAt(state, work);
  if (!('episode' in found)) return found;
  if (!state.accounts.has(account)) return notFound('account');
  const { clinicians: before } = found.episode;
  if (before.includes(account) === assigned) return unchanged({ changed: false });
  const fault = assigned ? roleFault(state, work) : undefined;
  if (fault !== undefined) return fault;
  const others = before.filter((other) => other !== account);
  const clinicians = assigned ? [...others, account].sort((a, b) => a - b) : others;
  return {
    value: { changed: true },
    audit: [assignmentEntry(work, work, clinicians)],
    apply: () => replaceEpisode(state, work, { ...found.episode, clinicians }),
  };
}
