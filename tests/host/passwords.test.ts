import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scryptPasswords } from '../../src/host/passwords.ts';

const CHEAP = { ln: 4, r: 8, p: 1 };

describe('passwords by scrypt', () => {
  test('two hashes of one password differ, and both are of it and of no other', async () => {
    const passwords = scryptPasswords(CHEAP);
    const hashes = [
      await passwords.hash('seven green bicycles'),
      await passwords.hash('seven green bicycles'),
    ];
    expect(hashes[0]).not.toBe(hashes[1]);
    for (const hash of hashes) {
      expect(hash).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
      expect(await passwords.verify('seven green bicycles', hash)).toBe(true);
      expect(await passwords.verify('seven green bicycle', hash)).toBe(false);
      expect(await passwords.verify('', hash)).toBe(false);
    }
  });

  test('are hashed at the cost that OWASP asks for, which stands in the hash', async () => {
    const hash = await scryptPasswords().hash('seven green bicycles');
    expect(hash).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$/);
    expect(await scryptPasswords(CHEAP).verify('seven green bicycles', hash)).toBe(true);
  });

  test('are those of RFC 7914, section 12', async () => {
    // N = 16384 = 2^14, r = 8, p = 1; the first 32 of its 64 bytes. The salt "SodiumChloride" is shorter than ours.
    const { scryptSync } = await import('node:crypto');
    const own = await scryptPasswords({ ln: 14, r: 8, p: 1 }).hash('pleaseletmein');
    const [, , , salt = '', hash = ''] = own.split('$');
    const cost = { N: 16_384, r: 8, p: 1 };
    expect(Buffer.from(hash, 'base64')).toEqual(
      scryptSync('pleaseletmein', Buffer.from(salt, 'base64'), 32, cost),
    );
    expect(scryptSync('pleaseletmein', 'SodiumChloride', 32, cost).toString('hex')).toBe(
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2',
    );
  });

  test('many at one time each get their own answer', async () => {
    const passwords = scryptPasswords(CHEAP);
    const words = Array.from({ length: 12 }, (_, place) => `word ${place}`);
    const hashes = await Promise.all(words.map((word) => passwords.hash(word)));
    const answers = await Promise.all(
      hashes.map((hash, place) => passwords.verify(`word ${place - (place % 2)}`, hash)),
    );
    expect(answers).toEqual(words.map((_, place) => place % 2 === 0));
  });

  test.each([
    '',
    'seven green bicycles',
    '$scrypt$ln=17,r=8,p=1$$',
    `$scrypt$ln=99,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
    `$scrypt$ln=21,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
    `$scrypt$ln=0,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
    `$scrypt$ln=4,r=0,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
    `$scrypt$ln=4,r=8,p=99$${'A'.repeat(22)}$${'A'.repeat(43)}`,
    `$scrypt$ln=4,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(42)}`,
    `$argon2id$ln=4,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
  ])('a text that is no hash is of no password: %j', async (encoded) => {
    expect(await scryptPasswords(CHEAP).verify('seven green bicycles', encoded)).toBe(false);
  });

  test.each([
    [{ ln: 4, r: 8, p: 1 }, false],
    [{ ln: 5, r: 8, p: 1 }, false],
    [{ ln: 3, r: 8, p: 2 }, true],
    [{ ln: 3, r: 8, p: 1 }, true],
    [{ ln: 4, r: 7, p: 3 }, true],
  ])('a hash at %j is weak beside one of ln=4,r=8,p=1: %s', async (cost, weak) => {
    const hash = await scryptPasswords(cost).hash('seven green bicycles');
    expect(scryptPasswords(CHEAP).isWeak(hash)).toBe(weak);
    expect(scryptPasswords(CHEAP).isWeak('no hash')).toBe(false);
  });

  test('no text and no password makes checking throw', async () => {
    const passwords = scryptPasswords(CHEAP);
    const text = fc.string({ unit: 'binary' });
    await fc.assert(
      fc.asyncProperty(text, text, async (password, encoded) => {
        expect(await passwords.verify(password, `$scrypt$${encoded}`)).toBe(false);
        expect(await passwords.verify(password, await passwords.hash(password))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
