import { parseArgs } from 'node:util';
import { calendarRows } from './calendar.ts';
import { planRows } from './plan.ts';
import { type Row, tableText } from './row.ts';
import { startRows } from './start.ts';

const PARTS: Readonly<Record<string, (quick: boolean) => Row[]>> = {
  plan: planRows,
  calendar: calendarRows,
  start: startRows,
};

/** `npm run bench -- [plan|calendar|start …] [--quick]`: measures and prints ratios to floors. */
function run(args: string[]): number {
  const { values, positionals } = parseArgs({
    args,
    options: { quick: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const unknown = positionals.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) {
    process.stderr.write(`bench: no part ${unknown}; there are ${Object.keys(PARTS).join(', ')}\n`);
    return 2;
  }
  const rows = Object.entries(PARTS)
    .filter(([name]) => positionals.length === 0 || positionals.includes(name))
    .flatMap(([, part]) => part(values.quick));
  if (values.quick) process.stdout.write('Quick: one round each. These figures mean nothing.\n\n');
  process.stdout.write(tableText(rows));
  return 0;
}

process.exitCode = run(process.argv.slice(2));
