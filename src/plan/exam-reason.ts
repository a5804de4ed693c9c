import { type Day, formatDay } from '../domain/civil-date.ts';
import type { ScheduledExam } from './schedule.ts';
import { countOf } from './visit-arithmetic.ts';

/** Where an exam lies in the window of the visit that was open. */
function timing(date: Day, against: NonNullable<ScheduledExam['against']>): string {
  const { window } = against;
  if (date < window.earliest) {
    return `${countOf(window.earliest - date, 'day')} before its window`;
  }
  if (date > window.latest) return `${countOf(date - window.latest, 'day')} after its window`;
  const days = date - window.target;
  if (days === 0) return 'on its target day';
  return `in its window, ${countOf(Math.abs(days), 'day')} ${days < 0 ? 'before' : 'after'} its target`;
}

function verdictSentence(exam: ScheduledExam): string {
  const { verdict, against, date, modality, biRads, limited } = exam;
  switch (verdict) {
    case 'after-end':
      return 'Does not count: surveillance had ended.';
    case 'other-breast':
      return 'Does not count: it shows the other breast.';
    case 'before-ablation':
      return 'Does not count: it was done on the day of the ablation or before it.';
    case 'incomplete':
      return `Does not count: ${biRads === '0' ? 'BI-RADS 0 is an incomplete assessment' : 'it was not diagnostic'}.`;
    case 'supplementary':
      return against === null
        ? 'Supplementary: no staged visit was open.'
        : `Supplementary: ${modality} is not an option for ${against.key} on that day.`;
    case 'too-early':
    case 'interim': {
      if (against === null) return 'Does not count: no visit accepted it.';
      const days = countOf(against.acceptFrom - date, 'day');
      return `${verdict === 'too-early' ? 'Too early' : 'Interim'}: ${against.key} accepts exams from ${formatDay(against.acceptFrom)} on, ${days} later.`;
    }
    case 'counts': {
      const key = against?.key ?? exam.visit ?? '';
      const when = against === null ? '' : `, ${timing(date, against)}`;
      const how = limited
        ? ` Only as a fallback: none of the visit's own modalities was possible.`
        : '';
      const awaited = biRads === null ? ' Its report is awaited.' : '';
      return `Counts for ${key}${when}.${how}${awaited}`;
    }
  }
}

/** Why an exam counted or did not, how early or late it was, and what else it filled. schedule.md 4. */
export function examReason(exam: ScheduledExam): string {
  const lanes = exam.lanes.length === 0 ? '' : ` It fills ${exam.lanes.join(' and ')}.`;
  const report = exam.reportedBy === null ? '' : ` Category from report ${exam.reportedBy}.`;
  return `${verdictSentence(exam)}${lanes}${report}`;
}
