import type { Command } from 'commander';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { readJsonFile } from '../input/documents.ts';
import { choiceOption } from '../options/choice-option.ts';
import {
  addPlanningOptions,
  type PlanningOptions,
  planSettings,
} from '../options/planning-options.ts';
import { jsonText } from '../output/json-text.ts';
import { wrapped } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';

interface ExplainOptions extends PlanningOptions {
  readonly input: string;
  readonly output?: 'text' | 'json';
}

/** `explain KEY`: "why then?" in plain sentences. */
export function explainCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('explain')
    .argument('<key>', 'a1.interval-2, esc.x1, or the id of an exam')
    .requiredOption('-i, --input <file>', 'case file (JSON); - is standard input')
    .addOption(
      choiceOption('-o, --output <format>', 'how to write it (default: text)', ['text', 'json']),
    );
  addPlanningOptions(command).action(async (key: string, options: ExplainOptions) => {
    const settings = await planSettings(surroundings, options);
    const { document, place } = await readJsonFile(surroundings, options.input);
    const { explainLine } = await import('../../service/case/explain-plan.ts');
    const { planDocument } = await import('../../service/case/plan-case.ts');
    const planned = planDocument(document, settings);
    if (!planned.ok) {
      throw new CommandFault(EXIT.invalidInput, planned.problems, place);
    }
    const explained = explainLine(planned.value, key);
    if (!explained.ok) throw new CommandFault(EXIT.notFound, explained.problems);
    const { headline, sentences } = explained.value;
    await surroundings.stdout.write(
      options.output === 'json'
        ? jsonText(explained.value)
        : `${wrapped(headline, surroundings.stdout, 0)}${sentences.map((sentence) => wrapped(sentence, surroundings.stdout, 2)).join('')}`,
    );
  });
}
