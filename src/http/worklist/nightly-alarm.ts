import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { lastNightly, NIGHTLY_MAX_AGE_MS } from '../../service/night/last-nightly.ts';
import type { ClinicCall } from '../call.ts';

const HOUR_MS = 3_600_000;

/** The alarm above a page where the nightly run of the clinic is overdue; nothing where it is not. */
export async function nightlyAlarm({ context, clinic }: ClinicCall): Promise<Markup> {
  const { age } = await lastNightly(context, clinic);
  if (age !== null && age <= NIGHTLY_MAX_AGE_MS) return EMPTY;
  const what =
    age === null
      ? 'No nightly run of this clinic has finished yet.'
      : `The last nightly run finished ${Math.floor(age / HOUR_MS)} hours ago; it is due every day.`;
  return html`<div class="alarm" role="alert"><p><strong>${what}</strong> This page is of this moment. Calendars that were handed out, and the files of the night, may be behind: tell whoever looks after the service.</p></div>
`;
}
