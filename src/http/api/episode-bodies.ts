import { z } from 'zod';
import { daySchema, strict } from '../../domain/schema.ts';
import { episodeSchema, eventSchema } from '../../service/case/case-schemas.ts';

/** So many events are recorded together. */
const MOST_EVENTS = 200;

/** And so many make a whole history: planning takes time by their number. */
const MOST_OF_A_HISTORY = 2000;

const dryRun = z.boolean().optional().describe('True: says what it would change, records nothing');
const expected = z
  .int()
  .min(1)
  .optional()
  .describe('The version of the episode that the sender saw; If-Match says the same');

const protocol = strict({
  id: z.string().min(1).max(200),
  version: z.string().max(200).optional(),
}).optional();

/** An episode to register. */
export const registerBody = strict({
  case: strict({
    asOf: daySchema.optional().describe('As a case file may have it; it plays no part here'),
    episode: episodeSchema,
    events: z.array(eventSchema).max(MOST_OF_A_HISTORY),
  }),
  protocol: protocol.describe(
    'An approved protocol; absent: the only one that the clinic has approved',
  ),
  acceptContradictions: z
    .boolean()
    .optional()
    .describe('True: registers also what may be there already, under another id'),
  dryRun,
});

/** Facts of an episode, all of them. */
export const updateBody = strict({ facts: episodeSchema, expected, dryRun });

/** What happened to a patient. */
export const recordBody = strict({
  events: z
    .array(eventSchema)
    .min(1)
    .max(MOST_EVENTS)
    .describe('All or none; one that is recorded already, with the same content, is left as it is'),
  expected,
  acknowledgement: strict({
    escalations: z.array(z.string().min(1).max(210)).min(1).max(100),
    reason: z.string().min(1).max(1000),
  })
    .optional()
    .describe('A clinician’s word that these open escalations may stay unanswered'),
  acceptContradictions: z
    .boolean()
    .optional()
    .describe('True: records also what contradicts the history or has no effect'),
  dryRun,
});

/** What is supposed of an episode. */
export const supposeBody = strict({
  events: z
    .array(eventSchema)
    .max(MOST_EVENTS)
    .optional()
    .describe('These too; they may lie ahead'),
  facts: episodeSchema.optional().describe('These instead of the facts'),
  protocol: protocol.describe('This one instead of the protocol that it follows'),
});
