/** The closed lists of words in plans and worklists, for doors that tell their callers what they answer. */

export { ESCALATION_STATUSES, PHASES, VERDICTS, VISIT_STATUSES } from '../../plan/schedule.ts';
export { BUCKET_NAMES } from '../../plan/worklist-buckets.ts';
export { ITEM_KINDS } from '../../plan/worklist-row.ts';
