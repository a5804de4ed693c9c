import { didYouMean } from '../domain/did-you-mean.ts';
import { failure, type Outcome, showFound } from '../domain/problem.ts';
import frost from './catalog/frost.protocol.json' with { type: 'json' };
import ice3 from './catalog/ice3.protocol.json' with { type: 'json' };
import kawamoto2024 from './catalog/kawamoto-2024.protocol.json' with { type: 'json' };
import stagedFromPreviousExam from './catalog/staged-from-previous-exam.protocol.json' with {
  type: 'json',
};
import stagedRiskAdapted from './catalog/staged-risk-adapted.protocol.json' with { type: 'json' };
import { loadProtocol } from './load-protocol.ts';
import type { Protocol } from './protocol-schema.ts';

/** Every caller gets the same object, so nobody may change it. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}

/** Reads a shipped document when it is first asked for, and only once. */
function once(document: unknown): () => Outcome<Protocol> {
  let outcome: Outcome<Protocol> | undefined;
  return () => {
    outcome ??= frozen(loadProtocol(document));
    return outcome;
  };
}

const DOCUMENTS = [stagedRiskAdapted, stagedFromPreviousExam, ice3, kawamoto2024, frost];

const SHIPPED: ReadonlyMap<string, () => Outcome<Protocol>> = new Map(
  DOCUMENTS.map((document) => [document.id, once(document)]),
);

/** The protocol that is used when none is named. */
export const DEFAULT_PROTOCOL_ID = 'staged-risk-adapted';

/** Ids of the protocols that come with the software, the default first. */
export const PROTOCOL_IDS: readonly string[] = [...SHIPPED.keys()];

/** A shipped protocol, or the problem that there is none of that id. */
export function findProtocol(id: string): Outcome<Protocol> {
  const load = SHIPPED.get(id);
  if (load !== undefined) return load();
  const meant = didYouMean(id, PROTOCOL_IDS);
  return failure({
    path: 'protocol',
    message: 'there is no protocol of this id',
    found: showFound(id),
    allowed: PROTOCOL_IDS.join(', '),
    ...(meant === undefined ? {} : { mend: `did you mean ${meant}?` }),
  });
}

/** A shipped protocol as its document; undefined: there is none of this id. */
export function shippedDocument(id: string): object | undefined {
  return DOCUMENTS.find((document) => document.id === id);
}

function shipped(id: string): Protocol {
  const outcome = findProtocol(id);
  if (outcome.ok) return outcome.value;
  throw new Error(`shipped protocol ${id}: ${outcome.problems[0]?.message}`);
}

/** The default protocol. */
export function defaultProtocol(): Protocol {
  return shipped(DEFAULT_PROTOCOL_ID);
}

/** All shipped protocols, the default first. */
export function protocols(): readonly Protocol[] {
  return PROTOCOL_IDS.map(shipped);
}
