const NAMES: Readonly<Record<string, string>> = {
  imaging: 'exam',
  pathology: 'pathology result',
  contact: 'contact attempt',
  booking: 'appointment',
  decline: 'declined visit',
  constraint: 'contraindication',
  ablation: 'repeat ablation',
};

/** What kind of event it is, in a word or two: `exam`, `repeat ablation`. */
export function eventTypeInWords(type: string): string {
  return NAMES[type] ?? type;
}
