/** The formats of `plan --output`, as the export registry has them; kept here so that help loads no exporter. */
export const OUTPUT_FORMATS = ['table', 'json', 'ndjson', 'csv', 'ics', 'html'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];
