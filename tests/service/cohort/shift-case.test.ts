import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Day, dayFromCivil, formatDay } from '../../../src/domain/civil-date.ts';
import { episodeSchema } from '../../../src/input/episode-schema.ts';
import { eventSchema } from '../../../src/input/event-schema.ts';
import { type CaseDocument, parseCase } from '../../../src/input/parse-case.ts';
import { shiftCase } from '../../../src/service/cohort/shift-case.ts';

type Path = readonly (string | number)[];

interface Field {
  readonly path: Path;
  readonly schema: z.ZodType;
}

/** Every field of a schema, those inside objects and lists too. */
function fieldsOf(schema: z.ZodType, path: Path = []): Field[] {
  if (schema instanceof z.ZodOptional) return fieldsOf(schema.unwrap() as z.ZodType, path);
  if (schema instanceof z.ZodArray) {
    return fieldsOf(schema.element as z.ZodType, [...path, 0]);
  }
  if (!(schema instanceof z.ZodObject)) return [{ path, schema }];
  return Object.entries(schema.shape).flatMap(([name, field]) =>
    fieldsOf(field as z.ZodType, [...path, name]),
  );
}

const accepts = (schema: z.ZodType, text: string) => schema.safeParse(text).success;

/** A date is what takes a day of the calendar and no other text. */
const isDate = ({ schema }: Field) => accepts(schema, '2024-02-28') && !accepts(schema, 'word');

const isTimed = ({ schema }: Field) => accepts(schema, '2024-02-28T09:30[Europe/Berlin]');

function put(target: object, path: Path, value: unknown): void {
  const [step = '', ...rest] = path;
  if (rest.length === 0) {
    Object.assign(target, { [step]: value });
    return;
  }
  const inner = Reflect.get(target, step) ?? (typeof rest[0] === 'number' ? [] : {});
  Object.assign(target, { [step]: inner });
  put(inner, rest, value);
}

const at = (target: object, path: Path): unknown =>
  path.reduce<unknown>((value, step) => Reflect.get(value as object, step), target);

const EVENT_TYPES = eventSchema.options.map((schema) => ({
  type: schema.shape.type.value,
  fields: fieldsOf(schema),
}));
const EVENT_FIELDS = EVENT_TYPES.flatMap(({ type, fields }) =>
  fields.map((field) => ({ ...field, type, name: `${type}.${field.path.join('.')}` })),
);
const EPISODE_FIELDS = fieldsOf(episodeSchema).map((field) => ({
  ...field,
  name: `episode.${field.path.join('.')}`,
}));

const FIRST = dayFromCivil(1990, 1, 1);
const LAST = dayFromCivil(2150, 12, 31);

const bare = { episode: { id: 'EP-1', laterality: 'left', ablation: { date: '2024-01-15' } } };

/** A case with one event, in which one field holds `text`. */
function withEventField(type: string, path: Path, text: string): CaseDocument {
  const event = { id: 'x1', type, date: '2024-01-20' };
  put(event, path, text);
  return { ...bare, events: [event] } as unknown as CaseDocument;
}

function withEpisodeField(path: Path, text: string): CaseDocument {
  const document = structuredClone({ ...bare, events: [] });
  put(document.episode, path, text);
  return document as CaseDocument;
}

/** One case with an event of every type, each with all of its dates at the day given. */
function caseOn(text: string): CaseDocument {
  const events = EVENT_TYPES.map(({ type, fields }) => {
    const event = { id: type, type };
    for (const field of fields.filter(isDate)) {
      put(event, field.path, isTimed(field) ? `${text}T09:30[Europe/Berlin]` : text);
    }
    return event;
  });
  const episode = { id: 'EP-1', laterality: 'left', ablation: { date: text, freezeMinutes: [9] } };
  return { asOf: text, episode, events } as unknown as CaseDocument;
}

