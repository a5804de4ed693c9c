import { InvalidArgumentError } from 'commander';

/** Reads a version of an episode that is given as an option. */
export function versionWord(word: string): number {
  if (/^[1-9]\d{0,9}$/.test(word)) return Number(word);
  throw new InvalidArgumentError('A version is a whole number from 1, as episode show tells it.');
}
