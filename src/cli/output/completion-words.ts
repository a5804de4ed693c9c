import type { Command } from 'commander';

/** An option as a shell completes it. */
export interface CompletedOption {
  readonly flags: readonly string[];
  readonly says: string;
  /** The words that it may take; null: it takes none; empty: any word, a file as a rule. */
  readonly words: readonly string[] | null;
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  /** The words that lead to it; empty: the program itself. */
  readonly path: readonly string[];
  readonly says: string;
  readonly children: readonly string[];
  readonly options: readonly CompletedOption[];
}

/** Every command of the program with what can follow it. */
export function completedCommands(
  command: Command,
  path: readonly string[] = [],
): CompletedCommand[] {
  const help = command.createHelp();
  const children = help.visibleCommands(command).filter(({ parent }) => parent !== null);
  const own: CompletedCommand = {
    path,
    says: command.description(),
    children: children.map((child) => child.name()),
    options: help.visibleOptions(command).map((option) => ({
      flags: [option.short, option.long].flatMap((flag) => flag ?? []),
      says: option.description,
      words: option.required || option.optional ? (option.argChoices ?? []) : null,
    })),
  };
  return [own, ...children.flatMap((child) => completedCommands(child, [...path, child.name()]))];
}
