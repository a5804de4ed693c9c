import { capitalised } from '../../domain/capitalised.ts';
import type { Protocol } from '../../protocol/protocol-schema.ts';

/** Values of a protocol that belong together, in words. */
export interface ValueGroup {
  readonly title: string;
  readonly values: readonly { readonly name: string; readonly value: string }[];
}

/** What a protocol says beside its numbers. */
const NO_VALUES: ReadonlySet<string> = new Set([
  'schemaVersion',
  'id',
  'version',
  'title',
  'status',
  'summary',
  'sources',
  'rules',
]);

/** Every value of a protocol, in the order of its file; none is left out. */
export function protocolValues(protocol: Protocol): readonly ValueGroup[] {
  const parts = Object.entries(protocol).filter(([key]) => !NO_VALUES.has(key));
  const single = parts.filter(([key, part]) => key !== 'lanes' && !isGroup(part));
  const groups = parts.flatMap(([key, part]) => (isGroup(part) ? [{ key, part }] : []));
  return [
    {
      title: 'In general',
      values: single.map(([key, part]) => ({ name: words(key), value: told(part) })),
    },
    ...groups.map(({ key, part }) => ({ title: capitalised(words(key)), values: rows(part, '') })),
    ...protocol.lanes.map(({ id, title, ...lane }) => ({
      title: `Lane ${id}${title === undefined ? '' : `: ${title}`}`,
      values: rows(lane, ''),
    })),
  ];
}

function isGroup(part: unknown): part is object {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}

function rows(part: object, before: string): { name: string; value: string }[] {
  return Object.entries(part).flatMap(([key, value]) => {
    const name = before === '' ? words(key) : `${before}, ${words(key)}`;
    return isGroup(value) ? rows(value, name) : [{ name, value: told(value) }];
  });
}

function told(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  return value.length === 0 ? 'none' : value.join(', ');
}

/** `monthsByCategory` as words: `months by category`; a category, `4A`, is one already. */
function words(key: string): string {
  return key.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
