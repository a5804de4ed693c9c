import { type Command, Option } from 'commander';
import type { Side } from '../../service/case/compare-plans.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { readJsonFile } from '../input/documents.ts';
import { choiceOption } from '../options/choice-option.ts';
import {
  addPlanningOptions,
  type PlanningOptions,
  planSettings,
} from '../options/planning-options.ts';
import { diffText } from '../output/diff-text.ts';
import { jsonText } from '../output/json-text.ts';
import type { Surroundings } from '../surroundings.ts';

const STANDARD_INPUT = '-';

interface DiffOptions extends PlanningOptions {
  readonly newProtocol?: string;
  readonly newAsOf?: string;
  readonly output?: 'text' | 'json';
}

/** `diff OLD NEW`: what a new case, protocol or day changes in the plan. */
export function diffCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('diff')
    .argument('<old>', 'case file (JSON) of the old plan; - is standard input')
    .argument('[new]', 'case file (JSON) of the new plan (default: the same case)');
  addPlanningOptions(command)
    .addOption(
      new Option('--new-protocol <id|file>', 'protocol of the new plan (default: --protocol)'),
    )
    .addOption(new Option('--new-as-of <date>', 'as-of date of the new plan (default: --as-of)'))
    .addOption(
      choiceOption(
        '-o, --output <format>',
        'how to write it (default: text on a terminal, else json)',
        ['text', 'json'],
      ),
    )
    .action(async (oldFile: string, newFile: string | undefined, options: DiffOptions) => {
      if (oldFile === STANDARD_INPUT && newFile === STANDARD_INPUT) throw stdinTwice();
      const old = await readJsonFile(surroundings, oldFile);
      const now = newFile === undefined ? old : await readJsonFile(surroundings, newFile);
      const before: Side = {
        document: old.document,
        settings: await planSettings(surroundings, options),
      };
      const after: Side = {
        document: now.document,
        settings: await planSettings(surroundings, {
          protocol: options.newProtocol ?? options.protocol,
          asOf: options.newAsOf ?? options.asOf,
        }),
      };
      const { comparePlans } = await import('../../service/case/compare-plans.ts');
      const compared = comparePlans(before, after);
      if (!compared.ok) {
        const { place } = compared.side === 'old' ? old : now;
        throw new CommandFault(EXIT.invalidInput, compared.problems, place);
      }
      const output = options.output ?? (surroundings.stdout.isTerminal ? 'text' : 'json');
      await surroundings.stdout.write(
        output === 'json'
          ? jsonText(compared.diff)
          : diffText(compared.before, compared.diff, surroundings.stdout),
      );
    });
}

function stdinTwice(): CommandFault {
  return new CommandFault(EXIT.usage, [
    {
      path: '',
      message: 'standard input can be read only once',
      mend: 'give a file for one of the two cases',
    },
  ]);
}
