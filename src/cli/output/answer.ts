import type { Command } from 'commander';
import { choiceOption } from '../options/choice-option.ts';
import type { Surroundings } from '../surroundings.ts';
import { type Column, columnsText } from './columns.ts';
import { jsonText } from './json-text.ts';
import { writeTo } from './output-target.ts';

/** The option of a command whose answer is read by people and by programs. */
export interface AnswerOptions {
  readonly output?: 'text' | 'json' | undefined;
}

export function addAnswerOption(command: Command): Command {
  return command.addOption(
    choiceOption(
      '-o, --output <format>',
      'how to write it (default: text on a terminal, else json)',
      ['text', 'json'],
    ),
  );
}

/** Writes an answer to standard output: as text on a terminal, else as JSON. */
export async function writeAnswer(
  surroundings: Surroundings,
  { output }: AnswerOptions,
  answer: { readonly json: unknown; readonly text: () => string },
): Promise<void> {
  await writeTo(surroundings, undefined, async (target) => {
    const format = output ?? (target.isTerminal ? 'text' : 'json');
    await target.write(format === 'json' ? jsonText(answer.json) : answer.text());
  });
}

/** Writes a list: as columns on a terminal, else as a JSON array of its rows. */
export async function writeList<T>(
  surroundings: Surroundings,
  options: AnswerOptions,
  rows: readonly T[],
  columns: Readonly<Record<string, Column<T>>>,
): Promise<void> {
  await writeAnswer(surroundings, options, { json: rows, text: () => columnsText(rows, columns) });
}
