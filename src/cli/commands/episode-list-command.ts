import type { Command } from 'commander';
import type { EpisodeRow, ListedEpisode } from '../../service/episode/list-episodes.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { reportProblems } from '../faults/problem-report.ts';
import { addAsOfOption } from '../options/as-of-option.ts';
import { choiceOption } from '../options/choice-option.ts';
import { storeDayOption } from '../options/planning-options.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  withClinic,
} from '../options/store-options.ts';
import { versionedProtocol } from '../options/versioned-protocol.ts';
import { columnsText } from '../output/columns.ts';
import { jsonText } from '../output/json-text.ts';
import { type Target, writeTo } from '../output/output-target.ts';
import type { Surroundings } from '../surroundings.ts';

const LIST_FORMATS = ['table', 'json', 'ndjson', 'csv'] as const;
type ListFormat = (typeof LIST_FORMATS)[number];

interface ListOptions extends ClinicOptions {
  readonly patient?: string;
  readonly protocol?: string;
  readonly asOf?: string;
  readonly output?: ListFormat;
  readonly out?: string;
}

/** `episode list`: the episodes of a clinic, one a line. */
export function episodeListCommand(
  group: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const command = group
    .command('list')
    .description('list the episodes of a clinic with their phase, tier and next visit')
    .option('--patient <reference>', 'only those of this patient')
    .option('--protocol <id[@version]>', 'only those that follow this protocol');
  addAsOfOption(addClinicOption(addStoreOptions(command)))
    .addOption(
      choiceOption(
        '-o, --output <format>',
        'how to write it (default: table on a terminal, else json)',
        LIST_FORMATS,
      ),
    )
    .option('--out <file>', 'write to a file, which appears only when it is whole')
    .action(async (options: ListOptions) => {
      const asOf = storeDayOption(options.asOf);
      await withClinic(surroundings, options, async (context, clinic) => {
        const { listEpisodes } = await import('../../service/episode/list-episodes.ts');
        const protocol =
          options.protocol === undefined ? undefined : versionedProtocol(options.protocol);
        const query = { clinic, asOf, patientRef: options.patient, protocol };
        let unplanned = 0;
        const rows = told(listEpisodes(context, query), async ({ row, failure }) => {
          unplanned += 1;
          const { problems } = failure;
          await reportProblems(surroundings.stderr, problems, { file: `${clinic.code} ${row.id}` });
        });
        await writeTo(surroundings, options.out, (target) => write(rows, target, options.output));
        if (unplanned > 0) setExit(EXIT.partlyDone);
      });
    });
}

/** The rows, each told apart that has no plan. */
async function* told(
  listed: AsyncIterable<ListedEpisode>,
  tell: (listed: {
    readonly row: EpisodeRow;
    readonly failure: NonNullable<ListedEpisode['failure']>;
  }) => Promise<void>,
): AsyncGenerator<EpisodeRow> {
  for await (const { row, failure } of listed) {
    if (failure !== null) await tell({ row, failure });
    yield row;
  }
}

async function write(
  rows: AsyncIterable<EpisodeRow>,
  target: Target,
  wanted: ListFormat | undefined,
): Promise<void> {
  const format = wanted ?? (target.isTerminal ? 'table' : 'json');
  if (format === 'table' || format === 'json') {
    const all: EpisodeRow[] = [];
    for await (const row of rows) all.push(row);
    await target.write(format === 'json' ? jsonText(all) : columnsText(all, COLUMNS));
    return;
  }
  const { csvRecord } = await import('../../service/cohort/csv-record.ts');
  const { safeJson } = await import('../../service/case/json-text.ts');
  if (format === 'csv') await target.write(csvRecord(FIELDS));
  for await (const row of rows) {
    await target.write(
      format === 'csv'
        ? csvRecord(FIELDS.map((field) => String(row[field] ?? '')))
        : `${safeJson(row)}\n`,
    );
  }
}

const FIELDS = [
  'id',
  'patientRef',
  'laterality',
  'ablatedOn',
  'version',
  'protocol',
  'protocolVersion',
  'phase',
  'tier',
  'openEscalations',
  'nextVisit',
  'nextEarliest',
  'nextTarget',
  'nextLatest',
] as const satisfies readonly (keyof EpisodeRow)[];

const COLUMNS = {
  EPISODE: ({ id }: EpisodeRow) => id,
  PATIENT: ({ patientRef }: EpisodeRow) => patientRef ?? '',
  ABLATED: ({ ablatedOn }: EpisodeRow) => ablatedOn,
  SIDE: ({ laterality }: EpisodeRow) => laterality ?? '',
  VERSION: ({ version }: EpisodeRow) => version,
  PHASE: ({ phase, openEscalations }: EpisodeRow) =>
    phase === null ? 'not planned' : `${phase}${openEscalations === 0 ? '' : ' !'}`,
  TIER: ({ tier }: EpisodeRow) => tier ?? '',
  'NEXT VISIT': ({ nextVisit }: EpisodeRow) => nextVisit ?? '',
  TARGET: ({ nextTarget }: EpisodeRow) => nextTarget ?? '',
};
