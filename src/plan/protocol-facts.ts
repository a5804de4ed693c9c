import type { RuleId } from '../domain/rule.ts';

/** What the plan tells of a protocol: the part of a protocol file that explanations need. */
export interface ProtocolFacts {
  readonly id: string;
  readonly version: string;
  readonly title?: string | undefined;
  readonly horizonMonths?: number | undefined;
  readonly deferralMaxMonths: number;
  readonly assumedCategory: string;
  readonly intervals?:
    | {
        readonly bandMonths: readonly [number, number];
        readonly minimumGapMonths: number;
        readonly limitedMonths: number;
        readonly reofferMonths: number;
        readonly acceptEarlyMonths: number;
      }
    | undefined;
  readonly sources?:
    | Readonly<
        Record<
          string,
          {
            readonly citation: string;
            readonly certainty: string;
            readonly doi?: string | undefined;
            readonly url?: string | undefined;
            readonly note?: string | undefined;
          }
        >
      >
    | undefined;
  readonly rules?:
    | Readonly<
        Partial<
          Record<
            RuleId,
            | { readonly sources: readonly string[]; readonly reason?: string | undefined }
            | undefined
          >
        >
      >
    | undefined;
}
