import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { RequestIds } from '../../src/http/request-ids.ts';

test('each number is of 64 bits of chance that no other one has', () => {
  const ids = new RequestIds(randomBytes);
  const drawn = Array.from({ length: 1000 }, () => ids.next());
  expect(new Set(drawn).size).toBe(1000);
  for (const id of drawn) expect(id).toMatch(/^[0-9a-f]{16}$/);
});

test('all that was drawn is used, in its order', () => {
  let byte = 0;
  const counting = (bytes: number) => Uint8Array.from({ length: bytes }, () => byte++ % 251);
  const ids = new RequestIds(counting);
  const drawn = Array.from({ length: 600 }, () => ids.next()).join('');
  const expected = Uint8Array.from({ length: 4800 }, (_, index) => index % 251);
  expect(drawn).toBe(Buffer.from(expected).toString('hex'));
});
