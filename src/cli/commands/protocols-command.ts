import type { Command } from 'commander';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { reportProblems } from '../faults/problem-report.ts';
import { readJsonFile } from '../input/documents.ts';
import { choiceOption } from '../options/choice-option.ts';
import { protocolOption } from '../options/planning-options.ts';
import { jsonText } from '../output/json-text.ts';
import { wrapped } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';

/** `protocols list | show | check`: the catalog, one protocol, a protocol file. */
export function protocolsCommand(program: Command, surroundings: Surroundings): void {
  const protocols = program.command('protocols');
  const { stdout, stderr } = surroundings;

  protocols
    .command('list')
    .description('list the protocols that come with cryowatch')
    .addOption(
      choiceOption('-o, --output <format>', 'how to write it (default: text)', ['text', 'json']),
    )
    .action(async (options: { output?: 'text' | 'json' }) => {
      const { listProtocols } = await import('../../service/case/list-protocols.ts');
      const lines = listProtocols();
      await stdout.write(
        options.output === 'json'
          ? jsonText(lines)
          : lines
              .map(
                ({ id, version, kind, title, status }) =>
                  `${wrapped(`${id} ${version} (${kind})`, stdout, 0)}${wrapped(`${title}. Status: ${status}`, stdout, 4)}`,
              )
              .join(''),
      );
    });

  protocols
    .command('show')
    .description('print a protocol file: every value, reason and source')
    .argument('<id|file>', 'a protocol of the catalog, or a protocol file')
    .action(async (wanted: string) => {
      const protocol = await protocolOption(surroundings, wanted);
      await stdout.write(jsonText(protocol));
    });

  protocols
    .command('check')
    .description('check a protocol file: form, sense, sources')
    .argument('<file>', 'the protocol file; - is standard input')
    .action(async (file: string) => {
      const { checkProtocolDocument } = await import('../../service/case/check-document.ts');
      const { document, place } = await readJsonFile(surroundings, file);
      const result = checkProtocolDocument(document);
      if (result.problems.length > 0) {
        throw new CommandFault(EXIT.invalidInput, result.problems, place);
      }
      const advice = result.advice.length;
      if (advice > 0) await reportProblems(stderr, result.advice, place);
      await stdout.write(
        `${result.id ?? file}: sound${advice === 0 ? '' : `, with ${advice} ${advice === 1 ? 'piece' : 'pieces'} of advice`}\n`,
      );
    });
}
