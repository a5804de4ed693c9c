import type { CaseFile } from '../src/domain/case-file.ts';
import { parseDay } from '../src/domain/civil-date.ts';

const DATE_FIELDS = ['date', 'specimenDate', 'until', 'from', 'to'] as const;

/**
 * Reads the dates of a case document that is known to be sound, and nothing else: the part of
 * reading that belongs to planning. The checks (zod) have a row of their own.
 */
export function readDates(document: unknown): CaseFile {
  const { asOf, episode, events } = document as {
    asOf: string;
    episode: { ablation: { date: string } };
    events: Record<string, unknown>[];
  };
  return {
    asOf: parseDay(asOf),
    episode: {
      ...episode,
      ablation: { ...episode.ablation, date: parseDay(episode.ablation.date) },
    },
    events: events.map((event) => {
      const read: Record<string, unknown> = { ...event };
      for (const field of DATE_FIELDS) {
        const text = read[field];
        if (typeof text === 'string') read[field] = parseDay(text);
      }
      return read;
    }),
  } as unknown as CaseFile;
}
