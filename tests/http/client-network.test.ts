import { describe, expect, test } from 'vitest';
import { networkOf } from '../../src/http/client-network.ts';

describe('the network of an address', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:50123', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['[::ffff:192.0.2.1]:443', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::7]:50123', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::7]', '2001:db8:1:2::/64'],
    ['2001:db8::7', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
    ['_hidden', '_hidden'],
    ['1:2:3', '1:2:3'],
    ['2001:db8::1::2', '2001:db8::1::2'],
    ['', ''],
  ])('%j is %j', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  test('is short, whatever the header says', () => {
    for (const start of ['', '1:', '::']) {
      const long = start + 'x'.repeat(16_000);
      expect(networkOf(long)).toBe(long.slice(0, 64));
    }
  });

  test('is one for all addresses that a household or a rented machine has, so that changing them frees nobody', () => {
    const own = Array.from({ length: 1000 }, (_, n) =>
      networkOf(`2001:db8:1:2:${n.toString(16)}::1`),
    );
    expect(new Set(own)).toEqual(new Set(['2001:db8:1:2::/64']));
  });
});
