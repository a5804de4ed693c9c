/** The sentence for the `done` of an address; undefined where it names none. No text comes from the address. */
export function doneNotice(
  { searchParams }: URL,
  notices: Readonly<Record<string, string>>,
): string | undefined {
  const key = searchParams.get('done') ?? '';
  return Object.hasOwn(notices, key) ? notices[key] : undefined;
}
