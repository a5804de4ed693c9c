import type { Command } from 'commander';
import { formatDay } from '../../domain/civil-date.ts';
import type { ExitCode } from '../exit-code.ts';
import { orFault } from '../faults/outcome.ts';
import { reportProblems } from '../faults/problem-report.ts';
import { readJsonFile } from '../input/documents.ts';
import { dayOption, looksLikeFile } from '../options/planning-options.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  withClinic,
} from '../options/store-options.ts';
import { type AnswerOptions, addAnswerOption, writeAnswer } from '../output/answer.ts';
import { columnsText } from '../output/columns.ts';
import { printable } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';
import { protocolAdoptCommand } from './protocol-adopt-command.ts';

/** `protocol list | approve | adopt`: the protocols that a clinic of a store keeps and follows. */
export function protocolCommand(
  program: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const group = program.command('protocol');
  listCommand(group, surroundings);
  approveCommand(group, surroundings);
  protocolAdoptCommand(group, surroundings, setExit);
}

const HASH_SHOWN = 12;

function listCommand(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('list')
    .description(
      'list the versions that the clinic keeps, who approved them, and how many episodes follow each',
    );
  addClinicOption(addStoreOptions(addAnswerOption(command))).action(
    async (options: ClinicOptions & AnswerOptions) =>
      withClinic(surroundings, options, async (context, clinic) => {
        const { clinicProtocols } = await import('../../service/clinic/clinic-protocols.ts');
        const rows = await clinicProtocols(context, clinic);
        const text = () =>
          columnsText(rows, {
            PROTOCOL: ({ id }) => id,
            VERSION: ({ version, readable }) =>
              readable ? version : `${version} (this release cannot read it)`,
            HASH: ({ hash }) => hash.slice(0, HASH_SHOWN),
            EPISODES: ({ episodes }) => episodes,
            'APPROVED BY': ({ approvals }) =>
              approvals.length === 0
                ? 'nobody: no episode may follow it'
                : approvals.map(({ clinician, date }) => `${clinician}, ${date}`).join('; '),
          });
        await writeAnswer(surroundings, options, { json: rows, text });
      }),
  );
}

interface ApproveOptions extends ClinicOptions {
  readonly clinician: string;
  readonly date?: string;
  readonly note?: string;
  readonly dryRun?: boolean;
}

function approveCommand(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('approve')
    .description(
      'record that a clinician approves a protocol for the clinic; episodes may follow it then',
    )
    .argument(
      '<id|file>',
      'a protocol of the catalog, one that the clinic keeps, or a protocol file',
    )
    .requiredOption('--clinician <name>', 'the clinician who approves it, by name')
    .option('--date <date>', 'day of the approval, YYYY-MM-DD (default: today)')
    .option('--note <text>', 'what the clinician wants kept with it')
    .option('--dry-run', 'say what would be approved, and write nothing');
  addClinicOption(addStoreOptions(command)).action(
    async (wanted: string, options: ApproveOptions) => {
      const { clinician, note, dryRun = false } = options;
      const date = dayOption(options.date, '--date');
      const read = looksLikeFile(wanted) ? await readJsonFile(surroundings, wanted) : undefined;
      const protocol = read === undefined ? wanted : asObject(read.document);
      await withClinic(surroundings, options, async (context, clinic) => {
        const { approveProtocol } = await import('../../service/clinic/approve-protocol.ts');
        const work = { clinic, protocol, clinician, date, note, dryRun };
        const approved = orFault(await approveProtocol(context, work), read?.place);
        const { pin, advice } = approved;
        await reportProblems(surroundings.stderr, advice, read?.place);
        const told = [
          `${dryRun ? 'Would approve' : 'Approved'} for clinic ${clinic.code}:`,
          `protocol   ${pin.id} ${pin.version}`,
          `hash       ${pin.hash}`,
          `clinician  ${printable(clinician)}, ${formatDay(approved.date)}`,
          `advice     ${advice.length === 0 ? 'none' : `${advice.length}, see above`}`,
        ];
        await surroundings.stdout.write(`${told.join('\n')}\n`);
      });
    },
  );
}

/** A document that is no object has no field of a protocol. */
function asObject(document: unknown): object {
  return typeof document === 'object' && document !== null ? document : {};
}
