import { html, type Markup } from '../../export/markup.ts';
import { findEpisode } from '../../service/episode/find-episode.ts';
import type { ClinicCall } from '../call.ts';
import { episodePath } from '../paths.ts';
import { eventFormOf } from './event-forms.ts';

/**
 * What was recorded just now and of whom, with the way to the episode: a page that is not the episode's may not show it any more.
 * The address names a kind of event and an episode of the clinic; undefined where it names neither.
 */
export async function recordedNotice({
  context,
  clinic,
  url,
}: ClinicCall): Promise<Markup | undefined> {
  const form = eventFormOf(url.searchParams.get('done') ?? '');
  if (form === undefined) return undefined;
  const found = await findEpisode(context, clinic, url.searchParams.get('for') ?? '');
  if (!found.ok) return undefined;
  const { id, patientRef } = found.value.caseFile.episode;
  const who = patientRef === undefined ? '' : `, patient ${patientRef}`;
  return html`${form.done}: <a href="${episodePath(clinic, id)}">episode ${id}</a>${who}.`;
}
