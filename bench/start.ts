import { execFileSync } from 'node:child_process';
import { installPackage } from './installed-package.ts';
import { type Contestant, clockTime, measure } from './measure.ts';
import type { Row, Target } from './row.ts';

function processOf(...args: string[]): Contestant {
  return { round: () => execFileSync(process.execPath, args, { stdio: 'ignore' }) };
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toFixed(0)} ms`;
}

/** Start of the built command against a Node process that does nothing. */
export function startRows(quick: boolean): Row[] {
  const { main, command, empty, remove } = installPackage();
  const row = (work: string, args: string[], target: Target | null): Row => {
    const seconds = measure(processOf(...args), processOf(empty), quick ? 1 : 15, clockTime);
    return {
      work,
      floor: 'an empty Node process',
      ours: milliseconds(seconds.ours),
      floors: milliseconds(seconds.floor),
      ratio: seconds.ours / seconds.floor,
      target,
    };
  };
  const help: Target = { at: 'most', ratio: 1.5 };
  try {
    return [
      row('cryowatch --help (installed)', [command, '--help'], help),
      row('main.js --help, no compile cache', [main, '--help'], help),
      row('cryowatch --version (installed)', [command, '--version'], help),
      row('cryowatch plan of one case', [command, 'plan', '--ablated', '2026-01-15'], null),
    ];
  } finally {
    remove();
  }
}
