import { rmSync } from 'node:fs';

/** Removes build output. Run as `node scripts/clean.ts dist`. */
for (const folder of process.argv.slice(2)) rmSync(folder, { recursive: true, force: true });
