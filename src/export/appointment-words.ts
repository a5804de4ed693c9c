const FORM = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2})?(Z|[+-]\d{2}:\d{2})?(?:\[([^\]]+)\])?$/;

/**
 * An appointment by the clock of its place: `2026-09-02 09:30`. Its zone is told where it is not
 * `home`, the clinic's; its offset wherever it is recorded, as of an hour that the clock shows twice.
 * A day, or another text, as it is.
 */
export function appointmentInWords(text: string, home?: string): string {
  const [, date, clock, offset, zone] = FORM.exec(text) ?? [];
  if (date === undefined) return text;
  const place = [
    ...(offset === undefined ? [] : [offset === 'Z' ? 'UTC' : `UTC${offset}`]),
    ...(zone === undefined || zone === home ? [] : [zone]),
  ];
  return `${date} ${clock}${place.length === 0 ? '' : ` (${place.join(', ')})`}`;
}
