import { z } from 'zod';
import type { Problem } from '../../domain/problem.ts';

/** One fault of what was sent, with its place. */
export const problemSchema: z.ZodType<Problem> = z.object({
  path: z.string().meta({ description: 'Where in what was sent, `events[0].date`; empty: all' }),
  message: z.string(),
  found: z.string().optional(),
  allowed: z.string().optional(),
  mend: z.string().optional(),
});

/** Every fault of the API. RFC 9457, `application/problem+json`. */
export const faultAnswer = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  problems: z.array(problemSchema),
});
