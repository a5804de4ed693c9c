import { operationEntry } from '../access-audit.ts';
import type { Act } from '../act.ts';
import { type LoggedOperation, OPERATION_KINDS, type Operation } from '../operation.ts';
import type { Decided } from './memory-change.ts';
import type { MemoryState } from './memory-state.ts';

/** The ledger of what was done with the store as a whole. */

export function lastOperations(state: MemoryState): LoggedOperation[] {
  return OPERATION_KINDS.flatMap(
    (kind) => state.operations.findLast((operation) => operation.kind === kind) ?? [],
  );
}

export function recordOperation(
  state: MemoryState,
  { at, actor }: Act,
  { kind, outcome, detail }: Operation,
): Decided<null> {
  const logged = {
    kind,
    outcome,
    detail: detail.toWellFormed(),
    actor: actor.toWellFormed(),
    at,
  };
  return {
    value: null,
    audit: [operationEntry(state.operations.length + 1, logged)],
    apply: () => state.operations.push(logged),
  };
}
