import { describe, expect, test } from 'vitest';
import { checkPassword, typedPassword } from '../../../src/service/access/password-rules.ts';
import { failure } from './access-clinic.ts';

describe('a password', () => {
  test.each([
    'seven green bicycles',
    'zwölf grüne Fahrräder',
    '乳腺を見る十二の青い鳥がいた',
    'a1!b2?c3§d4$',
    'password of my aunt Ottilie',
    'x7'.repeat(2) + 'QzR9!'.repeat(50),
  ])('may be %j', (password) => {
    const checked = checkPassword('nurse-a', password);
    expect(checked).toEqual({ ok: true, value: password.normalize('NFKC') });
  });

  test.each([
    ['', 'too short'],
    ['eleven char', 'too short'],
    ['乳腺を見る', 'too short'],
    [`${'ab1 c!d'.repeat(40)}`, 'too long'],
    [`${'乳腺を見る'.repeat(20)}`, 'too long'],
    ['seven green\nbicycles', 'cannot be typed'],
    ['seven green bicycles\u0000', 'cannot be typed'],
    ['seven green bicycles\ud800', 'cannot be typed'],
    ['Password1234!', 'first to be guessed'],
    ['!!cryowatch2026', 'first to be guessed'],
    ['correct horse battery staple', 'first to be guessed'],
    ['123456789012', 'first to be guessed'],
    ['2026-06-15 12:00', 'first to be guessed'],
    ['aaaaaaaaaaaab', 'first to be guessed'],
    ['Nurse-Anna-01', 'first to be guessed'],
    ['nurse-anna-01nurse-anna-01', 'first to be guessed'],
    ['nurse-anna-01!!2026', 'first to be guessed'],
  ])('may not be %j: %s', (password, says) => {
    const checked = checkPassword('nurse-anna-01', password);
    expect(failure(checked)).toContain(`invalid password: `);
    expect(failure(checked)).toContain(says);
    if (password.length > 5) expect(JSON.stringify(checked)).not.toContain(password);
  });

  test('is the same however its letters are put together', () => {
    const [composed, apart] = [
      'zw\u00f6lf gr\u00fcne R\u00e4der',
      'zwo\u0308lf gru\u0308ne Ra\u0308der',
    ];
    expect(checkPassword('a', apart)).toEqual(checkPassword('a', composed));
    expect(typedPassword(apart)).toBe(typedPassword(composed));
    expect(typedPassword('\uff53even green bicycles')).toBe('seven green bicycles');
  });

  test.each([
    '',
    'x'.repeat(257),
    '乳'.repeat(100),
    'seven green bicycles\udc00',
    '\ufdfa'.repeat(200),
  ])('that no account can have is none: %j', (password) => {
    expect(typedPassword(password)).toBeNull();
  });
});
