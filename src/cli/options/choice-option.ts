import { InvalidArgumentError, Option } from 'commander';
import { didYouMean } from '../../domain/did-you-mean.ts';

/** An option with a closed list of words; another word is answered with the list and the nearest. */
export function choiceOption(flags: string, says: string, choices: readonly string[]): Option {
  const option = new Option(flags, says).choices(choices);
  return option.argParser((word: string) => {
    if (choices.includes(word)) return word;
    const meant = didYouMean(word, choices);
    throw new InvalidArgumentError(
      `Allowed choices are ${choices.join(', ')}.${meant === undefined ? '' : `\n(Did you mean ${meant}?)`}`,
    );
  });
}
