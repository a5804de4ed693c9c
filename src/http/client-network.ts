import { ownCopy } from '../domain/own-copy.ts';

/**
 * Where a request comes from, as throttles count: an IPv4 address as it is, of an IPv6 address its first 64
 * bits, as whoever has one address has all that begin so (RFC 6177, section 2). A port beside it is none of
 * it. A text that is no address stays as it is, up to 64 characters. Nothing of a header is kept with it.
 */
export function networkOf(address: string): string {
  return ownCopy(networkIn(address).slice(0, LONGEST));
}

const LONGEST = 64;

function networkIn(address: string): string {
  const [, bracketed, plain] = WITH_PORT.exec(address) ?? [];
  const host = bracketed ?? plain ?? address;
  if (!host.includes(':')) return host;
  const groups = groupsOf(host.replace(/%.*$/, ''));
  if (groups === null) return address;
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** `192.0.2.1:1234`, `[2001:db8::1]:1234`, `[2001:db8::1]`, as some proxies write them. */
const WITH_PORT = /^(?:\[([^\]]*)\](?::\d+)?|([^:]*):\d+)$/;

/** The eight groups of an IPv6 address; null: it is none. */
function groupsOf(address: string): readonly number[] | null {
  const url = `http://[${address}]/`;
  if (!URL.canParse(url)) return null;
  const [before = '', after] = new URL(url).hostname.slice(1, -1).split('::');
  const [head, tail] = [numbersOf(before), numbersOf(after ?? '')];
  const between = after === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array<number>(between).fill(0), ...tail];
}

function numbersOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
