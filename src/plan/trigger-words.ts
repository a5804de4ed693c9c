const PATHOLOGY: Readonly<Record<string, string>> = {
  'pathology-benign-discordant': 'benign discordant pathology',
  'pathology-non-diagnostic': 'non-diagnostic pathology',
  'pathology-high-risk': 'high-risk pathology',
  'pathology-malignant': 'malignant pathology',
};

/** What raised an escalation, in words: `BI-RADS 4B`, `new enhancement`. schedule.md section 5. */
export function triggerInWords(trigger: string): string {
  if (trigger.startsWith('birads-'))
    return `BI-RADS ${trigger.slice('birads-'.length).toUpperCase()}`;
  return PATHOLOGY[trigger] ?? trigger.replaceAll('-', ' ');
}
