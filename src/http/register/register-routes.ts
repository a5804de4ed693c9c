import type { AblationFacts } from '../../domain/ablation.ts';
import type { Problem } from '../../domain/problem.ts';
import { approvedProtocols } from '../../service/clinic/approved-protocols.ts';
import {
  type Registered,
  type Registration,
  registerEpisode,
} from '../../service/episode/register-episode.ts';
import { registeredBefore } from '../../service/episode/registered-before.ts';
import type { ServiceOutcome } from '../../service/store-access.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import type { Fields } from '../fields.ts';
import { episodePath } from '../paths.ts';
import { versionText } from '../protocols/protocol-paths.ts';
import { goTo, pageAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { STATUS_OF } from '../status-of.ts';
import { factsDocument } from './facts-document.ts';
import { planPreview } from './plan-preview.ts';
import { registerForm, registerPreview } from './register-page.ts';

/** Registering an episode: the form, the plan that it gives, and then the episode. */
export const REGISTER_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/c/:clinic/register',
    door: 'page',
    needs: 'register',
    handle: showForm,
  },
  {
    method: 'POST',
    path: '/c/:clinic/register',
    door: 'page',
    needs: 'register',
    handle: register,
  },
];

async function showForm(call: ClinicCall): Promise<Answer> {
  const protocols = await approvedProtocols(call.context, call.clinic);
  const [only, ...others] = protocols;
  const fields =
    only !== undefined && others.length === 0
      ? call.fields.with({ protocol: versionText(only) })
      : call.fields;
  return pageAnswer(registerForm(call, fields, { protocols }));
}

/** Each step sends all that was typed: the preview, the confirmation, and back to the form. */
async function register(call: ClinicCall): Promise<Answer> {
  const { context, clinic, fields } = call;
  const protocols = await approvedProtocols(context, clinic);
  const step = fields.text('step');
  if (step === 'edit') return pageAnswer(registerForm(call, fields, { protocols }));
  const episode = factsDocument(fields.optional('id'), fields);
  const confirmed = step === 'confirm';
  const registration = {
    clinic,
    document: { episode, events: [] },
    protocol: wantedProtocol(fields),
    acceptContradictions: confirmed && fields.text('accept') === 'yes',
  };
  const noProtocol = registration.protocol === undefined && protocols.length > 0;
  const dryRun = !confirmed || noProtocol;
  const { done, doubts } = await attempt(call, { ...registration, dryRun });
  if (!done.ok && (await registeredBefore(context, registration))) {
    return goTo(`${episodePath(clinic, fields.text('id'))}?done=registered-before`);
  }
  if (!done.ok || noProtocol) {
    const found = done.ok ? [] : done.problems;
    const problems = noProtocol
      ? [NO_PROTOCOL, ...found.filter(({ path }) => path !== NO_PROTOCOL.path)]
      : found;
    const fault = done.ok ? 'invalid' : done.fault;
    const status = fault === 'refused' ? 422 : STATUS_OF[fault];
    return pageAnswer(registerForm(call, fields, { protocols, problems }), status);
  }
  const { externalId, plan } = done.value;
  if (!dryRun && doubts.length === 0)
    return goTo(`${episodePath(clinic, externalId)}?done=registered`);
  const { ablation } = episode as { readonly ablation: AblationFacts };
  const problems = confirmed ? [NOT_ACCEPTED] : [];
  const shown = { registered: done.value, plan: planPreview(plan), ablation, doubts, problems };
  return pageAnswer(registerPreview(call, fields, shown), confirmed ? 422 : 200);
}

interface Attempt {
  readonly done: ServiceOutcome<Registered>;
  /** Why the clinic may have the episode already; then nothing is registered, and `done` is the plan. */
  readonly doubts: readonly Problem[];
}

/** What may be there already is no fault of the form: it is asked about beside the plan. */
async function attempt({ context }: ClinicCall, registration: Registration): Promise<Attempt> {
  const done = await registerEpisode(context, registration);
  if (done.ok || done.fault !== 'invalid') return { done, doubts: [] };
  const accepting = { ...registration, acceptContradictions: true, dryRun: true };
  const accepted = await registerEpisode(context, accepting);
  return accepted.ok ? { done: accepted, doubts: done.problems } : { done, doubts: [] };
}

const NOT_ACCEPTED: Problem = {
  path: 'accept',
  message: 'the clinic may have this episode already, and nobody has said that it is another one',
  mend: 'change it, or tick the box',
};

const NO_PROTOCOL: Problem = {
  path: 'protocol',
  message: 'the episode needs its protocol',
  mend: 'choose one',
};

function wantedProtocol(fields: Fields) {
  const [id, version] = fields.text('protocol').split(' ');
  return id === undefined || id === '' ? undefined : { id, version };
}
