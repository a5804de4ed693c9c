import { z } from 'zod';
import { BI_RADS_CATEGORIES } from '../domain/bi-rads.ts';
import { dayFromCivil } from '../domain/civil-date.ts';
import { ENDOCRINE_THERAPIES, INTENTS } from '../domain/episode.ts';
import { LATERALITIES } from '../domain/laterality.ts';
import { daySchema, strict } from '../domain/schema.ts';
import { FOCALITIES, HISTOLOGIES, NODAL_STATUSES, RECEPTOR_STATUSES } from '../domain/tumor.ts';

/** Cryoablation of the breast was not done before 1990: an earlier date is a typing error. */
const FIRST_ABLATION_YEAR = 1990;
const EARLIEST_ABLATION = dayFromCivil(FIRST_ABLATION_YEAR, 1, 1);

/** Civil dates are checked for these years; a date outside of them is a typing error. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;
const FIRST_DAY = dayFromCivil(FIRST_YEAR, 1, 1);
const LAST_DAY = dayFromCivil(LAST_YEAR, 12, 31);

/** The day on which something happened, within the years for which dates are proven. */
export const happenedOn = daySchema.refine((day) => FIRST_DAY <= day && day <= LAST_DAY, {
  abort: true,
  error: 'this year is not plausible',
  params: {
    allowed: `a date from ${FIRST_YEAR}-01-01 to ${LAST_YEAR}-12-31`,
    mend: 'check the year',
  },
});

/** An id, reference or short note: text on one line, without control characters. */
export const lineOfText = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .refine((text) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text), {
      error: 'the text holds control characters',
      params: { allowed: 'text on one line, without NUL, line breaks or other control characters' },
    });

const millimetres = z
  .number()
  .min(0)
  .max(500)
  .refine((value) => Math.abs(value * 10 - Math.round(value * 10)) < 1e-6, {
    error: 'the size is too fine',
    params: { allowed: 'millimetres with at most one decimal, 12.5 say' },
  });

export { millimetres };

/** Fields of one ablation procedure. */
export const ablationShape = {
  technique: lineOfText(200).optional(),
  freezeThawCycles: z.int().min(0).max(20).optional(),
  minimumMarginMm: millimetres.optional(),
  intendedMarginMm: millimetres.optional(),
  probeCount: z.int().min(1).max(50).optional(),
  probeConfiguration: lineOfText(500).optional(),
  device: lineOfText(200).optional(),
  skinProtection: lineOfText(500).optional(),
  distanceToSkinMm: millimetres.optional(),
  monitoringModality: lineOfText(200).optional(),
  freezeMinutes: z.array(z.number().min(0).max(240)).max(20).optional(),
  thawMinutes: z.array(z.number().min(0).max(240)).max(20).optional(),
};

const tumor = strict({
  sizeMm: millimetres.optional(),
  focality: z.enum(FOCALITIES).optional(),
  histology: z.enum(HISTOLOGIES).optional(),
  grade: z.literal([1, 2, 3]).optional(),
  er: z.enum(RECEPTOR_STATUSES).optional(),
  pr: z.enum(RECEPTOR_STATUSES).optional(),
  her2: z.enum(RECEPTOR_STATUSES).optional(),
  ki67Percent: z.number().min(0).max(100).optional(),
  extensiveIntraductalComponent: z.boolean().optional(),
  lymphovascularInvasion: z.boolean().optional(),
  nodalStatus: z.enum(NODAL_STATUSES).optional(),
});

/** `episode` of a case file. schedule.md, "Input". */
export const episodeSchema = strict({
  id: lineOfText(200),
  patientRef: lineOfText(200).optional(),
  laterality: z.enum(LATERALITIES),
  assumedBiRads: z.enum(BI_RADS_CATEGORIES).optional(),
  ablation: strict({
    ...ablationShape,
    date: happenedOn.refine((day) => day >= EARLIEST_ABLATION, {
      error: `an ablation before ${FIRST_ABLATION_YEAR} is not plausible`,
      params: {
        allowed: `a date from ${FIRST_ABLATION_YEAR}-01-01 on`,
        mend: 'check the year',
      },
    }),
  }),
  tumor: tumor.optional(),
  endocrineTherapy: z.enum(ENDOCRINE_THERAPIES).optional(),
  intent: z.enum(INTENTS).optional(),
});
