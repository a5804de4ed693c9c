import { eventOfEscalation, isEscalationKey } from './keys.ts';

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

/** What is known to be the key of a visit or an escalation, in words. */
export function keyInWords(key: string): string {
  return isEscalationKey(key) ? `the escalation of ${eventOfEscalation(key)}` : visitInWords(key);
}

/** A plan as far as its keys are asked for. */
interface KeyedPlan {
  readonly visits: readonly { readonly key: string }[];
  readonly escalations: readonly { readonly key: string }[];
}

/**
 * A sentence of a plan with words for each key of a visit or an escalation in it. Only keys that the
 * plan has: an exam may be called `a1.mri`.
 */
export function keysInWords(sentence: string, { visits, escalations }: KeyedPlan): string {
  const keys = [...visits, ...escalations]
    .map(({ key }) => key)
    .filter((key) => sentence.includes(key))
    .sort((a, b) => b.length - a.length);
  if (keys.length === 0) return sentence;
  // A key stands by itself: neither `a1.interval-1` in `a1.interval-12` nor one inside of an id.
  const any = keys.map((key) => key.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
  const whole = new RegExp(
    `(?<![\\p{L}\\p{N}_.-])(?:${any})(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}_])`,
    'gu',
  );
  return sentence.replace(whole, keyInWords);
}
