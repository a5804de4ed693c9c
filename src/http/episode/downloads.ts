import { toCsv } from '../../export/csv.ts';
import { toHtml } from '../../export/html.ts';
import { toJson } from '../../export/json.ts';
import { FORMATS } from '../../export/registry.ts';
import type { Plan } from '../../plan/plan.ts';
import { planEpisode } from '../../service/episode/plan-episode.ts';
import { type Answer, withHeaders } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { Fields } from '../fields.ts';
import { refuse, refuseFailure } from '../refuse.ts';
import { textAnswer } from '../respond.ts';
import { askedDay } from './as-of.ts';

/** A file that holds the plan of one episode. Calendars are subscribed to: a file of one grows old unseen. */
interface Download {
  readonly name: 'html' | 'json' | 'csv';
  readonly title: string;
  readonly write: (plan: Plan) => string;
}

export const DOWNLOADS: readonly Download[] = [
  { name: 'html', title: 'A page to print (HTML)', write: toHtml },
  { name: 'json', title: 'The whole plan (JSON)', write: (plan) => toJson([plan]) },
  { name: 'csv', title: 'One row a line of the plan (CSV)', write: (plan) => toCsv([plan]) },
];

/** Answers with the plan of an episode as a file. */
export async function downloadPlan(call: ClinicCall): Promise<Answer> {
  const { context, clinic, params, url } = call;
  const download = DOWNLOADS.find(({ name }) => name === params.format);
  if (download === undefined) return refuse(call, 'page', 404);
  const { asOf, problems } = askedDay(new Fields(url.searchParams));
  if (problems.length > 0) return refuse(call, 'page', 422, problems);
  const plan = await planEpisode(context, { clinic, episode: params.episode ?? '', asOf });
  if (!plan.ok) return refuseFailure(call, 'page', plan);
  const { mediaType, extension } = FORMATS[download.name];
  const answer = textAnswer(download.write(plan.value), 200, mediaType);
  const name = `${fileName(plan.value)}.${extension}`;
  return withHeaders(answer, { 'Content-Disposition': `attachment; filename="${name}"` });
}

/** The clinic's id of the episode, as far as every system takes it as a name. RFC 6266. */
function fileName({ episode, asOf }: Plan): string {
  const id = episode.id.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60);
  return `episode-${id}-${asOf}`;
}
