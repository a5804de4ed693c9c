import { didYouMean } from '../domain/did-you-mean.ts';
import { ESCALATION_ACTIONS } from '../domain/escalation-action.ts';
import { type Problem, showFound } from '../domain/problem.ts';
import { laneProblems } from './lane-checks.ts';
import type { Protocol } from './protocol-schema.ts';
import { stagedProblems } from './staged-checks.ts';

/** Faults of sense: what a file of the right form may still get wrong. schedule.md 3.10 and 3.11. */
export function checkProtocol(protocol: Protocol): Problem[] {
  return [
    ...stagedProblems(protocol),
    ...laneProblems(protocol),
    ...urgencyProblems(protocol),
    ...suspensionProblems(protocol),
    ...sourceProblems(protocol),
  ];
}

function urgencyProblems(protocol: Protocol): Problem[] {
  const { urgency } = protocol.escalation;
  const missing = ESCALATION_ACTIONS.filter((action) => !urgency.includes(action));
  if (missing.length === 0 && urgency.length === ESCALATION_ACTIONS.length) return [];
  return [
    {
      path: 'escalation.urgency',
      message: 'every action must stand there once',
      found: urgency.join(', '),
      allowed: ESCALATION_ACTIONS.join(', '),
      ...(missing.length > 0 ? { mend: `add ${missing.join(', ')}` } : {}),
    },
  ];
}

function suspensionProblems(protocol: Protocol): Problem[] {
  return protocol.suspensionDays <= protocol.suspensionMaxDays
    ? []
    : [
        {
          path: 'suspensionDays',
          message: 'the usual suspension is longer than the longest',
          found: String(protocol.suspensionDays),
          allowed: `at most ${protocol.suspensionMaxDays}`,
        },
      ];
}

function sourceProblems(protocol: Protocol): Problem[] {
  const known = Object.keys(protocol.sources ?? {});
  return Object.entries(protocol.rules ?? {}).flatMap(([rule, support]) =>
    support.sources.flatMap((source, index) => {
      if (known.includes(source)) return [];
      const meant = didYouMean(source, known);
      return [
        {
          path: `rules.${rule}.sources[${index}]`,
          message: 'this source is not among the sources',
          found: showFound(source),
          allowed: known.join(', ') || 'a key of "sources"',
          ...(meant === undefined ? {} : { mend: `did you mean ${meant}?` }),
        },
      ];
    }),
  );
}
