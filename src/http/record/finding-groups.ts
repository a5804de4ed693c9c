import { ENHANCEMENT_CHANGES, ENHANCEMENT_PATTERNS } from '../../domain/finding.ts';
import type { EventField, EventFieldGroup } from './event-form.ts';
import { choiceField } from './fields-in-common.ts';

/** The findings of an exam or report. schedule.md, "Input". */
export const FINDINGS: EventFieldGroup = {
  title: 'Findings',
  folded: true,
  fields: [
    yesNo('findings.enhancement.present', 'Enhancement at or around the zone'),
    choiceField('findings.enhancement.pattern', 'Pattern of the enhancement', ENHANCEMENT_PATTERNS),
    millimetres('findings.enhancement.longestMm', 'Enhancement, longest (mm)'),
    choiceField('findings.enhancement.change', 'Enhancement compared', ENHANCEMENT_CHANGES, {
      hint: 'the reader’s own comparison with earlier studies',
    }),
    millimetres('findings.wall.minMm', 'Wall of the cavity, thinnest (mm)'),
    millimetres('findings.wall.maxMm', 'Wall of the cavity, thickest (mm)'),
    yesNo('findings.wall.asymmetric', 'Wall asymmetric'),
    millimetres('findings.zone.longestMm', 'Ablation zone, longest (mm)'),
    yesNo('findings.metabolicActivity.present', 'Metabolic activity at the site'),
    yesNo(
      'findings.metabolicActivity.attributableToFatNecrosis',
      'Activity explained by fat necrosis',
    ),
    { name: 'findings.metabolicActivity.suvMax', label: 'SUVmax', kind: 'number' },
  ],
};

function yesNo(name: string, label: string): EventField {
  const choices = ['yes', 'no'].map((value) => ({ value, label: value }));
  return { name, label, kind: 'yes-no', choices };
}

function millimetres(name: string, label: string): EventField {
  return { name, label, kind: 'number' };
}
