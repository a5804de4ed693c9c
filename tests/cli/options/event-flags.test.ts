import { describe, expect, test } from 'vitest';
import { EVENT_FIELDS, EVENT_TYPES } from '../../../src/cli/options/event-flags.ts';
import { eventSchema } from '../../../src/input/event-schema.ts';

describe('the flags of events', () => {
  /** Fields that are nested and come by `--json`. */
  const NESTED = ['findings'];

  test('there is one for every field of every type', () => {
    const schemas = eventSchema.options.map(({ shape }) => ({
      type: [...shape.type.values][0],
      fields: Object.keys(shape).filter((field) => field !== 'type' && !NESTED.includes(field)),
    }));
    expect(schemas.map(({ type }) => type)).toEqual(EVENT_TYPES);
    for (const { type, fields } of schemas) {
      if (type === undefined) throw new Error('a type without a name');
      expect([...EVENT_FIELDS[type]].toSorted()).toEqual(fields.toSorted());
    }
  });
});
