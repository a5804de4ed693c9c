import { FACT_GROUPS } from './fact-fields.ts';

const PATH = /\b(?:ablation|tumor)\.[a-zA-Z0-9]+|\bendocrineTherapy\b/g;

const LABELS: ReadonlyMap<string, string> = new Map(
  FACT_GROUPS.flatMap(({ fields }) => fields.map(({ name, label }) => [name, label])),
);

/** A sentence of a plan with the label of its field for each path of a fact in it. */
export function withFactWords(sentence: string): string {
  return sentence.replace(PATH, (path) => LABELS.get(path) ?? path);
}
