import type { Episode } from '../../domain/episode.ts';
import type { CaseEvent } from '../../domain/event.ts';
import { subscriptionEntry } from '../access-audit.ts';
import { type Acknowledgement, eventsDetail, wellFormed } from '../acknowledgement.ts';
import type { Act } from '../act.ts';
import type { AuditEntry } from '../audit.ts';
import { eventsContent, factsContent } from '../content.ts';
import { eventColumns, factsText } from '../event-text.ts';
import { type NotDone, notFound, refused } from '../result.ts';
import type { EpisodeChange } from '../store.ts';
import type { NewEpisode } from '../stored-case.ts';
import type { ProtocolPin } from '../stored-protocol.ts';
import {
  type Change,
  type Decided,
  episodeAt,
  pinFault,
  replaceEpisode,
  unchanged,
} from './memory-change.ts';
import type { MemoryEpisode, MemoryEvent, MemoryState } from './memory-state.ts';
import { endingSubscriptions } from './memory-subscriptions.ts';

/** The changes of episodes: their facts, their protocol, what happened. */

export function registerEpisodes(
  state: MemoryState,
  act: Act,
  { clinic, episodes }: { readonly clinic: number; readonly episodes: readonly NewEpisode[] },
): Decided<null> {
  if (!state.clinics.has(clinic)) return notFound('clinic');
  const ids = new Set(state.episodes.keys());
  const externalIds = new Set(externalIdsOf(state, clinic));
  const made: [number, MemoryEpisode][] = [];
  for (const [index, { id, facts, protocol, events = [] }] of episodes.entries()) {
    if (ids.has(id)) return refused('id-taken', index);
    if (externalIds.has(facts.id)) return refused('external-id-taken', index);
    const fault = pinFault(state, clinic, protocol, index);
    if (fault !== undefined) return fault;
    if (hasTwice(events)) return refused('event-id-taken', index);
    ids.add(id);
    externalIds.add(facts.id);
    const stated = standing(facts, protocol);
    const episode = {
      ...stated,
      version: 1,
      planVersion: null,
      statements: [{ version: 1, facts: stated.facts, protocol: stated.protocol }],
      events: logged(act, events, 1),
      acknowledgements: [],
      items: [],
      calendar: [],
      clinicians: [],
    };
    made.push([id, episode]);
  }
  return {
    value: null,
    audit: made.flatMap(([id, episode]) => [
      factsEntry('episode.registered', clinic, id, episode),
      ...eventsEntry(clinic, id, 1, episode.events),
    ]),
    apply: () => {
      for (const [id, episode] of made) replaceEpisode(state, { clinic, episode: id }, episode);
    },
  };
}

export function reviseEpisode(
  state: MemoryState,
  act: Act,
  work: EpisodeChange & { readonly facts: Episode },
): Decided<{ readonly version: number }> {
  const found = episodeAt(state, work, work.expected);
  if (!('episode' in found)) return found;
  const { episode } = found;
  const names = standing(work.facts, episode.protocol);
  if (names.facts === episode.facts) return unchanged({ version: episode.version });
  if (
    names.externalId !== episode.externalId &&
    externalIdsOf(state, work.clinic).includes(names.externalId)
  ) {
    return refused('external-id-taken');
  }
  const revised = restated(state, work, 'episode.revised', { ...episode, ...names });
  const { patientRef } = episode;
  if (patientRef === undefined || patientRef === names.patientRef) return revised;
  const ended = endingSubscriptions(state, act, { clinic: work.clinic, patientRef });
  return {
    value: revised.value,
    audit: [...revised.audit, ...ended.map(subscriptionEntry)],
    apply: () => {
      revised.apply();
      for (const each of ended) state.subscriptions.set(each.selector, each);
    },
  };
}

