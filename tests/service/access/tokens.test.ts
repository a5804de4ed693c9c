import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  base64Url,
  isTokenOf,
  makeToken,
  parseToken,
  selectorOf,
  tokenDigest,
  tokenText,
} from '../../../src/service/access/tokens.ts';

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');
const access = { hmac, tokenKey: 'key', sameText: (a: string, b: string) => a === b };

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const tokens = fc
  .tuple(bytes(10), bytes(20))
  .map(([ten, twenty]) => makeToken({ chance: (count) => (count === 10 ? ten : twenty) }));

describe('a token', () => {
  test('has 80 bits that find and 160 bits that prove, in letters that are not mistaken', () => {
    const asked: number[] = [];
    const chance = (count: number) => {
      asked.push(count * 8);
      return new Uint8Array(count).fill(255);
    };
    expect(tokenText(makeToken({ chance }))).toBe(`${'z'.repeat(16)}.${'z'.repeat(32)}`);
    expect(asked).toEqual([80, 160]);
  });

  test('is read back as it was handed out, and its letters need no escaping in an address', () => {
    fc.assert(
      fc.property(tokens, (token) => {
        const text = tokenText(token);
        expect(parseToken(text)).toEqual(token);
        expect(text).toMatch(/^[0-9a-hjkmnp-tv-z]{16}\.[0-9a-hjkmnp-tv-z]{32}$/);
        expect(encodeURIComponent(text)).toBe(text);
      }),
    );
  });

  test('is no token with any one character more, fewer or outside of its letters', () => {
    const broken = fc.tuple(
      tokens,
      fc.nat(48),
      fc.constantFrom('', 'i', 'l', 'o', 'u', 'A', '-', '/', '\n', 'é', '00'),
    );
    fc.assert(
      fc.property(broken, ([token, place, put]) => {
        const text = tokenText(token);
        expect(parseToken(`${text.slice(0, place)}${put}${text.slice(place + 1)}`)).toBeNull();
      }),
    );
  });

  test('no other text is one', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseToken(text)).toBeNull();
      }),
    );
    const text = `${'0'.repeat(16)}.${'0'.repeat(32)}`;
    for (const other of [` ${text}`, `${text}\n`, `${text}.ics`, text.replace('.', '')]) {
      expect(parseToken(other)).toBeNull();
    }
  });

  test('is kept as a keyed digest of both halves', () => {
    fc.assert(
      fc.property(tokens, tokens, (token, other) => {
        const digest = tokenDigest(access, token);
        expect(digest).toBe(hmac('key', `${token.selector}.${token.verifier}`));
        expect(tokenDigest({ ...access, tokenKey: 'another' }, token)).not.toBe(digest);
        expect(isTokenOf(access, token, digest)).toBe(true);
        const same = tokenText(token) === tokenText(other);
        expect(isTokenOf(access, other, digest)).toBe(same);
        const mixed = { ...token, verifier: other.verifier };
        expect(isTokenOf(access, mixed, digest)).toBe(token.verifier === other.verifier);
      }),
    );
  });

  test('that is none, or of which nothing is kept, takes the same look, digest and comparison', () => {
    const did: string[] = [];
    const counting = {
      ...access,
      hmac: (key: string, text: string) => {
        did.push(`digest of ${text.length}`);
        return hmac(key, text);
      },
      sameText: (a: string, b: string) => {
        did.push(`compare ${a.length} with ${b.length}`);
        return a === b;
      },
    };
    const token = parseToken(`${'0'.repeat(16)}.${'0'.repeat(32)}`);
    const kept = tokenDigest(access, { selector: '0'.repeat(16), verifier: '0'.repeat(32) });
    expect(isTokenOf(counting, token, kept)).toBe(true);
    const whole = did.splice(0);
    expect(whole).toEqual(['digest of 49', 'compare 64 with 64']);
    for (const [given, digest] of [
      [null, kept],
      [null, undefined],
      [token, undefined],
    ] as const) {
      expect(isTokenOf(counting, given, digest)).toBe(false);
      expect(did.splice(0)).toEqual(whole);
    }
    expect(selectorOf(null)).toMatch(/^.{16}$/);
  });
});

test('bytes in Base64 for URLs are those of the platform', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (given) => {
      expect(base64Url(given)).toBe(Buffer.from(given).toString('base64url'));
    }),
  );
});
