import { parseArgs } from 'node:util';
import { calendarRows } from './calendar.ts';
import { cohortRows } from './cohort.ts';
import { planRows } from './plan.ts';
import { type Row, tableText } from './row.ts';
import { startRows } from './start.ts';

const PARTS: Readonly<Record<string, (quick: boolean) => Row[]>> = {
  plan: planRows,
  calendar: calendarRows,
  start: startRows,
};

/** Episodes of `npm run bench -- cohort` where no number is given. */
const EPISODES = 20_000;

/** `npm run bench -- [plan|calendar|start …] [--quick]`: measures and prints ratios to floors. */
async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { quick: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [first, episodes = EPISODES] = positionals;
  const rows =
    first === 'cohort' && /^[1-9]\d{0,7}$/.test(String(episodes)) && positionals.length <= 2
      ? await cohortRows(values.quick, Number(episodes))
      : rowsOfParts(positionals, values.quick);
  if (rows === null) return 2;
  if (values.quick) process.stdout.write('Quick: one round each. These figures mean nothing.\n\n');
  process.stdout.write(tableText(rows));
  return 0;
}

function rowsOfParts(names: readonly string[], quick: boolean): Row[] | null {
  const unknown = names.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) {
    const parts = Object.keys(PARTS).join(', ');
    process.stderr.write(
      `bench: no part ${unknown}; there are ${parts}; or cohort with a number of episodes\n`,
    );
    return null;
  }
  return Object.entries(PARTS)
    .filter(([name]) => names.length === 0 || names.includes(name))
    .flatMap(([, part]) => part(quick));
}

process.exitCode = await run(process.argv.slice(2));
