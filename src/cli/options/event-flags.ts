import { type Command, Option } from 'commander';
import { BI_RADS_CATEGORIES } from '../../domain/bi-rads.ts';
import {
  type CaseEvent,
  CLOSURE_REASONS,
  CONTACT_METHODS,
  CONTACT_OUTCOMES,
  type EventType,
  EXAM_QUALITIES,
  PATHOLOGY_RESULTS,
} from '../../domain/event.ts';
import { EXAM_LATERALITIES } from '../../domain/laterality.ts';
import { MODALITIES } from '../../domain/modality.ts';

/** The flag of an event's field, and how its word is read. */
interface Flag {
  readonly flags: string;
  readonly says: string;
  readonly read: (word: string) => unknown;
}

function text(word: string): string {
  return word;
}

function capitals(word: string): string {
  return word.toUpperCase();
}

/** A word that is not a number stays a word, so that the check of the event can name it. */
function number(word: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(word) ? Number(word) : word;
}

function numbers(words: string): readonly (number | string)[] {
  return words.split(',').map((word) => number(word.trim()));
}

function among(values: readonly string[]): string {
  return values.join(' | ');
}

const FLAGS = {
  date: {
    flags: '--date <date>',
    says: 'day on which it happened, YYYY-MM-DD (default: today in the clinic)',
    read: text,
  },
  id: { flags: '--id <id>', says: 'id of the event (default: the next number)', read: text },
  modality: { flags: '--modality <modality>', says: among(MODALITIES), read: capitals },
  biRads: { flags: '--birads <category>', says: among(BI_RADS_CATEGORIES), read: capitals },
  laterality: {
    flags: '--laterality <side>',
    says: `${among(EXAM_LATERALITIES)} (default: the episode’s)`,
    read: text,
  },
  quality: { flags: '--quality <quality>', says: among(EXAM_QUALITIES), read: text },
  result: { flags: '--result <result>', says: among(PATHOLOGY_RESULTS), read: text },
  specimenDate: {
    flags: '--specimen-date <date>',
    says: 'day on which the tissue was taken',
    read: text,
  },
  answers: {
    flags: '--answers <key...>',
    says: 'the escalations that the result answers, esc.x1 say',
    read: text,
  },
  of: {
    flags: '--of <id>',
    says: 'the exam that is reported; the event that is taken back',
    read: text,
  },
  visit: { flags: '--visit <key>', says: 'the visit: a1.interval-2 say', read: text },
  until: { flags: '--until <date>', says: 'last day of it, inclusive', read: text },
  reason: {
    flags: '--reason <text>',
    says: `why; of a closure: ${among(CLOSURE_REASONS)}`,
    read: text,
  },
  escalation: {
    flags: '--escalation <key>',
    says: 'the escalation that is decided: esc.x1 say',
    read: text,
  },
  appointment: {
    flags: '--appointment <when>',
    says: 'a date, or a date and time with its zone: 2026-04-20T09:30[Europe/Berlin]',
    read: text,
  },
  location: { flags: '--location <text>', says: 'where the appointment is', read: text },
  method: { flags: '--method <method>', says: among(CONTACT_METHODS), read: text },
  outcome: { flags: '--outcome <outcome>', says: among(CONTACT_OUTCOMES), read: text },
  item: {
    flags: '--item <key>',
    says: 'the visit or escalation that the contact was about',
    read: text,
  },
  note: {
    flags: '--note <text>',
    says: 'a remark; of a closure why the patient is lost to follow-up',
    read: text,
  },
  kind: {
    flags: '--kind <kind>',
    says: 'the contraindication, as the protocol names it: mri-unsafe-implant say',
    read: text,
  },
  from: { flags: '--from <date>', says: 'first day on which it holds', read: text },
  to: { flags: '--to <date>', says: 'last day on which it holds (default: no end)', read: text },
  technique: { flags: '--technique <text>', says: 'technique of the ablation', read: text },
  freezeThawCycles: {
    flags: '--freeze-thaw-cycles <count>',
    says: 'freeze–thaw cycles',
    read: number,
  },
  minimumMarginMm: {
    flags: '--minimum-margin-mm <mm>',
    says: 'smallest margin that was achieved, in millimetres',
    read: number,
  },
  intendedMarginMm: {
    flags: '--intended-margin-mm <mm>',
    says: 'margin that was aimed at, in millimetres',
    read: number,
  },
  probeCount: { flags: '--probe-count <count>', says: 'probes', read: number },
  probeConfiguration: {
    flags: '--probe-configuration <text>',
    says: 'how the probes lay',
    read: text,
  },
  device: { flags: '--device <text>', says: 'device', read: text },
  skinProtection: {
    flags: '--skin-protection <text>',
    says: 'how the skin was protected',
    read: text,
  },
  distanceToSkinMm: {
    flags: '--distance-to-skin-mm <mm>',
    says: 'smallest distance to the skin, in millimetres',
    read: number,
  },
  monitoringModality: {
    flags: '--monitoring-modality <text>',
    says: 'imaging that watched the ablation',
    read: text,
  },
  freezeMinutes: {
    flags: '--freeze-minutes <minutes>',
    says: 'length of each freeze: 8,8 say',
    read: numbers,
  },
  thawMinutes: {
    flags: '--thaw-minutes <minutes>',
    says: 'length of each thaw: 5,5 say',
    read: numbers,
  },
} as const satisfies Record<string, Flag>;

