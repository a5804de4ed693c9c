import fc from 'fast-check';

const ATTACKS = [
  '\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:injected',
  '\nATTENDEE:mailto:evil@example.org',
  '\r\n BEGIN:VALARM',
  '\u2028X-EVIL:1',
  '\u0085METHOD:REQUEST',
  '\\, \\; \\n \\\\',
  '";TZID="x',
  '=HYPERLINK("http://evil")',
  '+1',
  '-1',
  '@x',
  '\t=1',
  '\u0000=1',
  '","injected","',
  '"\r\n=1,',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' style='x",
  '</style></title><!--',
  '&lt;b&gt;&amp;',
  '\u001b[2J\u001b]0;owned\u0007',
  '\u009b31m',
  '\u202egnp.exe\u2069',
  '\ud800',
  '\udfff\ud83d',
  '\ufffe\uffff\ufeff',
  '\u000b\u000c\u007f',
  'x'.repeat(500),
  '\ud83e\ude7b'.repeat(130),
];

/** Text that tries to be more than text, wherever it is put. */
export const nastyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...ATTACKS),
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      }),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join(''));

/** Puts nasty texts before every free text of a value; equal texts stay equal, others different. */
export function infected<T>(value: T, free: ReadonlySet<string>, texts: readonly string[]): T {
  let turn = 0;
  const known = new Map<string, string>();
  const infect = (part: unknown, isFree: boolean): unknown => {
    if (typeof part === 'string') {
      if (!isFree) return part;
      const nasty = known.get(part) ?? `${texts[turn++ % texts.length]}${part}`;
      known.set(part, nasty);
      return nasty;
    }
    if (Array.isArray(part)) return part.map((item) => infect(item, isFree));
    if (typeof part !== 'object' || part === null || part instanceof Map) return part;
    return Object.fromEntries(
      Object.entries(part).map(([key, item]) => [key, infect(item, free.has(key))]),
    );
  };
  return infect(value, false) as T;
}

/** The tags of a page with their attributes, without what stands in them. */
export function skeletonOfPage(page: string): string[] {
  return (page.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'));
}
