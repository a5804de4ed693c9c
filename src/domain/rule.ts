/** The rules that a line of a plan can rest on, each with its section of the schedule contract. */
export const RULES = {
  'risk-tier': {
    section: '1',
    says: 'The tier follows from the tumor and the current ablation. A fact that is not recorded raises nothing and is listed as an assumption.',
  },
  category: {
    section: '2',
    says: 'The category in force is that of the last exam that counted; before any, the assumed one. Interval months = the smaller of the months of the category and the cap of the tier.',
  },
  baseline: {
    section: '3.1',
    says: 'The baseline exam is planned at fixed months from the ablation and accepts no exam before its earliest date.',
  },
  'first-interval': {
    section: '3.2',
    says: 'The first interval visit lies the interval months after the ablation, inside the band counted from the ablation.',
  },
  'minimum-gap': {
    section: '3.2',
    says: 'When the baseline exam was so late that the first interval visit would follow too soon, that visit lies the minimum gap after the exam.',
  },
  interval: {
    section: '3.3',
    says: 'A later interval visit lies the interval months after the exam that counted last, inside the band counted from that exam.',
  },
  forecast: {
    section: '3.4',
    says: 'Visits after the open one keep its anchor and lie one interval further each. They depend on an exam that has not been done.',
  },
  horizon: {
    section: '3.5',
    says: 'No staged visit is planned after the horizon, except the one next visit while the category is 3 or the next lane visit is further away than the band allows.',
  },
  reoffer: {
    section: '3.6',
    says: 'After a declined visit the next one is offered again within the reoffer months.',
  },
  limited: {
    section: '3.7',
    says: 'An exam that counts only as a fallback completes the visit as limited; the next visit comes early.',
  },
  'brought-forward': {
    section: '3.8',
    says: 'An exam that does not count never postpones; when it asks for more it may bring the open visit forward, or open one.',
  },
  verdict: {
    section: '4',
    says: 'Every exam gets one verdict: the first that applies, in a fixed order.',
  },
  'escalation-by-category': {
    section: '5',
    says: 'BI-RADS 0, 4, 4A, 4B, 4C, 5 and 6 each ask for an action within a number of days.',
  },
  'report-awaited': {
    section: '5',
    says: 'A diagnostic exam without a category asks for its report within a number of days.',
  },
  'escalation-by-finding': {
    section: '5',
    says: 'New or enlarging enhancement, asymmetrical wall thickening, metabolic activity not explained by fat necrosis and a growing ablation zone ask for advanced imaging or biopsy, whatever the category.',
  },
  'escalation-by-pathology': {
    section: '5',
    says: 'A pathology result other than benign and concordant asks for the next action.',
  },
  hold: {
    section: '5',
    says: 'While a biopsy or a treatment referral is open, the staged visits are on hold.',
  },
  resumed: {
    section: '5',
    says: 'After a hold was answered by a benign concordant result or a decision, surveillance resumes as category 3.',
  },
  'modality-options': {
    section: '6',
    says: 'The modality options are those of the visit less the ones contraindicated on the day; if none is left, the fallback modalities.',
  },
  lane: {
    section: '7',
    says: 'Lane visits lie at fixed months from the current ablation, beside the staged ones.',
  },
  deferral: {
    section: '8',
    says: 'A deferral moves the deadline of an open visit, never its target, and only so far.',
  },
  suspension: {
    section: '8',
    says: 'While surveillance is suspended, open and forecast visits are on hold; the suspension ends by itself.',
  },
} as const satisfies Record<string, { readonly section: string; readonly says: string }>;

export type RuleId = keyof typeof RULES;
export const RULE_IDS = Object.keys(RULES) as readonly RuleId[];
