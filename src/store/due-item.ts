import type { Window } from '../domain/window.ts';

export const DUE_KINDS = ['baseline', 'interval', 'lane', 'escalation'] as const;
/** What is due: a visit of the plan, or the answer to an escalation. */
export type DueKind = (typeof DUE_KINDS)[number];

/**
 * The dates of one visit or escalation, all inclusive; an escalation opens on the day it was raised
 * and its target and latest day are its deadline. Dates only: whether it is due or overdue is
 * computed from the day on which someone asks. schedule.md, 8.
 */
export interface DueItem extends Window {
  /** Key of the visit or escalation. */
  readonly key: string;
  readonly kind: DueKind;
  /** False: on no due list, as it was done, declined, answered, or the surveillance has ended. */
  readonly open: boolean;
}

/** The due items of one episode, in the order of the plan. */
export interface SavedPlan {
  readonly episode: number;
  /** The version of the episode from which the plan was computed. */
  readonly restsOn: number;
  readonly items: readonly DueItem[];
}

/** What became of one plan of a batch. Only `saved` wrote something. */
export type PlanOutcome = 'saved' | 'unchanged' | 'conflict' | 'not-found' | 'erased';

/** Where a page of due items ended; the next one starts behind it. */
export interface DuePlace extends Window {
  readonly episode: number;
  /** Place of the item in its plan, from 1. */
  readonly seq: number;
  readonly kind: DueKind;
}

/** Asks for the open items of a clinic that are open for visits by a day. */
export interface DueQuery {
  readonly clinic: number;
  /** Items whose earliest day lies on or after this day; absent: however early. */
  readonly from?: number | undefined;
  /** Items whose earliest day lies on or before this day. */
  readonly to: number;
  readonly after?: DuePlace | undefined;
  /** At most so many items. */
  readonly limit: number;
}

/** An open item with what names its episode. */
export interface DueRow extends DuePlace {
  readonly key: string;
  readonly externalId: string;
  readonly patientRef?: string | undefined;
}
