import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cliDoc } from './docs/cli-doc.ts';
import { openApiText } from './docs/openapi-text.ts';
import { rulesDoc } from './docs/rules-text.ts';
import { schemaText } from './docs/schema-dump.ts';

/**
 * Writes the generated pages of docs/ and the dump of the schema, or with `--check` says which are out of date (exit 1).
 * A new page is one function and one line here.
 */
const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/rules.md': rulesDoc,
  'docs/cli.md': cliDoc,
  'docs/openapi.json': openApiText,
  'migrations/sqlite/schema.sql': schemaText,
};

const checking = process.argv.includes('--check');
for (const [page, textOf] of Object.entries(PAGES)) {
  const file = fileURLToPath(new URL(`../${page}`, import.meta.url));
  const text = await textOf();
  if (!checking) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${page} is out of date: run npm run fix`);
    process.exitCode = 1;
  }
}
