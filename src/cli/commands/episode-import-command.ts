import type { Command } from 'commander';
import type {
  ImportReport,
  LeftUnanswered,
  RowProblem,
} from '../../service/cohort/cohort-report.ts';
import type { CohortRow } from '../../service/cohort/cohort-rows.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { orFault } from '../faults/outcome.ts';
import { reportProblems } from '../faults/problem-report.ts';
import { readCohortFile } from '../input/cohort-file.ts';
import { choiceOption } from '../options/choice-option.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  withClinic,
} from '../options/store-options.ts';
import { versionedProtocol } from '../options/versioned-protocol.ts';
import { type AnswerOptions, addAnswerOption, writeAnswer } from '../output/answer.ts';
import { showsProgress } from '../output/output-target.ts';
import { Progress } from '../output/progress.ts';
import type { Sink, Surroundings, TextEncoding } from '../surroundings.ts';

interface ImportOptions extends ClinicOptions, AnswerOptions {
  readonly encoding: TextEncoding;
  readonly protocol?: string;
  readonly update?: boolean;
  readonly partial?: boolean;
  readonly dryRun?: boolean;
}

/** `episode import FILE`: a whole cohort, all of it or nothing; the same file again changes nothing. */
export function episodeImportCommand(
  group: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const command = group
    .command('import')
    .description(
      'bring a cohort into the clinic: all rows or none; the same file again changes nothing',
    )
    .argument('<file>', 'CSV, or case files one a line (NDJSON); - is standard input')
    .addOption(
      choiceOption('--encoding <name>', 'how the text is written', ['utf8', 'latin1']).default(
        'utf8',
      ),
    )
    .option(
      '--protocol <id[@version]>',
      'an approved protocol for new episodes (default: the only one, or staged-risk-adapted)',
    )
    .option('--update', 'take over other facts and further events of episodes that are there')
    .option('--partial', 'keep the sound rows although others are faulty')
    .option('--dry-run', 'say what would be done, and write nothing');
  addClinicOption(addStoreOptions(addAnswerOption(command))).action(
    async (file: string, options: ImportOptions) => {
      const report = await importFile(surroundings, file, options);
      await writeAnswer(surroundings, options, {
        json: { ...told(report), file },
        text: () => reportText(report, options.dryRun === true),
      });
      if (report.faulty > 0) setExit(EXIT.partlyDone);
    },
  );
}

/** What people are told: the store's own numbers mean nothing outside of it. */
function told({ episodes: _numbers, ...report }: ImportReport) {
  return report;
}

function importFile(
  surroundings: Surroundings,
  file: string,
  options: ImportOptions,
): Promise<ImportReport> {
  const { stderr, clock } = surroundings;
  return withClinic(surroundings, options, async (context, clinic) => {
    const { approvedProtocol } = await import('../../service/clinic/approved-protocol.ts');
    const { importCohort } = await import('../../service/cohort/import-cohort.ts');
    const { savePlans } = await import('../../service/episode/save-plans.ts');
    const { protocol: wanted, update, partial, dryRun } = options;
    const protocol = orFault(
      await approvedProtocol(
        context,
        clinic,
        wanted === undefined ? undefined : versionedProtocol(wanted),
      ),
    );
    const cohort = await readCohortFile(surroundings, file, options.encoding);
    const progress = new Progress(stderr, clock, cohort, showsProgress(surroundings, undefined));
    const rows = counted(cohort.rows, progress);
    const work = { clinic, protocol, rows, update, partial, dryRun };
    const outcome = await importCohort(context, work);
    await progress.clear();
    const report = outcome.ok ? outcome.value : outcome.report;
    if (report !== undefined) await reportRows(stderr, report, file);
    await savePlans(context, { clinic, episodes: report?.episodes ?? [] }, (done) =>
      progress.show(done),
    );
    await progress.clear();
    if (outcome.ok || report?.written !== true) return orFault(outcome, { file });
    await reportProblems(stderr, outcome.problems, { file });
    return report;
  });
}

async function* counted(
  rows: AsyncIterable<CohortRow>,
  progress: Progress,
): AsyncGenerator<CohortRow> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    await progress.show(count);
    yield row;
  }
}

const SHOWN_AT_ONCE = 20;

/** Tells the first problems of rows and what their ends leave unanswered, each with its line, and how many more there are. */
async function reportRows(
  stderr: Sink,
  { problems, problemsLeftOut, leftUnanswered }: ImportReport,
  file: string,
): Promise<void> {
  const told = [...problems, ...leftUnanswered.map(unanswered)];
  const shown = [
    ...problems.slice(0, SHOWN_AT_ONCE),
    ...leftUnanswered.slice(0, SHOWN_AT_ONCE).map(unanswered),
  ];
  for (const { problem, line } of shown) await reportProblems(stderr, [problem], { file, line });
  const more = told.length - shown.length + problemsLeftOut;
  if (more > 0) await stderr.write(`cryowatch: … and ${more} more problems in ${file}\n`);
}

function unanswered({ line, episode, escalation, action }: LeftUnanswered): RowProblem {
  return {
    line,
    problem: {
      path: '',
      message: `the end of ${episode} leaves an open escalation unanswered: ${escalation} (${action})`,
      mend: `somebody must look at it; if the end is not right: record ${episode} reopening`,
    },
  };
}

function reportText(report: ImportReport, dryRun: boolean): string {
  const { rows, registered, updated, unchanged, faulty, eventsKept } = report;
  const kept =
    eventsKept === 0 ? '' : `${eventsKept} recorded events are not in the file; they stay.\n`;
  return `${dryRun ? 'Would import' : 'Imported'} ${rows} ${rows === 1 ? 'row' : 'rows'}: ${registered} new, ${updated} updated, ${unchanged} unchanged, ${faulty} faulty.\n${kept}`;
}
