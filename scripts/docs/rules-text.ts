import { RULE_IDS, RULES, type RuleId } from '../../src/domain/rule.ts';
import { defaultProtocol } from '../../src/protocol/catalog.ts';
import { CERTAINTIES, type Certainty, type Protocol } from '../../src/protocol/protocol-schema.ts';

const CERTAINTY_IN_WORDS: Record<Certainty, string> = {
  high: 'GRADE high, as the review grades the outcome',
  moderate: 'GRADE moderate, as the review grades the outcome',
  low: 'small or indirect studies; where the review gives no grade the label is ours, and the note says so',
  'expert-opinion':
    'someone’s considered view: a clinical perspective, a consensus, a manual, a label',
  'published-schedule':
    'a schedule that a study used, as published; not shown to be better than another',
  'from-memory': 'not read when this was written; check it before you rely on it',
  'engineering-default': 'no clinical source: chosen so that the rule is complete',
};

const INTRODUCTION = `# The rules, and what the default protocol rests them on

This page is written by \`npm run fix\` from \`src/domain/rule.ts\` and the default
protocol; changes by hand are lost. \`npm run check\` fails when it is out of date.

Every line of a plan names the rule that gave it. The **section** is that of the schedule contract.
The numbers are the protocol's, not the rule's: another protocol file may have others, and other
sources.`;

/** The text of docs/rules.md: every rule with its section and what a protocol says in its support. */
export function rulesDoc(protocol: Protocol = defaultProtocol()): string {
  return [
    INTRODUCTION,
    `Protocol: \`${protocol.id}\` ${protocol.version}, ${protocol.title ?? ''}. Status: **${protocol.status ?? 'none given'}**.`,
    '## How certain a source is',
    ['| label | means |', '|---|---|', ...CERTAINTIES.map(certaintyLine)].join('\n'),
    '## Rules',
    ...RULE_IDS.map((rule) => ruleText(rule, protocol)),
    '## Sources',
    ...sourceTexts(protocol),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function certaintyLine(certainty: Certainty): string {
  return `| ${certainty} | ${CERTAINTY_IN_WORDS[certainty]} |`;
}

function ruleText(rule: RuleId, protocol: Protocol): string {
  const { section, says } = RULES[rule];
  const support = protocol.rules?.[rule];
  const cited = (support?.sources ?? []).map(
    (source) => `- [${source}](#${source}): ${protocol.sources?.[source]?.certainty ?? 'unknown'}`,
  );
  return [
    `### ${rule}`,
    `Section ${section}. ${says}`,
    support?.reason === undefined ? 'The protocol gives no reason.' : `*Why:* ${support.reason}`,
    cited.length === 0 ? 'The protocol cites nothing.' : cited.join('\n'),
  ].join('\n\n');
}

function sourceTexts(protocol: Protocol): string[] {
  return Object.entries(protocol.sources ?? {}).map(([key, source]) => {
    const doi = source.doi === undefined ? [] : [`<https://doi.org/${source.doi}>`];
    const url = source.url === undefined ? [] : [`<${source.url}>`];
    return [
      `### ${key}`,
      [`${source.citation}.`, ...doi, ...url].join(' '),
      `Certainty: **${source.certainty}**. ${source.note ?? ''}`.trim(),
    ].join('\n\n');
  });
}
