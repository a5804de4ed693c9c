import { EMPTY, type Markup } from '../../export/markup.ts';
import { changedMeanwhile } from '../../service/episode/changed-meanwhile.ts';
import { letterSubject } from '../../service/letters/letter-subject.ts';
import { type PreparedLetter, prepareLetter } from '../../service/letters/prepare-letter.ts';
import { readLetter } from '../../service/letters/read-letter.ts';
import { recordLetter } from '../../service/letters/record-letter.ts';
import { hexOf } from '../../service/open-context.ts';
import type { ServiceFailure } from '../../service/service-outcome.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { Fields } from '../fields.ts';
import { episodePath } from '../paths.ts';
import { meanwhileMarkup } from '../record/meanwhile.ts';
import { recordedNotice } from '../record/recorded-notice.ts';
import { refuseFailure } from '../refuse.ts';
import { goTo, pageAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { letterPaper } from './letter-paper.ts';
import { letterPreview, lettersPage } from './letters-page.ts';

const PATH = '/c/:clinic/episodes/:episode/letters';

/** Letters to a patient: written, recorded as sent, shown for printing. Showing one records nothing. */
export const LETTERS_ROUTES: readonly Route[] = [
  { method: 'GET', path: PATH, door: 'page', needs: 'read', handle: show },
  { method: 'POST', path: PATH, door: 'page', needs: 'record', handle: write },
  { method: 'GET', path: `${PATH}/:letter`, door: 'page', needs: 'read', handle: paper },
];

async function show(call: ClinicCall): Promise<Answer> {
  const { context, clinic, params, url } = call;
  const found = await letterSubject(context, { clinic, episode: params.episode ?? '' });
  if (!found.ok) return refuseFailure(call, 'page', found);
  const subject = found.value;
  const [last] = subject.sent;
  const asked = new Fields(url.searchParams);
  const fields = asked.has('language') ? asked : asked.with({ language: last?.language });
  const notice = await recordedNotice(call);
  return pageAnswer(lettersPage(call, subject, { fields, notice }));
}

async function write(call: ClinicCall): Promise<Answer> {
  const { context, clinic, params, fields } = call;
  const episode = params.episode ?? '';
  const step = fields.text('step');
  const id = fields.text('event');
  if (step === 'confirm' && (await isRecorded(call, id))) return goTo(paperPath(call, id));
  const item = fields.optional('item');
  const wanted = {
    clinic,
    episode,
    kind: fields.text('kind'),
    language: fields.text('language'),
    item,
  };
  const prepared = await prepareLetter(context, wanted);
  if (!prepared.ok || step === 'edit') return form(call, prepared.ok ? null : prepared);
  const expected = /^\d{1,9}$/.test(fields.text('expected'))
    ? Number(fields.text('expected'))
    : null;
  if (step !== 'confirm' || id === '' || expected === null)
    return preview(call, prepared.value, EMPTY);
  const work = { clinic, prepared: prepared.value, id, expected };
  const recorded = await recordLetter(context, work);
  if (recorded.ok) return goTo(paperPath(call, id));
  if (recorded.fault !== 'conflict') return refuseFailure(call, 'page', recorded);
  if (await isRecorded(call, id)) return goTo(paperPath(call, id));
  const changed = await changedMeanwhile(context, { clinic, episode, seen: expected });
  if (!changed.ok) return refuseFailure(call, 'page', recorded);
  return preview(call, prepared.value, meanwhileMarkup(changed.value, call.caller.name), 409);
}

/** The same form sent twice: what it asks for is there. */
async function isRecorded({ context, clinic, params }: ClinicCall, id: string): Promise<boolean> {
  return (await readLetter(context, { clinic, episode: params.episode ?? '', id })).ok;
}

function paperPath({ clinic, params }: ClinicCall, id: string): string {
  return episodePath(clinic, params.episode ?? '', 'letters', id);
}

async function form(call: ClinicCall, failure: ServiceFailure | null): Promise<Answer> {
  const { context, clinic, params, fields } = call;
  if (failure !== null && failure.fault !== 'invalid') return refuseFailure(call, 'page', failure);
  const found = await letterSubject(context, { clinic, episode: params.episode ?? '' });
  if (!found.ok) return refuseFailure(call, 'page', found);
  const problems = failure?.problems ?? [];
  return pageAnswer(
    lettersPage(call, found.value, { fields, problems }),
    failure === null ? 200 : 422,
  );
}

const EVENT_ID_BYTES = 8;

function preview(call: ClinicCall, prepared: PreparedLetter, above: Markup, status = 200): Answer {
  const chance = call.context.chance(EVENT_ID_BYTES);
  const id = `letter-${hexOf(chance)}`;
  return pageAnswer(letterPreview(call, prepared, { id, above }), status);
}

async function paper(call: ClinicCall): Promise<Answer> {
  const { context, clinic, params } = call;
  const episode = params.episode ?? '';
  const read = await readLetter(context, { clinic, episode, id: params.letter ?? '' });
  if (!read.ok) return refuseFailure(call, 'page', read);
  return pageAnswer(letterPaper(read.value, episodePath(clinic, episode, 'letters')));
}
