import { z } from 'zod';
import { daySchema } from '../../domain/schema.ts';
import { episodeSchema, eventSchema } from '../../service/case/case-schemas.ts';
import { clinicsAnswer, protocolsAnswer, statusAnswer } from './clinic-api.ts';
import { causeAnswer, differenceAnswer } from './difference-answer.ts';
import {
  episodeAnswer,
  episodesAnswer,
  recordedAnswer,
  registeredAnswer,
  supposedAnswer,
  updatedAnswer,
} from './episode-answers.ts';
import { recordBody, registerBody, supposeBody, updateBody } from './episode-bodies.ts';
import {
  becauseAnswer,
  contactAnswer,
  escalationAnswer,
  noteAnswer,
  planAnswer,
  visitAnswer,
} from './plan-answer.ts';
import { faultAnswer, problemSchema } from './problem-answer.ts';
import { dueAnswer, worklistRowAnswer } from './worklist-answer.ts';

/** The schemas that the API document names. */
const COMPONENTS: Readonly<Record<string, z.ZodType>> = {
  Because: becauseAnswer,
  Cause: causeAnswer,
  Clinics: clinicsAnswer,
  Contact: contactAnswer,
  Difference: differenceAnswer,
  Due: dueAnswer,
  Episode: episodeAnswer,
  Episodes: episodesAnswer,
  Escalation: escalationAnswer,
  Event: eventSchema,
  Facts: episodeSchema,
  Fault: faultAnswer,
  Note: noteAnswer,
  Plan: planAnswer,
  Problem: problemSchema,
  Protocols: protocolsAnswer,
  RecordRequest: recordBody,
  Recorded: recordedAnswer,
  RegisterRequest: registerBody,
  Registered: registeredAnswer,
  Row: worklistRowAnswer,
  Status: statusAnswer,
  SupposeRequest: supposeBody,
  Supposed: supposedAnswer,
  UpdateRequest: updateBody,
  Updated: updatedAnswer,
  Visit: visitAnswer,
};

type JsonSchema = Readonly<Record<string, unknown>>;

/** Whether a schema is that of a day, or one made from it. */
function isDay(schema: z.core.$ZodType | undefined): boolean {
  for (let at = schema; at !== undefined; at = at._zod.parent) if (at === daySchema) return true;
  return false;
}

/** As callers write it: dates are text. */
function jsonSchemaOptions() {
  return {
    io: 'input' as const,
    override: ({
      zodSchema,
      jsonSchema,
    }: {
      readonly zodSchema: z.core.$ZodTypes;
      readonly jsonSchema: z.core.JSONSchema.BaseSchema;
    }) => {
      if (isDay(zodSchema)) jsonSchema.format = 'date';
      // What the wider numbers of JavaScript are limited to says nothing of the value.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  };
}

const PLACE = '#/components/schemas/';

/** The schemas by their names, as JSON Schema. */
export function componentSchemas(): Record<string, JsonSchema> {
  const registry = z.registry<{ readonly id: string }>();
  for (const [id, schema] of Object.entries(COMPONENTS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    ...jsonSchemaOptions(),
    uri: (id) => `${PLACE}${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]),
  );
}

/** The reference to a schema that has a name. */
export function referenceTo(schema: z.ZodType): JsonSchema {
  const named = Object.entries(COMPONENTS).find(([, each]) => each === schema);
  if (named === undefined) throw new Error('a schema of the API has no name in its document');
  return { $ref: `${PLACE}${named[0]}` };
}

/** A schema that stands for itself, of a parameter. */
export function inlineSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...inline } = z.toJSONSchema(schema, jsonSchemaOptions());
  return inline;
}
