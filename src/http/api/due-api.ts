import { z } from 'zod';
import { formatDay } from '../../domain/civil-date.ts';
import { MODALITIES } from '../../domain/modality.ts';
import { RISK_TIERS } from '../../domain/risk-tier.ts';
import { daySchema, strict } from '../../domain/schema.ts';
import { BUCKET_NAMES } from '../../service/case/plan-words.ts';
import { listDue } from '../../service/night/list-due.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { nextTurn } from '../feed/next-turn.ts';
import { refuse, refuseFailure } from '../refuse.ts';
import { jsonAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { API_BASE } from './api-paths.ts';
import { readQuery } from './read-request.ts';
import { dueAnswer } from './worklist-answer.ts';

/** As on the command line, where nothing else is asked for. */
const SOON_DAYS = 28;

/** Which open items of a clinic. */
export const dueQuery = strict({
  asOf: daySchema.optional().describe('The day of the list; absent: the clinic’s today'),
  soonDays: z
    .int()
    .min(0)
    .max(366)
    .optional()
    .describe(`How many days ahead a window that opens is soon; absent: ${SOON_DAYS}`),
  bucket: z.array(z.enum(BUCKET_NAMES)).optional().describe('Only these; absent: all'),
  tier: z.array(z.enum(RISK_TIERS)).optional(),
  modality: z
    .array(z.enum(MODALITIES))
    .optional()
    .describe('Only what can be done with one of these'),
  from: daySchema.optional().describe('Only what can be done on or after this day'),
  to: daySchema.optional().describe('Only what can be done on or before this day'),
  code: z.string().max(20).optional().describe('Only the item with this code of a calendar'),
});

/** The worklist of a clinic. */
export const DUE_API: Route = {
  method: 'GET',
  path: `${API_BASE}/clinics/:clinic/due`,
  door: 'api',
  needs: 'read',
  api: {
    id: 'listDue',
    summary: 'Every open item of every episode on one day, most urgent first',
    query: dueQuery,
    answer: dueAnswer,
  },
  handle: due,
};

async function due(call: ClinicCall): Promise<Answer> {
  const read = readQuery(call, dueQuery);
  if (!read.ok) return read.refusal;
  const { asOf, soonDays = SOON_DAYS, bucket, tier, modality, code, from, to } = read.value;
  // Days that hold nothing would give an empty list, which looks like a good one.
  if (from !== undefined && to !== undefined && to < from)
    return refuse(call, 'api', 400, [NO_DAYS]);
  const filter = {
    buckets: bucket,
    tiers: tier,
    modalities: modality,
    code,
    from: from === undefined ? undefined : formatDay(from),
    to: to === undefined ? undefined : formatDay(to),
  };
  const request = { clinics: [call.clinic], asOf, soonDays, filter };
  const { context, caller, service } = call;
  const listed = await service.turns.take(caller.name, () => listDue(context, request, nextTurn));
  return listed.ok ? jsonAnswer(listed.value) : refuseFailure(call, 'api', listed);
}

const NO_DAYS = {
  path: 'to',
  message: 'the last day lies before the first',
  allowed: 'the day of `from` or later',
};
