import type { CompletedCommand } from './completion-words.ts';

/**
 * The script for bash. It walks the words before the cursor down the commands, and offers what can
 * follow there: the words of an option, else commands and options, else files.
 */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const known = commands.filter(({ path }) => path.length > 0).map(({ path }) => path.join(' '));
  return [
    '_cryowatch() {',
    '  local word=$2 before=$3 path="" next i words=""',
    `  for i in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do`,
    `    next="\${path:+$path }$i"`,
    '    case "$next" in',
    `      ${known.map((path) => `"${path}"`).join(' | ')}) path="$next" ;;`,
    '    esac',
    '  done',
    '  case "$path:$before" in',
    ...commands.flatMap(wordsOfOptions),
    '    *)',
    '      case "$path" in',
    ...commands.map(({ path, children, options }) => {
      const flags = options.flatMap((option) => option.flags);
      return `        "${path.join(' ')}") words="${[...children, ...flags].join(' ')}" ;;`;
    }),
    '      esac ;;',
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    '}',
    'complete -o bashdefault -o default -F _cryowatch cryowatch',
    '',
  ].join('\n');
}

/** What follows an option that takes a word; nothing is offered for one that takes any. */
function wordsOfOptions({ path, options }: CompletedCommand): string[] {
  return options.flatMap(({ flags, words }) => {
    if (words === null) return [];
    const cases = flags.map((flag) => `"${path.join(' ')}:${flag}"`).join(' | ');
    return [`    ${cases}) words="${words.join(' ')}" ;;`];
  });
}
