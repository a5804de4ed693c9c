export { WORKLIST_FORMATS } from '../export/worklist-registry.ts';
export { BUCKET_NAMES } from '../plan/worklist-buckets.ts';
export type { WorklistRow } from '../plan/worklist-row.ts';
export { type ClinicCalendar, loadClinicCalendar } from '../worklist/clinic-calendar.ts';
export { rowsOfPlan } from '../worklist/rows-of-plan.ts';
export { makeWorklist } from '../worklist/worklist.ts';
