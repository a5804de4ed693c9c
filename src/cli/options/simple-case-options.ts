import { type Command, Option } from 'commander';
import { BI_RADS_CATEGORIES } from '../../domain/bi-rads.ts';
import { ENDOCRINE_THERAPIES, INTENTS } from '../../domain/episode.ts';
import { LATERALITIES } from '../../domain/laterality.ts';
import { FOCALITIES, HISTOLOGIES, NODAL_STATUSES, RECEPTOR_STATUSES } from '../../domain/tumor.ts';

/** A flag of the short form: the field that it fills and how its word is read. */
interface Flag {
  readonly flags: string;
  readonly field: string;
  readonly says: string;
  readonly read: (word: string) => unknown;
}

function text(word: string): string {
  return word;
}

/** A word that is not a number stays a word, so that the check of the case can name it. */
function number(word: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(word) ? Number(word) : word;
}

function yesNo(word: string): boolean | string {
  return word === 'yes' ? true : word === 'no' ? false : word;
}

function among(values: readonly unknown[]): string {
  return values.join(' | ');
}

/** The flags of `plan` for a case without events. */
const FLAGS: readonly Flag[] = [
  {
    flags: '--ablated <date>',
    field: 'ablatedOn',
    says: 'date of the ablation, YYYY-MM-DD',
    read: text,
  },
  {
    flags: '--birads <category>',
    field: 'biRads',
    says: `category to assume until an exam gives one (${among(BI_RADS_CATEGORIES)})`,
    read: (word) => word.toUpperCase(),
  },
  { flags: '--laterality <side>', field: 'laterality', says: among(LATERALITIES), read: text },
  { flags: '--id <id>', field: 'id', says: 'id of the episode', read: text },
  {
    flags: '--patient-ref <ref>',
    field: 'patientRef',
    says: "the clinic's reference, never a name",
    read: text,
  },
  {
    flags: '--tumor-size-mm <mm>',
    field: 'tumorSizeMm',
    says: 'longest diameter in millimetres',
    read: number,
  },
  { flags: '--focality <value>', field: 'focality', says: among(FOCALITIES), read: text },
  { flags: '--histology <value>', field: 'histology', says: among(HISTOLOGIES), read: text },
  { flags: '--grade <1-3>', field: 'grade', says: 'Nottingham grade', read: number },
  { flags: '--er <status>', field: 'er', says: among(RECEPTOR_STATUSES), read: text },
  { flags: '--pr <status>', field: 'pr', says: among(RECEPTOR_STATUSES), read: text },
  { flags: '--her2 <status>', field: 'her2', says: among(RECEPTOR_STATUSES), read: text },
  {
    flags: '--ki67-percent <percent>',
    field: 'ki67Percent',
    says: 'Ki-67 labelling index',
    read: number,
  },
  {
    flags: '--extensive-intraductal-component <yes|no>',
    field: 'extensiveIntraductalComponent',
    says: 'extensive intraductal component',
    read: yesNo,
  },
  {
    flags: '--lymphovascular-invasion <yes|no>',
    field: 'lymphovascularInvasion',
    says: 'lymphovascular invasion',
    read: yesNo,
  },
  {
    flags: '--nodal-status <status>',
    field: 'nodalStatus',
    says: among(NODAL_STATUSES),
    read: text,
  },
  {
    flags: '--minimum-margin-mm <mm>',
    field: 'minimumMarginMm',
    says: 'smallest ablation margin in millimetres',
    read: number,
  },
  {
    flags: '--freeze-thaw-cycles <count>',
    field: 'freezeThawCycles',
    says: 'freeze–thaw cycles of the ablation',
    read: number,
  },
  {
    flags: '--endocrine-therapy <status>',
    field: 'endocrineTherapy',
    says: among(ENDOCRINE_THERAPIES),
    read: text,
  },
  { flags: '--intent <intent>', field: 'intent', says: among(INTENTS), read: text },
];

interface Named {
  readonly flag: Flag;
  readonly option: Option;
}

function options(): Named[] {
  return FLAGS.map((flag) => ({ flag, option: new Option(flag.flags, flag.says) }));
}

export function addSimpleCaseOptions(command: Command): Command {
  for (const { option } of options()) command.addOption(option);
  return command;
}

/** The short form of a case from the flags that were given; undefined where none was. */
export function simpleCaseFrom(given: Readonly<Record<string, unknown>>): object | undefined {
  const fields = options().flatMap(({ flag, option }) => {
    const word = given[option.attributeName()];
    return typeof word === 'string' ? [[flag.field, flag.read(word)] as const] : [];
  });
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

/** The flag that fills a field of the short form, so that a problem can name what was typed. */
export function flagOfField(field: string): string | undefined {
  return FLAGS.find((flag) => flag.field === field)?.flags.split(' ')[0];
}