type FlagField = keyof typeof FLAGS;

type FieldOf<T extends EventType> = keyof Extract<CaseEvent, { type: T }> & FlagField;

const DATED = ['date', 'id'] as const;

/** The fields of each type of event that a flag fills; findings are nested and come by `--json`. */
export const EVENT_FIELDS: { readonly [T in EventType]: readonly FieldOf<T>[] } = {
  imaging: [...DATED, 'modality', 'biRads', 'laterality', 'quality'],
  report: [...DATED, 'of', 'biRads'],
  pathology: [...DATED, 'result', 'specimenDate', 'laterality', 'answers'],
  ablation: [
    ...DATED,
    'technique',
    'freezeThawCycles',
    'minimumMarginMm',
    'intendedMarginMm',
    'probeCount',
    'probeConfiguration',
    'device',
    'skinProtection',
    'distanceToSkinMm',
    'monitoringModality',
    'freezeMinutes',
    'thawMinutes',
  ],
  constraint: [...DATED, 'kind', 'from', 'to'],
  deferral: [...DATED, 'visit', 'until', 'reason'],
  decline: [...DATED, 'visit', 'reason'],
  booking: [...DATED, 'visit', 'appointment', 'location'],
  contact: [...DATED, 'method', 'outcome', 'item', 'note'],
  decision: [...DATED, 'escalation', 'reason'],
  suspension: [...DATED, 'until', 'reason'],
  resumption: [...DATED, 'reason'],
  surgery: [...DATED, 'reason'],
  closure: [...DATED, 'reason', 'note'],
  reopening: [...DATED, 'reason'],
  correction: [...DATED, 'of', 'reason'],
};

/** Every type of event, in the order of the specification. */
export const EVENT_TYPES = Object.keys(EVENT_FIELDS) as readonly EventType[];

const fields = Object.keys(FLAGS) as readonly FlagField[];

function optionOf(field: FlagField): Option {
  const { flags, says } = FLAGS[field];
  const types = EVENT_TYPES.filter((type) => takes(type, field));
  const where = types.length === EVENT_TYPES.length ? '' : ` [${types.join(', ')}]`;
  return new Option(flags, `${says}${where}`);
}

function takes(type: EventType, field: FlagField): boolean {
  return EVENT_FIELDS[type].some((each) => each === field);
}

export function addEventFlags(command: Command): Command {
  for (const field of fields) command.addOption(optionOf(field));
  return command;
}

/** The fields of an event from the flags that were given. */
export function eventFieldsFrom(
  given: Readonly<Record<string, unknown>>,
): Readonly<Partial<Record<FlagField, unknown>>> {
  const found: Partial<Record<FlagField, unknown>> = {};
  for (const field of fields) {
    const { read } = FLAGS[field];
    const word = given[optionOf(field).attributeName()];
    if (typeof word === 'string') found[field] = read(word);
    else if (Array.isArray(word)) found[field] = word.map((each) => read(String(each)));
  }
  return found;
}

/** The flag that fills a field, `--birads` for `biRads`; undefined: there is none. */
export function flagOfEventField(field: string): string | undefined {
  return isFlagField(field) ? FLAGS[field].flags.split(' ')[0] : undefined;
}

function isFlagField(field: string): field is FlagField {
  return Object.hasOwn(FLAGS, field);
}

/** The flags of a type, as they are typed. */
export function flagsOfType(type: EventType): readonly string[] {
  return EVENT_FIELDS[type].flatMap((field: FlagField) => flagOfEventField(field) ?? []);
}
