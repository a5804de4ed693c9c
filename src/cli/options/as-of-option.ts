import type { Command } from 'commander';

/** The day for which episodes of a store are planned. */
export function addAsOfOption(command: Command): Command {
  return command.option(
    '--as-of <date>',
    'day for which to plan, YYYY-MM-DD or today (default: today in the clinic)',
  );
}
