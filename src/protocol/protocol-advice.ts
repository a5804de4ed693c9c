import type { Problem } from '../domain/problem.ts';
import { RULE_IDS, type RuleId } from '../domain/rule.ts';
import { escalationAdvice } from './escalation-advice.ts';
import type { Protocol } from './protocol-schema.ts';
import { visitAdvice } from './visit-advice.ts';

/** Rules that only staged visits can use; a protocol of lanes only need not support them. schedule.md 3.10. */
const STAGED_RULES: ReadonlySet<RuleId> = new Set([
  'baseline',
  'first-interval',
  'minimum-gap',
  'interval',
  'forecast',
  'horizon',
  'reoffer',
  'limited',
  'brought-forward',
]);

/** The rules that a protocol can come to use. */
export function rulesInUse(protocol: Protocol): RuleId[] {
  return RULE_IDS.filter((rule) => {
    if (STAGED_RULES.has(rule)) return protocol.intervals !== undefined;
    return rule !== 'lane' || protocol.lanes.length > 0;
  });
}

/**
 * What someone should look at before a protocol is used: nothing here is refused. Missing labels and
 * citations, and values that are possible but rarely meant.
 */
export function adviseProtocol(protocol: Protocol): Problem[] {
  return [
    ...labelAdvice(protocol),
    ...citationAdvice(protocol),
    ...unusedSourceAdvice(protocol),
    ...visitAdvice(protocol),
    ...escalationAdvice(protocol),
  ];
}

function labelAdvice(protocol: Protocol): Problem[] {
  const labels = {
    title: 'a name for people',
    status: 'who approved it, or that nobody has yet',
    summary: 'what it plans, and what its numbers rest on',
  };
  return Object.entries(labels)
    .filter(([label]) => protocol[label as keyof typeof labels] === undefined)
    .map(([path, allowed]) => ({
      path,
      message: `the protocol has no ${path}`,
      found: 'nothing',
      allowed,
    }));
}

function citationAdvice(protocol: Protocol): Problem[] {
  if (protocol.rules === undefined) {
    return [
      {
        path: 'rules',
        message: 'no rule says what it rests on',
        found: 'nothing',
        allowed: 'for each rule its sources and a reason',
      },
    ];
  }
  const { rules } = protocol;
  return rulesInUse(protocol).flatMap((rule) => {
    const support = rules[rule];
    if (support === undefined) {
      return [
        {
          path: `rules.${rule}`,
          message: 'the rule says nothing of what it rests on',
          found: 'nothing',
          allowed: 'its sources and a reason',
        },
      ];
    }
    return support.reason === undefined
      ? [
          {
            path: `rules.${rule}.reason`,
            message: 'the rule cites sources without a reason',
            found: 'nothing',
            allowed: 'why the protocol does it so, in words',
          },
        ]
      : [];
  });
}

function unusedSourceAdvice(protocol: Protocol): Problem[] {
  const used = new Set(Object.values(protocol.rules ?? {}).flatMap((support) => support.sources));
  return Object.keys(protocol.sources ?? {})
    .filter((source) => !used.has(source))
    .map((source) => ({ path: `sources.${source}`, message: 'no rule cites this source' }));
}
