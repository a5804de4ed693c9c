import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../src/domain/did-you-mean.ts';

const FIELDS = ['laterality', 'ablation', 'events', 'episode', 'asOf'];

describe('what was probably meant', () => {
  it.each([
    ['lateralty', 'laterality'],
    ['LATERALITY', 'laterality'],
    ['latearlity', 'laterality'],
    ['ablatoin', 'ablation'],
    ['event', 'events'],
    ['eventss', 'events'],
    ['evnets', 'events'],
    ['as_of', 'asOf'],
    ['asof', 'asOf'],
    ['abaltion', 'ablation'],
  ])('%s: %s', (found, meant) => {
    expect(didYouMean(found, FIELDS)).toBe(meant);
  });

  it.each(['', 'x', 'zzzzzzzz', 'lat', 'asOfDate', 'evne'])('%j: nothing near enough', (found) => {
    expect(didYouMean(found, FIELDS)).toBeUndefined();
  });

  it('at most a third of the letters differ, and one letter always may', () => {
    expect(didYouMean('abcdeX', ['abcdef'])).toBe('abcdef');
    expect(didYouMean('abcdXX', ['abcdef'])).toBe('abcdef');
    expect(didYouMean('abcXXX', ['abcdef'])).toBeUndefined();
    expect(didYouMean('5', ['4A'])).toBeUndefined();
    expect(didYouMean('4D', ['4A'])).toBe('4A');
    expect(didYouMean('X', ['Y'])).toBe('Y');
  });

  it('two neighbours swapped are one difference, not two', () => {
    expect(didYouMean('abc', ['acb'])).toBe('acb');
    expect(didYouMean('cba', ['abc'])).toBeUndefined();
    expect(didYouMean('ba', ['ab'])).toBe('ab');
  });

  it.each([
    ['ac', 'cb'],
    ['bc', 'ab'],
    ['cd', 'ab'],
    ['abxy', 'abyz'],
  ])('%s and %s only look like a swap: two differences', (found, candidate) => {
    expect(didYouMean(found, [candidate])).toBeUndefined();
  });

  it('a swap at the end of a long word is one difference beside another one', () => {
    expect(didYouMean('abXdfe', ['abcdef'])).toBe('abcdef');
    expect(didYouMean('aXXdfe', ['abcdef'])).toBeUndefined();
  });

  it('takes the nearest, of equally near ones the first', () => {
    expect(didYouMean('4D', ['4', '4A', '4B'])).toBe('4');
    expect(didYouMean('intervall', ['internal', 'interval'])).toBe('interval');
  });

  it('of no candidates none', () => {
    expect(didYouMean('x', [])).toBeUndefined();
  });

  it('looks at no more than the beginning of a very long text', () => {
    expect(didYouMean('a'.repeat(1_000_000), ['b'.repeat(80)])).toBeUndefined();
    expect(didYouMean(`${'a'.repeat(80)}tail`, ['a'.repeat(80)])).toBe('a'.repeat(80));
  });
});
