import type { Problem } from '../../domain/problem.ts';
import { html, type Markup } from '../../export/markup.ts';
import { may } from '../../service/access/permission.ts';
import { changedMeanwhile } from '../../service/episode/changed-meanwhile.ts';
import {
  type RecordingSubject,
  recordingSubject,
} from '../../service/episode/recording-subject.ts';
import type { ServiceFailure } from '../../service/service-outcome.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { Fields } from '../fields.ts';
import { layout } from '../page/layout.ts';
import { whoInWords } from '../page/who.ts';
import { episodePath, withQuery } from '../paths.ts';
import { refuse, refuseFailure } from '../refuse.ts';
import { goTo, pageAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { isOwnPath } from '../sign-in/kept-form.ts';
import { STATUS_OF } from '../status-of.ts';
import { withoutOpenRow } from '../worklist/worklist-query.ts';
import type { EventForm } from './event-form.ts';
import { eventFormOf } from './event-forms.ts';
import { problemsOfForm } from './field-of-problem.ts';
import { meanwhileMarkup } from './meanwhile.ts';
import {
  type Checked,
  checkRecording,
  mayRecord,
  recordWanted,
  wantedRecording,
} from './record-check.ts';
import { recordForm } from './record-form.ts';
import { NOT_ACCEPTED, recordPreview } from './record-preview.ts';
import { startFields } from './record-start.ts';

const PATH = '/c/:clinic/episodes/:episode/record/:type';

/** Recording an event: its form, the check with what it changes, and then where the form was opened. */
export const RECORD_ROUTES: readonly Route[] = [
  { method: 'GET', path: PATH, door: 'page', needs: 'record', handle: show },
  { method: 'POST', path: PATH, door: 'page', needs: 'record', handle: step },
];

/** An event of an episode that somebody records. */
interface Recording {
  readonly call: ClinicCall;
  readonly form: EventForm;
  readonly subject: RecordingSubject;
}

async function show(call: ClinicCall): Promise<Answer> {
  const { url } = call;
  return withRecording(call, async (recording) => {
    const { form, subject } = recording;
    const of = url.searchParams.get('of') ?? undefined;
    const shown = mayRecord(
      call,
      { event: { type: form.type, ...(of !== undefined && { of }) }, acknowledgement: undefined },
      subject,
    );
    // Of a correction it depends on what is taken back, which is still to be chosen.
    if (!shown && !(form.type === 'correction' && of === undefined))
      return refuse(call, 'page', 403);
    const start = {
      of,
      item: url.searchParams.get('item') ?? undefined,
      day: url.searchParams.get('day') ?? undefined,
      back: backOf(recording, url.searchParams.get('back') ?? ''),
    };
    return formAnswer(recording, startFields(form, subject, start), {});
  });
}

async function step(sent: ClinicCall): Promise<Answer> {
  return withRecording(sent, async ({ form, subject }) => {
    const back = backOf({ call: sent, form, subject }, sent.fields.text('back'));
    const seen = /^\d{1,9}$/.test(sent.fields.text('expected'));
    const expected = seen ? sent.fields.text('expected') : String(subject.version);
    const call = { ...sent, fields: sent.fields.with({ back, expected }) };
    const recording = { call, form, subject };
    const wanted = wantedRecording(call, form);
    if (!mayRecord(call, wanted, subject)) {
      if (form.type !== 'correction') return refuse(call, 'page', 403);
      return formAnswer(recording, call.fields, { problems: [NEEDS_A_CLINICIAN], status: 403 });
    }
    switch (call.fields.text('step')) {
      case 'edit':
        return formAnswer(recording, call.fields, {});
      case 'confirm':
        return confirm(recording);
      default:
        return check(recording);
    }
  });
}

/** Whether a correction may be recorded depends on the event that was chosen in the form. */
const NEEDS_A_CLINICIAN: Problem = {
  path: 'of',
  message: 'taking this event back needs a clinician’s judgement',
  mend: 'ask a clinician to do it',
};

async function check(recording: Recording): Promise<Answer> {
  const { call, form } = recording;
  const checked = await checkRecording(call, wantedRecording(call, form));
  return checked.ok ? previewAnswer(recording, checked, []) : notDoneAnswer(recording, checked);
}

async function confirm(recording: Recording): Promise<Answer> {
  const { call, form } = recording;
  const { fields } = call;
  const id = fields.text('event');
  if (id === '') return check(recording);
  const wanted = wantedRecording(call, form);
  const accept = fields.text('accept') === 'yes';
  const once = () => recordWanted(call, wanted, { id, accept });
  const first = await once();
  // The conflict may be with this very form, sent twice at one time: then it is known by now.
  const done = !first.ok && first.fault === 'conflict' ? await once() : first;
  if (done.ok) return goTo(withDone(recording));
  if (done.fault !== 'invalid' || accept) return notDoneAnswer(recording, done);
  const checked = await checkRecording(call, wanted);
  return checked.ok
    ? previewAnswer(recording, checked, [NOT_ACCEPTED])
    : notDoneAnswer(recording, checked);
}

function previewAnswer(
  recording: Recording,
  { recorded, doubts }: Extract<Checked, { readonly ok: true }>,
  problems: readonly Problem[],
): Answer {
  const { call, form, subject } = recording;
  const { clinic, fields } = call;
  const id = recorded.events[0]?.id ?? '';
  const parts = { clinic, form, subject, fields, recorded, doubts, id, problems };
  return answer(recording, recordPreview(parts), problems.length === 0 ? 200 : 422);
}

/** Why nothing was recorded: at the fields, or what others recorded meanwhile; what was typed stays. */
async function notDoneAnswer(recording: Recording, failure: ServiceFailure): Promise<Answer> {
  const { call, form, subject } = recording;
  const { fields, context, clinic, caller } = call;
  const { fault, problems } = failure;
  if (fault === 'invalid') {
    return formAnswer(recording, fields, {
      problems: problemsOfForm(form, fields, problems),
      status: STATUS_OF[fault],
    });
  }
  if (fault === 'refused') {
    return formAnswer(recording, fields, {
      problems: problemsOfForm(form, fields, problems.map(withoutKeys)),
      status: STATUS_OF[fault],
    });
  }
  if (fault !== 'conflict') return refuseFailure(call, 'page', failure);
  const seen = Number(fields.text('expected'));
  const changed = await changedMeanwhile(context, { clinic, episode: subject.episode, seen });
  const version = changed.ok ? changed.value.version : subject.version;
  return formAnswer(recording, fields.with({ expected: String(version) }), {
    ...(changed.ok ? { above: meanwhileMarkup(changed.value, caller.name) } : { problems }),
    status: STATUS_OF[fault],
  });
}

/** A rule that stands against it says in its message what it found; the keys are for programs. */
function withoutKeys({ found: _, ...problem }: Problem): Problem {
  return problem;
}

interface FormTold {
  readonly problems?: readonly Problem[];
  readonly above?: Markup;
  readonly status?: number;
}

function formAnswer(
  recording: Recording,
  fields: Fields,
  { problems = [], above = html``, status = 200 }: FormTold,
): Answer {
  const { call, form, subject } = recording;
  const { clinic, caller } = call;
  const mayDecide = may(caller, clinic.id, 'decide');
  const body = html`<h1>${form.title}</h1>
<p>Episode <a href="${episodePath(clinic, subject.episode)}">${subject.episode}</a>, ${whoInWords(subject.plan)}.</p>
${above}${recordForm({ clinic, form, subject, fields, problems, mayDecide })}`;
  return answer(recording, body, status);
}

function answer({ call, form }: Recording, body: Markup, status: number): Answer {
  return pageAnswer(layout(call, call.clinic, { title: form.title, body }), status);
}

async function withRecording(
  call: ClinicCall,
  work: (recording: Recording) => Promise<Answer>,
): Promise<Answer> {
  const { context, clinic, params } = call;
  const form = eventFormOf(params.type ?? '');
  if (form === undefined) return refuse(call, 'page', 404);
  const subject = await recordingSubject(context, { clinic, episode: params.episode ?? '' });
  if (!subject.ok) return refuseFailure(call, 'page', subject);
  return work({ call, form, subject: subject.value });
}

/** Where the form was opened, if that is a page of ours; else the episode. */
function backOf({ call, subject }: Recording, back: string): string {
  return isOwnPath(back) ? back : episodePath(call.clinic, subject.episode);
}

/** The way back, with what was recorded and of which episode; the row that was open is shut. */
function withDone({ call, form, subject }: Recording): string {
  const { pathname, searchParams } = new URL(call.fields.text('back'), 'http://own.invalid');
  const query = withoutOpenRow(new Fields(searchParams));
  return withQuery(pathname, query.with({ done: form.type, for: subject.episode }));
}
