import type { Command } from 'commander';
import { orFault } from '../faults/outcome.ts';
import { choiceOption } from '../options/choice-option.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  withClinic,
} from '../options/store-options.ts';
import { writeTo } from '../output/output-target.ts';
import type { Surroundings } from '../surroundings.ts';

/** The formats of a cohort, as the use case has them; kept here so that help loads no exporter. */
const COHORT_FORMATS = ['ndjson', 'csv'] as const;

interface ExportOptions extends ClinicOptions {
  readonly episode?: string;
  readonly output?: (typeof COHORT_FORMATS)[number];
  readonly out?: string;
}

/** `episode export`: the cohort as a file that `episode import` reads. */
export function episodeExportCommand(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('export')
    .description('write the episodes of the clinic as a file that import reads')
    .option('--episode <id>', 'only this one');
  addClinicOption(addStoreOptions(command))
    .addOption(
      choiceOption(
        '-o, --output <format>',
        'ndjson: whole case files; csv: facts only (default: by the name of --out, else ndjson)',
        COHORT_FORMATS,
      ),
    )
    .option('--out <file>', 'write to a file, which appears only when it is whole')
    .action(async ({ episode, output, out, ...options }: ExportOptions) => {
      const format = output ?? (out !== undefined && /\.csv$/i.test(out) ? 'csv' : 'ndjson');
      await withClinic(surroundings, options, async (context, clinic) => {
        const { exportCohort } = await import('../../service/cohort/export-cohort.ts');
        const parts = orFault(await exportCohort(context, { clinic, episode, format }));
        await writeTo(surroundings, out, async (target) => {
          for await (const part of parts) await target.write(part);
        });
      });
    });
}
