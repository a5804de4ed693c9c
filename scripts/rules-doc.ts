import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rulesDoc } from './docs/rules-text.ts';

const FILE = fileURLToPath(new URL('../docs/rules.md', import.meta.url));
const text = rulesDoc();

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
} else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== text) {
  console.error(
    'docs/rules.md does not match the rules and the default protocol: run node scripts/rules-doc.ts',
  );
  process.exitCode = 1;
}
