import type { EventType } from '../../domain/event.ts';
import { EMPTY, html, type Markup } from '../../export/markup.ts';
import { daysBetween } from '../../export/plan-words.ts';
import type { PlannedEscalation, PlannedVisit } from '../../plan/plan.ts';
import { may, permissionToRecord } from '../../service/access/permission.ts';
import { Fields } from '../fields.ts';
import { withQuery } from '../paths.ts';
import { actsOfRow, type RowAct } from '../worklist/row-acts.ts';
import { type EpisodeView, isToday, pathOf } from './episode-view.ts';

/** What may be recorded, with what its form is told: `item` a visit or escalation, `of` an event. */
export interface LineAct extends RowAct {
  readonly about: { readonly item?: string; readonly of?: string };
}

/** What may be recorded about an unanswered escalation. */
export function actsOfEscalation({ key, action, because }: PlannedEscalation): readonly LineAct[] {
  const { event } = because.anchor;
  return actsOfRow({ kind: 'escalation', action }).map((act) => ({
    ...act,
    about: { item: key, ...(act.type === 'report' && event !== null ? { of: event } : {}) },
  }));
}

const OPEN: ReadonlySet<string> = new Set(['not-yet-due', 'due', 'overdue', 'on-hold']);
/** Nobody arranges anything for a visit that opens later than this. Days. */
const SOON_DAYS = 366;

/** What may be recorded about a visit that is open or opens within a year. */
export function actsOfVisit(
  { key, kind, status, earliest }: PlannedVisit,
  asOf: string,
): readonly LineAct[] {
  if (!OPEN.has(status) || daysBetween(asOf, earliest) > SOON_DAYS) return [];
  return actsOfRow({ kind: kind === 'lane' ? 'lane' : 'staged', action: null }).map((act) => ({
    ...act,
    about: { item: key },
  }));
}

/** What may be recorded about an exam. */
export function actsOfExam(id: string): readonly LineAct[] {
  return [{ type: 'report', label: 'Report', about: { of: id } }];
}

/** An event that stands can be taken back. */
export function actsOfEvent(id: string): readonly LineAct[] {
  return [{ type: 'correction', label: 'Take back', about: { of: id } }];
}

/** Links to the forms that the caller may use, each named after what it is about; none in a page of another day. */
export function actLinks(view: EpisodeView, about: string, acts: readonly LineAct[]): Markup {
  const allowed = isToday(view) ? acts.filter((act) => mayRecord(view, act)) : [];
  if (allowed.length === 0) return EMPTY;
  return html`<ul class="acts no-print">${allowed.map(
    ({ type, label, about: query }) =>
      html`<li><a href="${formPath(view, type, query)}" aria-label="${label}: ${about}">${label}</a></li>`,
  )}</ul>
`;
}

/** Whether the caller may record such an event of this episode. */
export function mayRecord(
  { call: { caller, clinic }, review }: EpisodeView,
  { type, about: { of } }: Pick<LineAct, 'type' | 'about'>,
): boolean {
  const recorded = review.history.map(({ event }) => event);
  return may(caller, clinic.id, permissionToRecord([{ type, of }], { recorded }));
}

/** Where an event of the episode is recorded, with the way back to its page. */
export function formPath(view: EpisodeView, type: EventType, about: LineAct['about'] = {}): string {
  const query = new Fields().with({ ...about, back: pathOf(view) });
  return withQuery(pathOf(view, 'record', type), query);
}
