import type { Problem } from '../../domain/problem.ts';
import { loadProtocol } from '../../protocol/load-protocol.ts';
import { adviseProtocol } from '../../protocol/protocol-advice.ts';
import { readDocument } from './read-document.ts';

/** What a check of a document found. */
export interface CheckResult {
  /** Id of the episode or protocol; null where it could not be read. */
  readonly id: string | null;
  readonly problems: readonly Problem[];
  /** Not wrong, but worth mending. */
  readonly advice: readonly Problem[];
}

/** Checks a case without planning it. */
export function checkCaseDocument(document: unknown): CheckResult {
  const read = readDocument(document);
  return read.ok
    ? { id: read.value.episode.id, problems: [], advice: [] }
    : { id: null, problems: read.problems, advice: [] };
}

/** Checks a protocol document: form, sense, and what it should say besides. */
export function checkProtocolDocument(document: unknown): CheckResult {
  const loaded = loadProtocol(document);
  return loaded.ok
    ? { id: loaded.value.id, problems: [], advice: adviseProtocol(loaded.value) }
    : { id: null, problems: loaded.problems, advice: [] };
}
