import type { Command } from 'commander';
import { CommandFault } from './command-fault.ts';
import { readJsonFile } from './documents.ts';
import { EXIT } from './exit-code.ts';
import { protocolOption } from './planning-options.ts';
import { reportProblems } from './problem-report.ts';
import type { Surroundings } from './surroundings.ts';
import { wrapped } from './wrapped-text.ts';

/** `protocols list | show | check`: the catalog, one protocol, a protocol file. */
export function protocolsCommand(program: Command, surroundings: Surroundings): void {
  const protocols = program.command('protocols').description('list, show and check protocols');
  const { stdout, stderr } = surroundings;

  protocols
    .command('list')
    .description('list the protocols that come with cryowatch')
    .option('--json', 'write JSON')
    .action(async (options: { json?: boolean }) => {
      const { listProtocols } = await import('../service/list-protocols.ts');
      const lines = listProtocols();
      await stdout.write(
        options.json === true
          ? `${JSON.stringify(lines, null, 2)}\n`
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
      await stdout.write(`${JSON.stringify(protocol, null, 2)}\n`);
    });

  protocols
    .command('check')
    .description('check a protocol file: form, sense, sources')
    .argument('<file>', 'the protocol file; - is standard input')
    .action(async (file: string) => {
      const { checkProtocolDocument } = await import('../service/check-document.ts');
      const result = checkProtocolDocument(await readJsonFile(surroundings, file));
      if (result.problems.length > 0) {
        throw new CommandFault(EXIT.invalidInput, result.problems, { file });
      }
      const advice = result.advice.length;
      if (advice > 0) await reportProblems(stderr, result.advice, { file });
      await stdout.write(
        `${result.id ?? file}: sound${advice === 0 ? '' : `, with ${advice} ${advice === 1 ? 'piece' : 'pieces'} of advice`}\n`,
      );
    });
}
