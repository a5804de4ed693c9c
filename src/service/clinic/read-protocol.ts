import { type DateText, formatDay } from '../../domain/civil-date.ts';
import type { Problem } from '../../domain/problem.ts';
import { RULES, type RuleId } from '../../domain/rule.ts';
import { adviseProtocol } from '../../protocol/protocol-advice.ts';
import type { Protocol } from '../../protocol/protocol-schema.ts';
import type { Clinic } from '../../store/clinic.ts';
import type { SchedulerContext } from '../scheduler-context.ts';
import { type ServiceOutcome, succeed } from '../service-outcome.ts';
import { findProtocolVersion } from './find-protocol-version.ts';
import { protocolValues, type ValueGroup } from './protocol-values.ts';

/** What a protocol says in support of one of its rules. */
export interface RuleReading {
  readonly id: RuleId;
  /** Section of the schedule contract. */
  readonly section: string;
  readonly says: string;
  readonly reason: string | null;
  /** Keys of its sources, each with how sure it makes the rule. */
  readonly sources: readonly { readonly key: string; readonly certainty: string }[];
}

export interface SourceReading {
  readonly key: string;
  readonly citation: string;
  readonly certainty: string;
  readonly doi?: string | undefined;
  readonly url?: string | undefined;
  readonly note?: string | undefined;
}

/** A protocol version as a clinician reads it before approving it. */
export interface ProtocolReading {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly status: string | null;
  readonly summary: string | null;
  /** SHA-256 of the document, in lower-case hex: what an approval is about. */
  readonly hash: string;
  /** False: the clinic has not kept it; approving it does. */
  readonly kept: boolean;
  readonly approvals: readonly {
    readonly clinician: string;
    readonly date: DateText;
    readonly note?: string | undefined;
  }[];
  readonly values: readonly ValueGroup[];
  readonly rules: readonly RuleReading[];
  readonly sources: readonly SourceReading[];
  /** Not wrong, but worth a clinician's look. */
  readonly advice: readonly Problem[];
}

/** Reads one protocol version, every value, rule and source of it. */
export async function readProtocol(
  context: Pick<SchedulerContext, 'store' | 'sha256'>,
  clinic: Clinic,
  wanted: { readonly id: string; readonly version: string },
): Promise<ServiceOutcome<ProtocolReading>> {
  const found = await findProtocolVersion(context, clinic, wanted);
  if (!found.ok) return found;
  const { pin, protocol, kept, approvals } = found.value;
  return succeed({
    ...pin,
    title: protocol.title ?? pin.id,
    status: protocol.status ?? null,
    summary: protocol.summary ?? null,
    kept,
    approvals: approvals.map(({ clinician, date, note }) => ({
      clinician,
      date: formatDay(date),
      note,
    })),
    values: protocolValues(protocol),
    rules: ruleReadings(protocol),
    sources: Object.entries(protocol.sources ?? {}).map(([key, source]) => ({ key, ...source })),
    advice: adviseProtocol(protocol),
  });
}

function ruleReadings({ rules = {}, sources = {} }: Protocol): RuleReading[] {
  return (Object.keys(RULES) as RuleId[]).flatMap((id) => {
    const support = rules[id];
    if (support === undefined) return [];
    return [
      {
        id,
        ...RULES[id],
        reason: support.reason ?? null,
        sources: support.sources.flatMap((key) => {
          const source = sources[key];
          return source === undefined ? [] : [{ key, certainty: source.certainty }];
        }),
      },
    ];
  });
}
