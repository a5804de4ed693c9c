import { counted } from '../../domain/counted.ts';

const MINUTE_MS = 60_000;

/** An instant to the minute: `2026-06-15 12:00 UTC`. */
export function instantInWords(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** How long ago something was: `40 minutes ago`, `26 hours ago`, from three days on in days. */
export function agoInWords(milliseconds: number): string {
  if (milliseconds <= -MINUTE_MS) return 'ahead of this clock';
  const minutes = Math.floor(Math.max(0, milliseconds) / MINUTE_MS);
  if (minutes < 120) return `${counted(minutes, 'minute')} ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 72 ? `${hours} hours ago` : `${Math.floor(hours / 24)} days ago`;
}
