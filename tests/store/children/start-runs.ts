import { openStore } from '../../../src/store/sqlite/open-store.ts';
import { act, day, NORTH, SEAL } from '../fixtures.ts';

/**
 * Tries to start a run of the nightly job at one minute after the other, and prints the numbers of the
 * runs that it got. Arguments: file, holder, how many.
 */
const [path = '', holder = '', countText] = process.argv.slice(2);
const store = await openStore(path, { seal: SEAL, act: act() });
const night = { clinic: NORTH.id, asOf: day('2026-03-01'), holder, leaseMs: 60_000 };
for (let minute = 0; minute < Number(countText); minute += 1) {
  const result = await store.startRun(act(minute * 60_000), night);
  if (result.outcome === 'ok') process.stdout.write(`${result.value.run}\n`);
}
await store.close();
