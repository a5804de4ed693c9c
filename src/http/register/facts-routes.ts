import type { AblationFacts } from '../../domain/ablation.ts';
import { may } from '../../service/access/permission.ts';
import { changedMeanwhile } from '../../service/episode/changed-meanwhile.ts';
import { showEpisode } from '../../service/episode/show-episode.ts';
import { type Updated, updateEpisode } from '../../service/episode/update-episode.ts';
import type { ServiceFailure } from '../../service/service-outcome.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import type { Fields } from '../fields.ts';
import { episodePath } from '../paths.ts';
import { refuseFailure } from '../refuse.ts';
import { goTo, pageAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { STATUS_OF } from '../status-of.ts';
import { FACT_FIELDS } from './fact-fields.ts';
import { factsDocument, factTexts } from './facts-document.ts';
import { factsForm, factsPreview } from './facts-page.ts';

/** Facts that became known or were wrong: the form, what they change, and then the episode. */
export const FACTS_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/c/:clinic/episodes/:episode/facts',
    door: 'page',
    needs: 'register',
    handle: showForm,
  },
  {
    method: 'POST',
    path: '/c/:clinic/episodes/:episode/facts',
    door: 'page',
    needs: 'register',
    handle: change,
  },
];

async function showForm(call: ClinicCall): Promise<Answer> {
  const { context, clinic, params, fields } = call;
  const shown = await showEpisode(context, { clinic, episode: params.episode ?? '' });
  if (!shown.ok) return refuseFailure(call, 'page', shown);
  const { id, version, facts } = shown.value;
  const filled = fields.with({ ...factTexts(facts), expected: String(version) });
  return pageAnswer(factsForm(call, filled, { episode: id }));
}

async function change(call: ClinicCall): Promise<Answer> {
  const { context, clinic, fields, caller } = call;
  const episode = call.params.episode ?? '';
  const step = fields.text('step');
  if (step === 'edit') return pageAnswer(factsForm(call, fields, { episode }));
  const facts = factsDocument(episode, fields);
  const expected = versionOf(fields);
  // Without a version nobody has seen what would be changed.
  const dryRun = step !== 'confirm' || expected === undefined;
  const mayDecide = may(caller, clinic.id, 'decide');
  const work = { clinic, episode, facts: { whole: facts }, expected, mayDecide, dryRun };
  const done = await updateEpisode(context, work);
  if (!done.ok) return notChanged(call, done);
  if (dryRun) return preview(call, fields, done.value);
  const key = done.value.changed ? 'facts' : 'facts-before';
  return goTo(`${episodePath(clinic, episode)}?done=${key}`);
}

async function preview(call: ClinicCall, fields: Fields, updated: Updated): Promise<Answer> {
  const { context, clinic } = call;
  const { episode } = updated;
  const shown = await showEpisode(context, { clinic, episode });
  if (!shown.ok) return refuseFailure(call, 'page', shown);
  const { ablation } = factsDocument(episode, fields) as { readonly ablation: AblationFacts };
  const parts = { updated, before: shown.value.facts, ablation };
  const seen = fields.with({ expected: String(updated.version) });
  return pageAnswer(factsPreview(call, seen, parts));
}

/** Why facts were not taken over: to be mended in the form, or looked at anew beside what others did. */
async function notChanged(call: ClinicCall, failure: ServiceFailure): Promise<Answer> {
  const { fields, clinic } = call;
  const episode = call.params.episode ?? '';
  const { fault, problems } = failure;
  if (fault === 'invalid') return pageAnswer(factsForm(call, fields, { episode, problems }), 422);
  if (fault === 'refused') {
    // What it found are keys, for programs; its message says it in words.
    const told = problems.map(({ found: _, ...problem }) => problem);
    return pageAnswer(factsForm(call, fields, { episode, problems: told }), STATUS_OF[fault]);
  }
  const seen = versionOf(fields);
  if (fault !== 'conflict' || seen === undefined) return refuseFailure(call, 'page', failure);
  const found = await changedMeanwhile(call.context, { clinic, episode, seen });
  if (!found.ok) return refuseFailure(call, 'page', found);
  const meanwhile = found.value;
  const merged = mergedFacts(
    fields,
    factTexts(meanwhile.factsBefore),
    factTexts(meanwhile.factsNow),
  );
  const work = { clinic, episode, facts: { whole: factsDocument(episode, fields) } };
  const same = await updateEpisode(call.context, {
    ...work,
    expected: meanwhile.version,
    dryRun: true,
  });
  // The same form sent twice: what it says is recorded.
  if (same.ok && !same.value.changed) {
    return goTo(`${episodePath(clinic, episode)}?done=facts-before`);
  }
  const again = merged.with({ expected: String(meanwhile.version) });
  return pageAnswer(factsForm(call, again, { episode, meanwhile }), 409);
}

type Texts = Readonly<Record<string, string>>;

/** What somebody typed stays; where nothing was changed stands what others recorded. */
function mergedFacts(typed: Fields, before: Texts, now: Texts): Fields {
  const untouched = FACT_FIELDS.filter(({ name }) => typed.text(name) === before[name]);
  return typed.with(Object.fromEntries(untouched.map(({ name }) => [name, now[name]])));
}

/** The version that the form was filled from; a form without a number asks for no version at all. */
function versionOf(fields: Fields): number | undefined {
  const text = fields.text('expected');
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