describe('shifting a case', () => {
  it('moves every date by whole days, over the end of February too', () => {
    expect(
      shiftCase(
        {
          asOf: '2024-03-01',
          episode: { id: 'EP-1', laterality: 'left', ablation: { date: '2024-01-31' } },
          events: [
            {
              id: 'b1',
              type: 'booking',
              date: '2024-02-28',
              visit: 'a1.baseline',
              appointment: '2024-12-31T09:30[Europe/Berlin]',
            },
            { id: 's1', type: 'suspension', date: '2024-02-29', until: '2024-03-30' },
          ],
        },
        1,
      ),
    ).toEqual({
      asOf: '2024-03-02',
      episode: { id: 'EP-1', laterality: 'left', ablation: { date: '2024-02-01' } },
      events: [
        {
          id: 'b1',
          type: 'booking',
          date: '2024-02-29',
          visit: 'a1.baseline',
          appointment: '2025-01-01T09:30[Europe/Berlin]',
        },
        { id: 's1', type: 'suspension', date: '2024-03-01', until: '2024-03-31' },
      ],
    });
  });

  it('there and back gives the same document, and changes none', () => {
    const day = fc.integer({ min: FIRST, max: LAST });
    fc.assert(
      fc.property(day, fc.integer({ min: -20_000, max: 15_000 }), (from, days) => {
        const document = caseOn(formatDay(from as Day));
        const before = JSON.stringify(document);
        expect(JSON.stringify(shiftCase(shiftCase(document, days), -days))).toBe(before);
        expect(JSON.stringify(document)).toBe(before);
      }),
    );
  });

  it('by no day changes nothing', () => {
    const document = caseOn('2024-02-29');
    expect(shiftCase(document, 0)).toEqual(document);
  });

  it('leaves a text that is no date for the check of the case to find', () => {
    const shifted = shiftCase(withEventField('imaging', ['date'], '2024-02-30'), 400);
    expect(shifted.events[0]?.date).toBe('2024-02-30');
    expect(parseCase(shifted).ok).toBe(false);
  });
});

describe('the fields of a case that move', () => {
  it('beside the day of each event are these', () => {
    expect(
      EVENT_FIELDS.filter(isDate)
        .map(({ name }) => name)
        .filter((name) => !name.endsWith('.date')),
    ).toEqual([
      'pathology.specimenDate',
      'constraint.from',
      'constraint.to',
      'deferral.until',
      'booking.appointment',
      'suspension.until',
    ]);
    expect(EPISODE_FIELDS.filter(isDate).map(({ name }) => name)).toEqual([
      'episode.ablation.date',
    ]);
  });

  it.each(EVENT_FIELDS.filter(isDate))('include $name', ({ type, path }) => {
    const shifted = shiftCase(withEventField(type, path, '2024-02-28'), 2);
    expect(at(shifted.events[0] ?? {}, path)).toBe('2024-03-01');
  });

  it.each(EPISODE_FIELDS.filter(isDate))('include $name', ({ path }) => {
    const shifted = shiftCase(withEpisodeField(path, '2024-02-28'), 2);
    expect(at(shifted.episode, path)).toBe('2024-03-01');
  });

  it.each([
    ['2024-06-15T09:30[Europe/Berlin]', '2024-12-15T09:30[Europe/Berlin]'],
    ['2024-06-15T23:59:30Z', '2024-12-15T23:59:30Z'],
    ['2024-06-15T09:30+02:00', '2024-12-15T09:30+02:00'],
  ])('include the day of the appointment %s, not its time', (before, after) => {
    const shifted = shiftCase(withEventField('booking', ['appointment'], before), 183);
    expect(at(shifted.events[0] ?? {}, ['appointment'])).toBe(after);
  });

  it.each(EVENT_FIELDS.filter((field) => !isDate(field) && field.path[0] !== 'type'))(
    'do not include $name',
    ({ type, path }) => {
      const shifted = shiftCase(withEventField(type, path, '2024-02-28'), 2);
      expect(at(shifted.events[0] ?? {}, path)).toBe('2024-02-28');
    },
  );

  it.each(EPISODE_FIELDS.filter((field) => !isDate(field)))('do not include $name', ({ path }) => {
    const shifted = shiftCase(withEpisodeField(path, '2024-02-28'), 2);
    expect(at(shifted.episode, path)).toBe('2024-02-28');
  });
});
