import { InvalidArgumentError } from 'commander';

const MINUTE = 60_000;
const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: 60 * MINUTE, d: 1440 * MINUTE };

/** Reads a length of time given as an option, `26h` say, in milliseconds. */
export function duration(word: string): number {
  const [, count, unit] = /^(\d{1,4})([mhd])$/.exec(word) ?? [];
  const length = Number(count) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (length > 0) return length;
  throw new InvalidArgumentError('Minutes, hours or days are allowed: 90m, 26h, 2d.');
}

/** A length of time in words: `26 h`, from two days on `3 d`. */
export function durationText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** How long ago something was, `3 h ago`; what lies ahead was dated by a clock that was wrong. */
export function ageText(milliseconds: number): string {
  return milliseconds <= -MINUTE
    ? `${durationText(-milliseconds)} ahead of this clock`
    : `${durationText(Math.max(0, milliseconds))} ago`;
}

/** An instant to the second, in UTC: `2026-06-15T12:00:00Z`. */
export function instantText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
