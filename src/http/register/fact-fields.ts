import { BI_RADS_CATEGORIES } from '../../domain/bi-rads.ts';
import { ENDOCRINE_THERAPIES, INTENTS } from '../../domain/episode.ts';
import { LATERALITIES } from '../../domain/laterality.ts';
import { FOCALITIES, HISTOLOGIES, NODAL_STATUSES, RECEPTOR_STATUSES } from '../../domain/tumor.ts';
import { spaced } from '../../export/plan-words.ts';
import type { Choice } from '../page/form-fields.ts';
import type { TypedKind } from '../page/typed-value.ts';

/** A fact of an episode as a field of a form; its name is its path in a case file's `episode`. */
export interface FactField {
  readonly name: string;
  readonly label: string;
  readonly kind: TypedKind;
  readonly hint?: string | undefined;
  readonly required?: boolean | undefined;
  readonly choices?: readonly Choice[] | undefined;
}

export interface FactGroup {
  readonly title: string;
  readonly fields: readonly FactField[];
}

/** The id of an episode: given once, when it is registered. */
export const ID_FIELD: FactField = {
  name: 'id',
  label: 'Episode',
  kind: 'text',
  required: true,
  hint: 'The clinic’s own id for this lesion, another for each: EP-2041 say.',
};

/** The reporting template of the review (Lee 2025, section 4.1), and what the tier needs. */
export const FACT_GROUPS: readonly FactGroup[] = [
  {
    title: 'Patient and side',
    fields: [
      {
        name: 'patientRef',
        label: 'Patient reference',
        kind: 'text',
        hint: 'A number or code of the clinic, never a name: calendars and lists carry it.',
      },
      choice('laterality', 'Treated side', LATERALITIES, { required: true }),
      choice('intent', 'Intent', INTENTS),
      choice('endocrineTherapy', 'Endocrine therapy', ENDOCRINE_THERAPIES),
      choice('assumedBiRads', 'Assumed BI-RADS category', BI_RADS_CATEGORIES, {
        hint: 'To plan with until an exam gives one; not recorded: the protocol’s.',
      }),
    ],
  },
  {
    title: 'Tumor before the ablation',
    fields: [
      number('tumor.sizeMm', 'Size, longest diameter (mm)'),
      choice('tumor.focality', 'Focality', FOCALITIES),
      choice('tumor.histology', 'Histology', HISTOLOGIES),
      { name: 'tumor.grade', label: 'Grade', kind: 'grade', choices: plain(['1', '2', '3']) },
      choice('tumor.er', 'Estrogen receptor', RECEPTOR_STATUSES),
      choice('tumor.pr', 'Progesterone receptor', RECEPTOR_STATUSES),
      choice('tumor.her2', 'HER2', RECEPTOR_STATUSES),
      number('tumor.ki67Percent', 'Ki-67 (%)'),
      yesNo('tumor.extensiveIntraductalComponent', 'Extensive intraductal component'),
      yesNo('tumor.lymphovascularInvasion', 'Lymphovascular invasion'),
      choice('tumor.nodalStatus', 'Lymph nodes', NODAL_STATUSES),
    ],
  },
  {
    title: 'Ablation',
    fields: [
      { name: 'ablation.date', label: 'Date of the ablation', kind: 'day', required: true },
      text('ablation.technique', 'Technique'),
      text('ablation.device', 'Device'),
      number('ablation.distanceToSkinMm', 'Distance to the skin (mm)'),
      number('ablation.intendedMarginMm', 'Intended margin (mm)'),
      number('ablation.minimumMarginMm', 'Achieved margin, smallest (mm)'),
      number('ablation.probeCount', 'Probes, number'),
      text('ablation.probeConfiguration', 'Probes, configuration', 'Type, places, distances.'),
      number('ablation.freezeThawCycles', 'Freeze–thaw cycles'),
      minutes('ablation.freezeMinutes', 'Freeze time of each cycle (minutes)'),
      minutes('ablation.thawMinutes', 'Thaw time of each cycle (minutes)'),
      text('ablation.monitoringModality', 'Monitored by', 'US or CT say.'),
      {
        ...text('ablation.skinProtection', 'Skin protection'),
        hint: 'Warmed saline bag say; “none” if nothing was done.',
      },
    ],
  },
];

/** Every fact of the form. */
export const FACT_FIELDS: readonly FactField[] = FACT_GROUPS.flatMap(({ fields }) => fields);

function choice(
  name: string,
  label: string,
  values: readonly string[],
  more: Pick<FactField, 'required' | 'hint'> = {},
): FactField {
  return { name, label, kind: 'choice', choices: plain(values), ...more };
}

function plain(values: readonly string[]): readonly Choice[] {
  return values.map((value) => ({ value, label: spaced(value) }));
}

function number(name: string, label: string): FactField {
  return { name, label, kind: 'number' };
}

function minutes(name: string, label: string): FactField {
  return { name, label, kind: 'minutes', hint: 'One number a cycle, a space between: 9 9' };
}

function text(name: string, label: string, hint?: string): FactField {
  return { name, label, kind: 'text', hint };
}

function yesNo(name: string, label: string): FactField {
  return { name, label, kind: 'yes-no', choices: plain(['yes', 'no']) };
}
