import { readFileSync } from 'node:fs';

/** A protocol document as JSON gives it. */
export type Document = Record<string, unknown>;

const BARE = readFileSync(
  new URL('../cases/staged-risk-adapted.protocol.json', import.meta.url),
  'utf8',
);

/** The contract's protocol file: values and a title, no sources, no reasons. */
export function bareDocument(): Document {
  return JSON.parse(BARE) as Document;
}

/** A protocol of lanes only: six-monthly and yearly mammography. */
export function laneDocument(): Document {
  const { baseline, intervals, horizonMonths, ...rest } = bareDocument();
  return {
    ...rest,
    id: 'lanes-only',
    lanes: [
      {
        id: 'mammography',
        offsetsMonths: [6, 12, 24],
        windowMonths: { before: 1, after: 1 },
        acceptEarlyMonths: 2,
        modalities: ['MG'],
      },
    ],
  };
}

/** Sets the value at a path (`lanes.0.id`); undefined removes the key. Changes and returns the document. */
export function withValue(document: Document, path: string, value: unknown): Document {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const parent = steps.reduce<Document>((at, step) => at[step] as Document, document);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return document;
}
