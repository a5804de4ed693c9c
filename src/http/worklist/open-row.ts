import type { EventType } from '../../domain/event.ts';
import { html, type Markup } from '../../export/markup.ts';
import { type Caller, may, permissionToRecord } from '../../service/access/permission.ts';
import { recordingSubject } from '../../service/episode/recording-subject.ts';
import type { WorklistRow } from '../../service/night/read-worklist.ts';
import type { Clinic } from '../../service/store-access.ts';
import type { ClinicCall } from '../call.ts';
import type { Fields } from '../fields.ts';
import { clinicPath, withQuery } from '../paths.ts';
import { eventFormOf } from '../record/event-forms.ts';
import { recordForm } from '../record/record-form.ts';
import { startFields } from '../record/record-start.ts';
import { actsOfRow, type RowAct } from './row-acts.ts';
import { withoutOpenRow } from './worklist-query.ts';

/** A row that is open for one action, with its form. */
export interface OpenRow {
  readonly episode: string;
  readonly item: string;
  readonly type: EventType;
  readonly form: Markup;
}

/** What the caller may record about a row. */
export function actsAllowed(caller: Caller, clinic: Clinic, row: WorklistRow): readonly RowAct[] {
  return actsOfRow(row).filter(({ type }) =>
    may(caller, clinic.id, permissionToRecord([{ type }])),
  );
}

/** The row that the address asks to open, if it is shown and the caller may do that; null: none. */
export async function openRowOf(
  { context, clinic, caller }: ClinicCall,
  rows: readonly WorklistRow[],
  query: Fields,
): Promise<OpenRow | null> {
  const [episode, item, type] = [query.text('open'), query.text('item'), query.text('act')];
  const row = rows.find((each) => each.episode === episode && each.item === item);
  const act = row && actsAllowed(caller, clinic, row).find((each) => each.type === type);
  const form = act && eventFormOf(act.type);
  if (row === undefined || form === undefined) return null;
  const subject = await recordingSubject(context, { clinic, episode });
  if (!subject.ok) return null;
  const back = withQuery(clinicPath(clinic, 'worklist'), withoutOpenRow(query));
  const day = row.suggested?.day ?? undefined;
  const fields = startFields(form, subject.value, { item, day, back });
  const mayDecide = may(caller, clinic.id, 'decide');
  const shown = recordForm({ clinic, form, subject: subject.value, fields, mayDecide });
  return {
    episode,
    item,
    type: form.type,
    form: html`<h3>${form.title}: ${episode}</h3>
${shown}`,
  };
}
