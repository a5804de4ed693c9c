export const OPERATION_KINDS = ['backup', 'drill'] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

export const OPERATION_OUTCOMES = ['ok', 'failed'] as const;
export type OperationOutcome = (typeof OPERATION_OUTCOMES)[number];

/** What was done with the store as a whole. */
export interface Operation {
  readonly kind: OperationKind;
  readonly outcome: OperationOutcome;
  /** One sentence for the page that tells it: a file's name, a count. Never a fact of a patient. */
  readonly detail: string;
}

/** An operation with who did it, and when. */
export interface LoggedOperation extends Operation {
  readonly actor: string;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
}
