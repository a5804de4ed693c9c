import type { RuleId } from '../domain/rule.ts';
import type { Citation } from './plan.ts';
import type { ProtocolFacts } from './protocol-facts.ts';

/** Why a protocol has a rule, and from which sources. */
export interface RuleSupport {
  readonly reasons: readonly string[];
  readonly citations: readonly Citation[];
}

/** What a protocol file says in support of a rule; empty where it says nothing. */
export function supportOf(rule: RuleId, protocol: ProtocolFacts): RuleSupport {
  const support = protocol.rules?.[rule];
  if (support === undefined) return { reasons: [], citations: [] };
  return {
    reasons: support.reason === undefined ? [] : [support.reason],
    citations: support.sources.flatMap((key) => {
      const source = protocol.sources?.[key];
      return source === undefined ? [] : [{ source: key, ...source }];
    }),
  };
}
