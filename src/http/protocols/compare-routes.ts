import type { Problem } from '../../domain/problem.ts';
import { may } from '../../service/access/permission.ts';
import { listProtocols } from '../../service/case/list-protocols.ts';
import { approvedProtocols } from '../../service/clinic/approved-protocols.ts';
import { clinicProtocols } from '../../service/clinic/clinic-protocols.ts';
import { compareProtocols } from '../../service/clinic/compare-protocols.ts';
import type { ServiceFailure } from '../../service/service-outcome.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { Fields } from '../fields.ts';
import { refuseFailure } from '../refuse.ts';
import { pageAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { tryAdoptionInTurn } from './adopt-in-turn.ts';
import { type ComparePage, comparePage, type Found } from './compare-page.ts';
import { type Version, versionOfText, versionText } from './protocol-paths.ts';
import type { TitledVersion } from './protocol-words.ts';

/** Comparing two protocols. It changes nothing, so it is asked for with an address. */
export const COMPARE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/c/:clinic/protocols/compare',
    door: 'page',
    needs: 'read',
    handle: compare,
  },
];

async function compare(call: ClinicCall): Promise<Answer> {
  const asked = new Fields(call.url.searchParams);
  const { versions, followed } = await versionsOf(call);
  const fields =
    asked.has('from') || followed === undefined ? asked : asked.with({ from: followed });
  const from = versionOfText(fields.text('from'));
  const to = versionOfText(fields.text('to'));
  const page: ComparePage = { fields, versions };
  if (!asked.has('to') || !asked.has('from')) return pageAnswer(comparePage(call, page));
  if (from === undefined || to === undefined) {
    const problems = [
      ...(from === undefined ? [missing('from')] : []),
      ...(to === undefined ? [missing('to')] : []),
    ];
    return pageAnswer(comparePage(call, { ...page, problems }), 422);
  }
  const pair = { from: titled(from, versions), to: titled(to, versions) };
  const found = await findOut(call, pair, fields.optional('episode'));
  if ('of' in found) return pageAnswer(comparePage(call, { ...page, pair, found }));
  if (found.fault === 'busy') return refuseFailure(call, 'page', found);
  return pageAnswer(comparePage(call, { ...page, problems: found.problems }), 422);
}

function missing(path: 'from' | 'to'): Problem {
  return { path, message: 'a comparison needs two protocols', mend: 'choose one' };
}

/** What can be compared: what the clinic keeps and the catalog; and which one most episodes follow. */
async function versionsOf({ context, clinic }: ClinicCall) {
  const kept = await clinicProtocols(context, clinic);
  const readable = kept.filter((each) => each.readable);
  const catalog = listProtocols().filter(
    (line) => !kept.some(({ id, version }) => id === line.id && version === line.version),
  );
  const [most] = [...kept].sort((a, b) => b.episodes - a.episodes);
  const versions: TitledVersion[] = [...readable, ...catalog];
  return { versions, followed: most === undefined ? undefined : versionText(most) };
}

function titled(wanted: Version, versions: readonly TitledVersion[]): TitledVersion {
  const found = versions.find(({ id, version }) => id === wanted.id && version === wanted.version);
  return found ?? { ...wanted, title: wanted.id };
}

async function findOut(
  call: ClinicCall,
  { from, to }: { readonly from: Version; readonly to: Version },
  episode: string | undefined,
): Promise<Found | ServiceFailure> {
  const { context, clinic, caller } = call;
  if (episode !== undefined) {
    const compared = await compareProtocols(context, { clinic, episode, from, to });
    return compared.ok ? { of: 'episode', episode, compared: compared.value } : compared;
  }
  const work = { clinic, protocol: to, from, unapproved: true };
  const adoption = await tryAdoptionInTurn(call, work);
  if (!adoption.ok) return adoption;
  const approved = await approvedProtocols(context, clinic);
  const mayAdopt =
    may(caller, clinic.id, 'approve') &&
    approved.some(({ id, version }) => id === to.id && version === to.version);
  return { of: 'cohort', adoption: adoption.value, mayAdopt };
}
