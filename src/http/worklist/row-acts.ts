import type { EventType } from '../../domain/event.ts';
import type { WorklistRow } from '../../service/night/read-worklist.ts';

/** What can be recorded right at a row: the event, and what the link says. */
export interface RowAct {
  readonly type: EventType;
  readonly label: string;
}

const CONTACT: RowAct = { type: 'contact', label: 'Contact' };
const BOOKING: RowAct = { type: 'booking', label: 'Book' };
const DEFERRAL: RowAct = { type: 'deferral', label: 'Defer' };
const DECLINE: RowAct = { type: 'decline', label: 'Declined' };
const IMAGING: RowAct = { type: 'imaging', label: 'Exam result' };
const REPORT: RowAct = { type: 'report', label: 'Report' };
const PATHOLOGY: RowAct = { type: 'pathology', label: 'Pathology' };
const DECISION: RowAct = { type: 'decision', label: 'Decision' };
const CLOSURE: RowAct = { type: 'closure', label: 'Close' };

/** What may be done about a row next, the most likely first. */
export function actsOfRow({
  kind,
  action,
}: Pick<WorklistRow, 'kind' | 'action'>): readonly RowAct[] {
  switch (kind) {
    case 'escalation':
      return action === 'obtain-report'
        ? [REPORT, CONTACT, IMAGING, DECISION]
        : action === 'biopsy' || action === 'treatment-referral'
          ? [PATHOLOGY, CONTACT, IMAGING, DECISION]
          : [IMAGING, CONTACT, PATHOLOGY, DECISION];
    case 'staged':
    case 'lane':
      return [BOOKING, CONTACT, IMAGING, DEFERRAL, DECLINE];
    case 'facts':
      return [CONTACT];
    case 'no-visit-left':
      return [CLOSURE, IMAGING, CONTACT];
  }
}
