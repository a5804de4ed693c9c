import { type Command, Option } from 'commander';
import type { Side } from '../service/compare-plans.ts';
import { CommandFault } from './command-fault.ts';
import { diffText } from './diff-text.ts';
import { readJsonFile } from './documents.ts';
import { EXIT } from './exit-code.ts';
import { addPlanningOptions, type PlanningOptions, planSettings } from './planning-options.ts';
import type { Surroundings } from './surroundings.ts';

interface DiffOptions extends PlanningOptions {
  readonly newProtocol?: string;
  readonly newAsOf?: string;
  readonly output?: 'text' | 'json';
}

/** `diff OLD NEW`: what a new case, protocol or day changes in the plan. */
export function diffCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('diff')
    .description('show what changes between two plans: added, moved, cancelled, unchanged, and why')
    .argument('<old>', 'case file (JSON) of the old plan; - is standard input')
    .argument('[new]', 'case file (JSON) of the new plan (default: the same case)');
  addPlanningOptions(command)
    .addOption(
      new Option('--new-protocol <id|file>', 'protocol of the new plan (default: --protocol)'),
    )
    .addOption(new Option('--new-as-of <date>', 'as-of date of the new plan (default: --as-of)'))
    .addOption(
      new Option(
        '-o, --output <format>',
        'how to write it (default: text on a terminal, else json)',
      ).choices(['text', 'json']),
    )
    .action(async (oldFile: string, newFile: string | undefined, options: DiffOptions) => {
      const before: Side = {
        document: await readJsonFile(surroundings, oldFile),
        settings: await planSettings(surroundings, options),
      };
      const after: Side = {
        document:
          newFile === undefined ? before.document : await readJsonFile(surroundings, newFile),
        settings: await planSettings(surroundings, {
          protocol: options.newProtocol ?? options.protocol,
          asOf: options.newAsOf ?? options.asOf,
        }),
      };
      const { comparePlans } = await import('../service/compare-plans.ts');
      const compared = comparePlans(before, after);
      if (!compared.ok) {
        const file = compared.side === 'old' ? oldFile : (newFile ?? oldFile);
        throw new CommandFault(EXIT.invalidInput, compared.problems, { file });
      }
      const output = options.output ?? (surroundings.stdout.isTerminal ? 'text' : 'json');
      await surroundings.stdout.write(
        output === 'json'
          ? `${JSON.stringify(compared.diff, null, 2)}\n`
          : diffText(compared.diff, surroundings.stdout),
      );
    });
}
