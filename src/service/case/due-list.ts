export { WORKLIST_FORMATS, type WorklistFormat } from '../../export/worklist-registry.ts';
export type { Worklist, WorklistRow } from '../../plan/worklist-row.ts';
export { type ClinicCalendar, loadClinicCalendar } from '../../worklist/clinic-calendar.ts';
export type { RowFilter } from '../../worklist/row-filter.ts';
export { rowsOfPlan } from '../../worklist/rows-of-plan.ts';
export { makeWorklist } from '../../worklist/worklist.ts';
