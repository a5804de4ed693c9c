import { type Day, formatDay } from '../../domain/civil-date.ts';
import type { CaseEvent } from '../../domain/event.ts';
import { eventTypeInWords } from '../../domain/event-type-words.ts';
import { keyInWords, visitInWords } from '../../domain/visit-words.ts';
import { appointmentInWords } from '../../export/appointment-words.ts';
import { spaced } from '../../export/plan-words.ts';
import type { Choice } from '../page/form-fields.ts';

/**
 * An event as something to choose, by what it says: `exam of 2026-06-15: MRI, BI-RADS 4B (e0009)`.
 * `zone`: the clinic's, for the hour of an appointment.
 */
export function eventChoice(event: CaseEvent, zone: string): Choice {
  const { id, type, date } = event;
  const says = sayings(event, zone)
    .filter((each) => each !== undefined)
    .join(', ');
  const head = `${eventTypeInWords(type)} of ${formatDay(date)}`;
  return { value: id, label: `${head}${says === '' ? '' : `: ${says}`} (${id})` };
}

function sayings(event: CaseEvent, zone: string): readonly (string | undefined)[] {
  switch (event.type) {
    case 'imaging': {
      const category = event.biRads === undefined ? 'report awaited' : `BI-RADS ${event.biRads}`;
      return [event.modality, category, event.laterality, words(event.quality)];
    }
    case 'report':
      return [`BI-RADS ${event.biRads}`, `for exam ${event.of}`];
    case 'pathology':
      return [words(event.result), event.laterality];
    case 'constraint':
      return [words(event.kind), `from ${formatDay(event.from)}`, until(event.to) ?? 'no end'];
    case 'booking':
      return [visitInWords(event.visit), appointmentInWords(event.appointment, zone)];
    case 'deferral':
      return [visitInWords(event.visit), until(event.until)];
    case 'decline':
      return [visitInWords(event.visit)];
    case 'contact': {
      const about = event.item === undefined ? undefined : `about ${keyInWords(event.item)}`;
      return [event.method, words(event.outcome), about];
    }
    case 'decision':
      return [keyInWords(event.escalation), event.reason];
    case 'suspension':
      return [until(event.until), event.reason];
    case 'closure':
      return [words(event.reason)];
    case 'correction':
      return [`of ${event.of}`, event.reason];
    case 'ablation':
      return [event.device];
    case 'resumption':
    case 'surgery':
    case 'reopening':
      return [event.reason];
  }
}

function words(text: string | undefined): string | undefined {
  return text === undefined ? undefined : spaced(text);
}

function until(day: Day | undefined): string | undefined {
  return day === undefined ? undefined : `until ${formatDay(day)}`;
}
