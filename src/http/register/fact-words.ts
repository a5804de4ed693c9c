import { FACT_GROUPS } from './fact-fields.ts';

const PATH = /\bepisode\.ablation\b|\b(?:ablation|tumor)\.[a-zA-Z0-9]+|\bendocrineTherapy\b/g;

const LABELS: ReadonlyMap<string, string> = new Map([
  ['episode.ablation', 'the facts of the episode'],
  ...FACT_GROUPS.flatMap(({ fields }) => fields.map(({ name, label }) => [name, label] as const)),
]);

/** A sentence with the label of its field for each path of a fact in it. */
export function withFactWords(sentence: string): string {
  return sentence.replace(PATH, (path) => LABELS.get(path) ?? path);
}
