import type { Act } from './act.ts';
import type { AuditBreach, AuditEntry, AuditHead, AuditReport, AuditRow } from './audit.ts';

/** HMAC-SHA256 of a text in UTF-8 with the store's key, in lower-case hex. */
export type Seal = (text: string) => string;

/** The head of a log without rows. */
export const EMPTY_HEAD: AuditHead = { seq: 0, seal: '' };

/** The seal over every column of a row and the seal of the row before it. */
function sealOf(seal: Seal, previous: string, row: Omit<AuditRow, 'seal'>): string {
  const { seq, at, actor, clinic, action, episode, version, detail, content } = row;
  const columns = [previous, seq, at, actor, clinic, action, episode, version, detail, content];
  return seal(JSON.stringify(columns));
}

/** A keyed digest of what a change wrote; `seal` alone would let a row pass for a content. */
export function contentSeal(seal: Seal, content: string): string {
  return seal(`content ${content}`);
}

/** The row that follows `head`. Text is stored as UTF-8, so half a surrogate pair is mended first. */
export function nextRow(seal: Seal, head: AuditHead, act: Act, entry: AuditEntry): AuditRow {
  const row = {
    seq: head.seq + 1,
    at: act.at,
    actor: act.actor.toWellFormed(),
    clinic: entry.clinic ?? null,
    action: entry.action,
    episode: entry.episode ?? null,
    version: entry.version ?? null,
    detail: JSON.stringify(entry.detail ?? {}),
    content: entry.content === undefined ? null : contentSeal(seal, entry.content),
  };
  return { ...row, seal: sealOf(seal, head.seal, row) };
}

/** The head as the store keeps it, under a seal of its own: cutting off the last rows shows. */
export function sealedHead(seal: Seal, head: AuditHead): string {
  return `${head.seq}:${seal(`head ${head.seq} ${head.seal}`)}`;
}

/**
 * Checks a whole log, row by row in their order. `kept` is what the store says of its end;
 * `outside` a head that was kept elsewhere, in a backup's manifest say.
 */
export function verifyChain(
  seal: Seal,
  rows: Iterable<AuditRow>,
  kept: string,
  outside?: AuditHead,
): AuditReport {
  let head = EMPTY_HEAD;
  let breach: AuditBreach | null = null;
  let count = 0;
  for (const row of rows) {
    count += 1;
    if (breach === null) {
      if (row.seq !== head.seq + 1) breach = { kind: 'gap', seq: row.seq };
      else if (sealOf(seal, head.seal, row) !== row.seal)
        breach = { kind: 'changed', seq: row.seq };
      else if (outside?.seq === row.seq && outside.seal !== row.seal) {
        breach = { kind: 'head', seq: row.seq };
      }
    }
    head = { seq: row.seq, seal: row.seal };
  }
  if (breach === null && sealedHead(seal, head) !== kept) breach = { kind: 'end', seq: head.seq };
  if (breach === null && outside !== undefined && outside.seq > head.seq) {
    breach = { kind: 'head', seq: outside.seq };
  }
  return { rows: count, head, breach };
}
