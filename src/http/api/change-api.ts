import type { Problem } from '../../domain/problem.ts';
import type { Plan } from '../../plan/plan.ts';
import { may, type Permission, permissionToRecord } from '../../service/access/permission.ts';
import { eventDocument } from '../../service/cohort/cohort-document.ts';
import { findEpisode } from '../../service/episode/find-episode.ts';
import { recordEvents } from '../../service/episode/record-events.ts';
import { recordingPermission } from '../../service/episode/recording-permission.ts';
import { registerEpisode } from '../../service/episode/register-episode.ts';
import { updateEpisode } from '../../service/episode/update-episode.ts';
import type { ServiceFailure } from '../../service/service-outcome.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { refuse, refuseFailure } from '../refuse.ts';
import { jsonAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { API_BASE, apiPath } from './api-paths.ts';
import { recordedAnswer, registeredAnswer, updatedAnswer } from './episode-answers.ts';
import { recordBody, registerBody, updateBody } from './episode-bodies.ts';
import { type Expected, episodeTag, expectedVersion } from './expected-version.ts';
import { readJson } from './read-request.ts';

/** What changes episodes. */
export const CHANGE_API: readonly Route[] = [
  {
    method: 'POST',
    path: `${API_BASE}/clinics/:clinic/episodes`,
    door: 'api',
    needs: 'register',
    api: {
      id: 'registerEpisode',
      summary: 'Registers an episode with its history; answers with its plan',
      body: registerBody,
      answer: registeredAnswer,
      creates: true,
      tagged: true,
    },
    handle: register,
  },
  {
    method: 'PUT',
    path: `${API_BASE}/clinics/:clinic/episodes/:episode`,
    door: 'api',
    needs: 'register',
    api: {
      id: 'updateEpisode',
      summary: 'Records other facts of an episode, all of them; answers with what that changes',
      body: updateBody,
      answer: updatedAnswer,
      tagged: true,
      expects: 'always',
    },
    handle: update,
  },
  {
    method: 'POST',
    path: `${API_BASE}/clinics/:clinic/episodes/:episode/events`,
    door: 'api',
    needs: 'record',
    api: {
      id: 'recordEvents',
      summary: 'Records what happened to a patient; answers with what that changes',
      body: recordBody,
      answer: recordedAnswer,
      tagged: true,
      expects: 'if-told',
    },
    handle: record,
  },
];

async function register(call: ClinicCall): Promise<Answer> {
  const read = readJson(call, registerBody);
  if (!read.ok) return read.refusal;
  const { context, clinic } = call;
  const { dryRun = false, protocol, acceptContradictions } = read.value;
  const { id } = read.value.case.episode;
  const needed = permissionToRecord(read.value.case.events);
  if (!mayDo(call, needed)) return refuse(call, 'api', 403, [lacking(needed)]);
  const taken = await findEpisode(context, clinic, id);
  if (taken.ok) return refuse(call, 'api', 409, [ID_TAKEN]);
  const document = caseIn(read.document);
  const registered = await registerEpisode(context, {
    clinic,
    document,
    protocol,
    acceptContradictions,
    mayDecide: mayDo(call, 'decide'),
    dryRun,
  });
  if (!registered.ok) return refuseFailure(call, 'api', inFields(within('case', registered)));
  const { protocol: pin, plan, nextVisit, leftUnanswered } = registered.value;
  const answer = { id, dryRun, version: 1, protocol: pin, plan, nextVisit, leftUnanswered };
  if (dryRun) return jsonAnswer(answer);
  const Location = apiPath(clinic, 'episodes', id);
  return jsonAnswer(answer, 201, { Location, ...tagOf(1, plan) });
}

async function update(call: ClinicCall): Promise<Answer> {
  const read = readJson(call, updateBody);
  if (!read.ok) return read.refusal;
  const { context, clinic, params } = call;
  const episode = params.episode ?? '';
  const { dryRun = false, facts } = read.value;
  const expected = expectedVersion(call, read.value.expected);
  if (!expected.ok) return refuse(call, 'api', 400, [expected.problem]);
  if (!expected.given) return refuse(call, 'api', 428, [NOT_EXPECTED]);
  if (facts.id !== episode) return refuse(call, 'api', 422, [OTHER_ID]);
  const whole = (read.document as { readonly facts: unknown }).facts;
  const updated = await updateEpisode(context, {
    clinic,
    episode,
    facts: { whole },
    expected: expected.version,
    mayDecide: mayDo(call, 'decide'),
    dryRun,
  });
  if (!updated.ok) return refuseChange(call, expected, renamed(updated, /^episode\b/, 'facts'));
  const { changed, version, after, diff } = updated.value;
  const answer = { id: episode, dryRun, changed, version, plan: after, difference: diff };
  return jsonAnswer(answer, 200, tagOf(version, after));
}

async function record(call: ClinicCall): Promise<Answer> {
  const read = readJson(call, recordBody);
  if (!read.ok) return read.refusal;
  const { context, clinic, params } = call;
  const episode = params.episode ?? '';
  const { dryRun = false, acknowledgement, acceptContradictions } = read.value;
  const expected = expectedVersion(call, read.value.expected);
  if (!expected.ok) return refuse(call, 'api', 400, [expected.problem]);
  const { events } = read.document as { readonly events: readonly unknown[] };
  const acknowledged = acknowledgement !== undefined;
  const needed = await recordingPermission(context, { clinic, episode, events, acknowledged });
  if (!needed.ok) return refuseFailure(call, 'api', needed);
  if (!mayDo(call, needed.value)) return refuse(call, 'api', 403, [lacking(needed.value)]);
  const recorded = await recordEvents(context, {
    clinic,
    episode,
    events,
    expected: expected.version,
    acknowledgement,
    acceptContradictions,
    mayDecide: mayDo(call, 'decide'),
    dryRun,
  });
  if (!recorded.ok) return refuseChange(call, expected, inFields(recorded));
  const { version, knownBefore, after, diff, newEscalations, nextVisit, warnings } = recorded.value;
  const answer = {
    id: episode,
    dryRun,
    version,
    events: recorded.value.events.map(eventDocument),
    knownBefore,
    plan: after,
    difference: diff,
    newEscalations,
    nextVisit,
    warnings,
  };
  return jsonAnswer(answer, 200, tagOf(version, after));
}

function mayDo({ caller, clinic }: ClinicCall, needed: Permission): boolean {
  return may(caller, clinic.id, needed);
}

function tagOf(version: number, { asOf }: Plan): { readonly ETag: string } {
  return { ETag: episodeTag(version, asOf) };
}

/** A conflict with the version of the header is a failed precondition. RFC 9110, 15.5.13. */
function refuseChange(
  call: ClinicCall,
  { byHeader }: Extract<Expected, { ok: true }>,
  failure: ServiceFailure,
): Answer {
  if (failure.fault === 'conflict' && byHeader) return refuse(call, 'api', 412, failure.problems);
  return refuseFailure(call, 'api', failure);
}

function caseIn(document: unknown): unknown {
  return (document as { readonly case: unknown }).case;
}

/** Problems of a case as problems of what was sent. */
function within(place: string, failure: ServiceFailure): ServiceFailure {
  return renamed(failure, /^(?=episode\b|events\b)/, `${place}.`);
}

function renamed(failure: ServiceFailure, from: RegExp, to: string): ServiceFailure {
  const problems = failure.problems.map((each) => ({ ...each, path: each.path.replace(from, to) }));
  return { ...failure, problems };
}

/** What is to be mended with an option of the command line is mended with a field here. */
function inFields(failure: ServiceFailure): ServiceFailure {
  const problems = failure.problems.map(({ mend, ...problem }) =>
    mend === undefined
      ? problem
      : { ...problem, mend: mend.replace('--accept', '"acceptContradictions": true') },
  );
  return { ...failure, problems };
}

function lacking(needed: Permission): Problem {
  return {
    path: 'events',
    message: 'recording these needs a clinician’s judgement, which the roles here do not have',
    allowed: `whoever has the permission ${needed}`,
  };
}

const ID_TAKEN: Problem = {
  path: 'case.episode.id',
  message: 'the clinic has an episode with this id',
  mend: 'record events for it, or choose another id',
};

const OTHER_ID: Problem = {
  path: 'facts.id',
  message: 'this is not the id of the episode in the path',
  mend: 'an episode keeps its id',
};

const NOT_EXPECTED: Problem = {
  path: 'expected',
  message: 'say which version of the episode these facts replace',
  allowed: 'the header If-Match with the ETag of the episode, or this field with its version',
};
