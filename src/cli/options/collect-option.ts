import { Option } from 'commander';
import { choiceOption } from './choice-option.ts';

/** An option that may be given several times; its words are collected in their order. */
export function collectOption(flags: string, says: string): Option {
  return collecting(new Option(flags, `${says} (may be repeated)`), (word) => word);
}

/** The same with a closed list of words. */
export function collectChoiceOption(
  flags: string,
  says: string,
  choices: readonly string[],
): Option {
  const option = choiceOption(flags, `${says} (may be repeated)`, choices);
  const check = option.parseArg;
  return collecting(option, (word) => {
    check?.(word, undefined);
    return word;
  });
}

function collecting(option: Option, read: (word: string) => string): Option {
  return option.argParser((word: string, before: readonly string[] | undefined) => [
    ...(before ?? []),
    read(word),
  ]);
}
