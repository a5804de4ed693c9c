import type { AccessContext } from './access-context.ts';

/** A secret that is handed out once: its selector finds what it opens, its verifier proves it. */
export interface Token {
  /** 80 bits; may be kept and shown. */
  readonly selector: string;
  /** 160 bits; never kept. */
  readonly verifier: string;
}

/** Crockford's Base32 in small letters: without i, l, o and u, which are mistaken for others. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const SELECTOR_BYTES = 10;
const VERIFIER_BYTES = 20;
const TOKEN = /^([0-9a-hjkmnp-tv-z]{16})\.([0-9a-hjkmnp-tv-z]{32})$/;

export function makeToken({ chance }: Pick<AccessContext, 'chance'>): Token {
  return { selector: base32(chance(SELECTOR_BYTES)), verifier: base32(chance(VERIFIER_BYTES)) };
}

/** A selector from a digest in hexadecimal: its first 80 bits. */
export function selectorFrom(digest: string): string {
  const bytes = Array.from({ length: SELECTOR_BYTES }, (_, index) =>
    Number.parseInt(digest.slice(2 * index, 2 * index + 2), 16),
  );
  return base32(Uint8Array.from(bytes));
}

/** As it is handed out: fit for a path of a URL. */
export function tokenText({ selector, verifier }: Token): string {
  return `${selector}.${verifier}`;
}

/** The token of a text exactly as it was handed out; null for any other text. */
export function parseToken(text: string): Token | null {
  const [, selector, verifier] = TOKEN.exec(text) ?? [];
  return selector === undefined || verifier === undefined ? null : { selector, verifier };
}

/** What is kept of a token: HMAC-SHA256 of all of it in lower-case hexadecimal, so that no other row fits it. */
export function tokenDigest(
  { hmac, tokenKey }: Pick<AccessContext, 'hmac' | 'tokenKey'>,
  token: Token,
): string {
  return hmac(tokenKey, tokenText(token));
}

/** Stands in for what is not there: no token has these. */
const NO_SELECTOR = '0'.repeat(16);
const NO_TOKEN: Token = { selector: NO_SELECTOR, verifier: '0'.repeat(32) };
const NO_DIGEST = '0'.repeat(64);

/** What is looked for in the store, also where a text is no token: a look takes the same work. */
export function selectorOf(token: Token | null): string {
  return token?.selector ?? NO_SELECTOR;
}

/**
 * Whether a kept digest is of a token. It takes the same work where the text was no token (null) or
 * nothing was found (undefined).
 */
export function isTokenOf(
  access: Pick<AccessContext, 'hmac' | 'tokenKey' | 'sameText'>,
  token: Token | null,
  digest: string | undefined,
): boolean {
  const given = tokenDigest(access, token ?? NO_TOKEN);
  const isSame = access.sameText(given, digest ?? NO_DIGEST);
  return isSame && token !== null && digest !== undefined;
}

/** Bytes in Base64 for URLs without padding, RFC 4648 section 5. */
export function base64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Five bits a letter; the number of bits must be a multiple of five. */
function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{5}/g, (five) => LETTERS.charAt(Number.parseInt(five, 2)));
}
