import type { Command } from 'commander';
import { type Day, formatDay } from '../../domain/civil-date.ts';
import { MODALITIES } from '../../domain/modality.ts';
import { RISK_TIERS } from '../../domain/risk-tier.ts';
import type { Bucket } from '../../plan/worklist-buckets.ts';
import type { RowFilter } from '../../service/case/due-list.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { collectChoiceOption } from './collect-option.ts';
import { dayOption } from './planning-options.ts';

/** The buckets of `due --bucket`, as the worklist has them. */
export const DUE_BUCKETS = [
  'escalation-overdue',
  'escalation',
  'overdue',
  'due',
  'opens-soon',
  'booked',
  'deferred',
  'on-hold',
  'data-to-complete',
  'to-close',
  'later',
] as const satisfies readonly Bucket[];

/** The options of `due` that choose rows. */
export interface FilterOptions {
  readonly bucket?: readonly Bucket[];
  readonly tier?: RowFilter['tiers'];
  readonly modality?: RowFilter['modalities'];
  readonly from?: string;
  readonly to?: string;
  readonly code?: string;
  readonly all?: boolean;
}

export function addFilterOptions(command: Command): Command {
  return command
    .addOption(collectChoiceOption('--bucket <bucket>', 'only this bucket', DUE_BUCKETS))
    .addOption(collectChoiceOption('--tier <tier>', 'only this risk tier', RISK_TIERS))
    .addOption(
      collectChoiceOption(
        '--modality <modality>',
        'only what can be done with this modality',
        MODALITIES,
      ),
    )
    .option(
      '--from <date>',
      'only what can be done on or after this day; what is late can be today',
    )
    .option('--to <date>', 'only what can be done on or before this day')
    .option('--code <code>', 'only the item with this code of a calendar')
    .option('--all', 'list also what needs nothing yet (bucket later)');
}

/** The rows that the options choose. Without `--all` or `--bucket` those that need nothing yet are left out. */
export function filterOf(options: FilterOptions): RowFilter {
  const { bucket, tier, modality, code, all } = options;
  const from = dayOption(options.from, '--from');
  const to = dayOption(options.to, '--to');
  if (from !== undefined && to !== undefined && to < from) throw endsBeforeItBegins(from);
  const everyBucket = all === true || code !== undefined;
  return {
    buckets: bucket ?? (everyBucket ? undefined : DUE_BUCKETS.filter((name) => name !== 'later')),
    tiers: tier,
    modalities: modality,
    from: from === undefined ? undefined : formatDay(from),
    to: to === undefined ? undefined : formatDay(to),
    code,
  };
}

/** Days that hold nothing would give an empty list, which looks like a good one. */
function endsBeforeItBegins(from: Day): CommandFault {
  const message = 'the last day lies before the first';
  return new CommandFault(EXIT.usage, [
    { path: '--to', message, allowed: `${formatDay(from)} or later, as --from says` },
  ]);
}
