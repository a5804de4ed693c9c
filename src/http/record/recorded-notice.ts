import { html, type Markup } from '../../export/markup.ts';
import { recordedJustNow } from '../../service/episode/recorded-just-now.ts';
import type { ClinicCall } from '../call.ts';
import { episodePath } from '../paths.ts';
import type { EventForm } from './event-form.ts';
import { eventFormOf } from './event-forms.ts';

/**
 * What was recorded just now and of whom, with the way to the episode: a page that is not the episode's may not show it any more.
 * The address names a kind of event and an episode of the clinic; undefined where the caller did not record that.
 */
export async function recordedNotice(call: ClinicCall): Promise<Markup | undefined> {
  const done = await recordedForm(call, call.url.searchParams.get('for') ?? '');
  if (done === undefined) return undefined;
  const { id, patientRef } = done.episode;
  const who = patientRef === undefined ? '' : `, patient ${patientRef}`;
  return html`${done.form.done}: <a href="${episodePath(call.clinic, id)}">episode ${id}</a>${who}.`;
}

/** The same on the page of the episode, which says itself whose it is. */
export async function recordedHere(call: ClinicCall, episode: string): Promise<string | undefined> {
  const done = await recordedForm(call, episode);
  return done === undefined ? undefined : `${done.form.done}.`;
}

/** A link alone is not believed: the caller must have recorded it, a few minutes ago. */
async function recordedForm({ context, clinic, url }: ClinicCall, episode: string) {
  const form: EventForm | undefined = eventFormOf(url.searchParams.get('done') ?? '');
  if (form === undefined) return undefined;
  const recorded = await recordedJustNow(context, { clinic, episode });
  return recorded.ok && recorded.value.type === form.type
    ? { form, episode: recorded.value.episode }
    : undefined;
}
