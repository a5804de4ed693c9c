const COURSE = /^a(\d+)\.(.+)$/;
const NUMBERED = /^(.+)-(\d+)$/;

/**
 * What a visit is, in words: `baseline exam`, `interval visit 2`, `routine visit, month 72`; after a
 * repeat ablation with the number of its course. A text that is no key of a visit stays as it is.
 */
export function visitInWords(key: string): string {
  const [, course, visit = ''] = COURSE.exec(key) ?? [];
  if (course === undefined) return key;
  return `${nameOf(visit)}${course === '1' ? '' : `, course ${course}`}`;
}

function nameOf(visit: string): string {
  const [, lane = visit, number] = NUMBERED.exec(visit) ?? [];
  if (number === undefined) return `${visit} exam`;
  return lane === 'interval'
    ? `interval visit ${number}`
    : `${lane.replaceAll('-', ' ')} visit, month ${number}`;
}

const KEYS = /\ba\d+\.[a-z][a-z0-9-]*|\besc\.(?=\S)/g;

/** A sentence of a plan with words for each key of a visit or an escalation in it. */
export function keysInWords(sentence: string): string {
  return sentence.replace(KEYS, (key) =>
    key === 'esc.' ? 'the escalation of ' : visitInWords(key),
  );
}
