/** What was done just now, by the key that stands in the address. */
const NOTICES: Readonly<Record<string, string>> = {
  approved: 'The protocol is approved. Episodes of the clinic may follow it.',
  'approved-before': 'You had approved this version before; nothing was changed.',
  adopted: 'The episodes follow this version now.',
  'adopted-partly':
    'Some episodes were changed by somebody else meanwhile and were not moved: compare again and adopt again.',
  'adopted-before':
    'Every episode that was meant follows this version already; nothing was changed.',
};

/** The sentence of a notice; undefined: there is none of this key. */
export function protocolNotice(url: URL): string | undefined {
  const key = url.searchParams.get('done') ?? '';
  return Object.hasOwn(NOTICES, key) ? NOTICES[key] : undefined;
}
