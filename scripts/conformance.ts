import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadProtocol } from '../src/protocol/load-protocol.ts';
import type { Protocol } from '../src/protocol/protocol-schema.ts';
import { type CaseLine, CorpusFault, readCases } from './conformance/case-line.ts';
import { type Difference, differences } from './conformance/compare.ts';
import { CaseRefused, planCase } from './conformance/own-engine.ts';
import { runCommand } from './conformance/vendor-command.ts';

const USAGE = `usage: npm run conformance -- FILE... [--command 'CMD'] [--protocol FILE]
  FILE        NDJSON, one case a line: {"name", "case", "expect"}
  --command   an engine under test: reads one case a line from stdin, prints one plan a line, in
              order; run with sh -c, PROTOCOL_FILE is set to the protocol file. Without it this
              project's own engine is run.
  --protocol  the protocol file (default: tests/cases/staged-risk-adapted.protocol.json)
exit: 0 all passed, 1 a case failed, 2 usage`;

const DEFAULT_PROTOCOL = fileURLToPath(
  new URL('../tests/cases/staged-risk-adapted.protocol.json', import.meta.url),
);

/** A mistake of whoever calls; its message is all they need. */
class UsageFault extends Error {}

/** What came of one case: a plan to compare, or why there is none. */
type Answer = { readonly plan: unknown } | { readonly missing: string };

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageFault(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readProtocol(file: string): Protocol {
  let document: unknown;
  try {
    document = JSON.parse(readText(file));
  } catch (error) {
    if (error instanceof UsageFault) throw error;
    throw new UsageFault(`${file}: this file is not JSON`);
  }
  const loaded = loadProtocol(document);
  if (loaded.ok) return loaded.value;
  const [first] = loaded.problems;
  throw new UsageFault(`${file}: ${first?.path}: ${first?.message}`);
}

function ownAnswers(cases: readonly CaseLine[], protocol: Protocol): Answer[] {
  return cases.map((line) => {
    try {
      return { plan: planCase(line.case, protocol) };
    } catch (error) {
      if (error instanceof CaseRefused) return { missing: error.message };
      throw error;
    }
  });
}

function answerOf(text: string | undefined): Answer {
  if (text === undefined) return { missing: 'no plan was printed' };
  try {
    return { plan: JSON.parse(text) };
  } catch {
    return { missing: `not JSON: ${JSON.stringify(text.slice(0, 60))}` };
  }
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function report(name: string, problems: readonly string[]): void {
  for (const problem of problems) console.log(`${name}: ${problem}`);
}

function inWords({ path, expected, got }: Difference): string {
  return `${path || 'the plan'}: expected ${show(expected)}, got ${show(got)}`;
}

/** Compares every case with its answer, prints what differs, and counts. */
function judge(cases: readonly CaseLine[], answers: readonly Answer[]): number {
  let failed = 0;
  cases.forEach((line, index) => {
    const answer = answers[index] ?? answerOf(undefined);
    const problems =
      'missing' in answer ? [answer.missing] : differences(line.expect, answer.plan).map(inWords);
    if (problems.length > 0) failed += 1;
    report(line.name, problems);
  });
  return failed;
}

async function vendorAnswers(
  cases: readonly CaseLine[],
  command: string,
  protocolFile: string,
): Promise<{ readonly answers: Answer[]; readonly surplus: number }> {
  const documents = cases.map((line) => line.case);
  const run = await runCommand(command, documents, { PROTOCOL_FILE: protocolFile });
  if (run.failure !== null) console.error(`the command ended with ${run.failure}`);
  return {
    answers: cases.map((_, index) => answerOf(run.lines[index])),
    surplus: Math.max(0, run.lines.length - cases.length),
  };
}

/** Runs the corpus as the arguments say; returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      command: { type: 'string' },
      protocol: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  if (positionals.length === 0) throw new UsageFault(USAGE);
  const protocolFile = values.protocol ?? DEFAULT_PROTOCOL;
  const protocol = readProtocol(protocolFile);
  const cases = positionals.flatMap((file) => readCases(readText(file), file));
  if (cases.length === 0) throw new UsageFault('the files hold no case');
  const { answers, surplus } =
    values.command === undefined
      ? { answers: ownAnswers(cases, protocol), surplus: 0 }
      : await vendorAnswers(cases, values.command, protocolFile);
  const failed = judge(cases, answers);
  if (surplus > 0) {
    report('output', [`${surplus} more lines were printed than there are cases`]);
  }
  console.log(`${cases.length - failed} passed, ${failed + (surplus > 0 ? 1 : 0)} failed`);
  return failed > 0 || surplus > 0 ? 1 : 0;
}

function isUsageFault(error: unknown): error is Error {
  if (error instanceof UsageFault || error instanceof CorpusFault) return true;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('ERR_PARSE_ARGS');
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!isUsageFault(error)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
