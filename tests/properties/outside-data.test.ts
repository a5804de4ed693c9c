import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCase } from '../../src/input/parse-case.ts';
import { loadProtocol } from '../../src/protocol/load-protocol.ts';
import { cases, protocolDocuments, RUNS } from './arbitraries.ts';

type Json = Record<string, unknown>;

/** Every place in a document, as the keys that lead to it. */
function places(document: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof document !== 'object' || document === null) return [at];
  return [at, ...Object.entries(document).flatMap(([key, value]) => places(value, [...at, key]))];
}

function replaced(document: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const copy = Array.isArray(document) ? [...document] : { ...(document as Json) };
  const parent = copy as Json;
  parent[key] = replaced(parent[key], rest, value);
  return copy;
}

const junk = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0,
    '',
    '\u0000',
    '\ud800',
    [],
    {},
    '2026-02-30',
  ),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', 'toString'),
);

type Read = (document: unknown) => {
  readonly ok: boolean;
  readonly problems?: readonly { readonly path: string; readonly message: string }[];
};

/** Either a value, or problems that a person can read. Never an exception. */
function answers(read: Read, document: unknown): void {
  const outcome = read(document);
  if (outcome.ok) return;
  expect(outcome.problems?.length).toBeGreaterThan(0);
  for (const { path, message } of outcome.problems ?? []) {
    expect(typeof path).toBe('string');
    expect(message).not.toBe('');
    expect(message).not.toMatch(/\p{Cc}/u);
  }
}

describe.each([
  ['parseCase', parseCase as Read, cases.map(({ document }) => document as unknown)],
  ['loadProtocol', loadProtocol as Read, protocolDocuments as fc.Arbitrary<unknown>],
])('%s never throws', (_name, read, valid) => {
  it('on a document that it accepts', () => {
    fc.assert(
      fc.property(valid, (document) => {
        expect(read(document).ok).toBe(true);
      }),
      RUNS,
    );
  });

  it('on any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (document) => answers(read, document)),
      RUNS,
    );
  });

  it('on a valid document with one value replaced by anything', () => {
    fc.assert(
      fc.property(valid, fc.nat(), junk, (document, seed, value) => {
        const all = places(document);
        answers(read, replaced(document, all[seed % all.length] ?? [], value));
      }),
      RUNS,
    );
  });

  it('on a valid document with a key more or a key less', () => {
    fc.assert(
      fc.property(valid, fc.nat(), fc.string(), (document, seed, key) => {
        const objects = places(document).filter((path) => {
          const value = path.reduce<unknown>((at, step) => (at as Json)[step], document);
          return typeof value === 'object' && value !== null && !Array.isArray(value);
        });
        const path = objects[seed % objects.length] ?? [];
        const value = path.reduce<unknown>((at, step) => (at as Json)[step], document) as Json;
        answers(read, replaced(document, path, { ...value, [key]: 1 }));
        const [first, ...rest] = Object.entries(value);
        if (first !== undefined) answers(read, replaced(document, path, Object.fromEntries(rest)));
      }),
      RUNS,
    );
  });
});