export function pinProtocol(
  state: MemoryState,
  work: EpisodeChange & { readonly protocol: ProtocolPin },
): Decided<{ readonly version: number }> {
  const found = episodeAt(state, work, work.expected);
  if (!('episode' in found)) return found;
  const { episode } = found;
  const fault: NotDone | undefined = pinFault(state, work.clinic, work.protocol);
  if (fault !== undefined) return fault;
  const { id, version } = work.protocol;
  if (episode.protocol.id === id && episode.protocol.version === version) {
    return unchanged({ version: episode.version });
  }
  const protocol = { id, version, hash: work.protocol.hash };
  return restated(state, work, 'episode.pinned', { ...episode, protocol });
}

export function appendEvents(
  state: MemoryState,
  act: Act,
  work: EpisodeChange & {
    readonly events: readonly CaseEvent[];
    readonly acknowledgement?: Acknowledgement | undefined;
  },
): Decided<{ readonly version: number }> {
  const found = episodeAt(state, work, work.expected);
  if (!('episode' in found)) return found;
  const { episode } = found;
  if (work.events.length === 0) return unchanged({ version: episode.version });
  if (hasTwice([...episode.events, ...work.events])) return refused('event-id-taken');
  const version = episode.version + 1;
  const events = logged(act, work.events, version);
  const given = work.acknowledgement && wellFormed(work.acknowledgement);
  const changed = {
    ...episode,
    version,
    events: [...episode.events, ...events],
    acknowledgements: [
      ...episode.acknowledgements,
      ...(given === undefined ? [] : [{ ...given, actor: act.actor, at: act.at, version }]),
    ],
  };
  return {
    value: { version },
    audit: eventsEntry(work.clinic, work.episode, version, events, given),
    apply: () => replaceEpisode(state, work, changed),
  };
}

/** An episode's names, facts and protocol, as text. */
function standing(facts: Episode, protocol: ProtocolPin) {
  return {
    externalId: facts.id.toWellFormed(),
    patientRef: facts.patientRef?.toWellFormed(),
    facts: factsText(facts),
    protocol: { id: protocol.id, version: protocol.version, hash: protocol.hash },
  };
}

function restated(
  state: MemoryState,
  work: EpisodeChange,
  action: 'episode.revised' | 'episode.pinned',
  changed: MemoryEpisode,
): Change<{ readonly version: number }> {
  const version = changed.version + 1;
  const { facts, protocol } = changed;
  const statements = [...changed.statements, { version, facts, protocol }];
  const episode = { ...changed, version, statements };
  return {
    value: { version },
    audit: [factsEntry(action, work.clinic, work.episode, episode)],
    apply: () => replaceEpisode(state, work, episode),
  };
}

function factsEntry(
  action: 'episode.registered' | 'episode.revised' | 'episode.pinned',
  clinic: number,
  id: number,
  episode: MemoryEpisode,
): AuditEntry {
  const { facts, protocol, version } = episode;
  return {
    action,
    clinic,
    episode: id,
    version,
    detail: { protocol: protocol.id, protocolVersion: protocol.version },
    content: factsContent(facts, protocol),
  };
}

function eventsEntry(
  clinic: number,
  id: number,
  version: number,
  events: readonly MemoryEvent[],
  acknowledgement?: Acknowledgement,
): AuditEntry[] {
  if (events.length === 0) return [];
  const detail = eventsDetail(events.length, acknowledgement);
  const content = eventsContent(events, acknowledgement);
  return [{ action: 'events.appended', clinic, episode: id, version, detail, content }];
}

function logged(act: Act, events: readonly CaseEvent[], version: number): MemoryEvent[] {
  const { at, actor } = act;
  return events.map((event) => ({ ...eventColumns(event), at, actor, version }));
}

function externalIdsOf(state: MemoryState, clinic: number): string[] {
  return [...state.episodes.values()].flatMap((kept) =>
    kept.clinic === clinic && kept.episode !== null ? [kept.episode.externalId] : [],
  );
}

function hasTwice(events: readonly { readonly id: string }[]): boolean {
  return new Set(events.map(({ id }) => id.toWellFormed())).size < events.length;
}
