import type { CompletedCommand, CompletedOption } from './completion-words.ts';

/** The script for fish: a line for each command and option, valid where its command was typed. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap((command) => {
    const here = condition(command);
    return [
      ...command.children.map((child) => {
        const says = commands.find(
          ({ path }) => path.join(' ') === [...command.path, child].join(' '),
        );
        return `complete -c cryowatch -n ${quoted(here)} -f -a ${child} -d ${quoted(says?.says ?? '')}`;
      }),
      ...command.options.map((option) => optionLine(here, option)),
    ];
  });
  return `${lines.join('\n')}\n`;
}

/** Holds where the command's own words were typed, and none of those that lead further. */
function condition({ path, children }: CompletedCommand): string {
  const typed = path.map((word) => `__fish_seen_subcommand_from ${word}`);
  const further =
    children.length === 0 ? [] : [`not __fish_seen_subcommand_from ${children.join(' ')}`];
  return [...typed, ...further].join('; and ') || 'true';
}

function optionLine(here: string, { flags, says, words }: CompletedOption): string {
  const names = flags.map((flag) =>
    flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
  );
  const takes =
    words === null ? [] : words.length === 0 ? ['-r'] : ['-x', '-a', quoted(words.join(' '))];
  return ['complete -c cryowatch -n', quoted(here), ...names, ...takes, '-d', quoted(says)].join(
    ' ',
  );
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
