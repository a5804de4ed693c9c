import type { EventType } from '../../domain/event.ts';
import type { Markup } from '../../export/markup.ts';
import { type Caller, may, permissionToRecord } from '../../service/access/permission.ts';
import type { WorklistRow } from '../../service/night/read-worklist.ts';
import type { Clinic } from '../../service/store-access.ts';
import { actsOfRow, type RowAct } from './row-acts.ts';

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
