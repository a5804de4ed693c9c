import { loadDriver } from '../../src/store/sqlite/load-driver.ts';
import { readMigrations } from '../../src/store/sqlite/migrations.ts';
import { expectedSchema } from '../../src/store/sqlite/schema-dump.ts';

/** The schema that the migrations make together, for reading and for seeing what a migration changes. */
export async function schemaText(): Promise<string> {
  return `-- Made from the migrations; do not edit.\n\n${expectedSchema(await loadDriver(), readMigrations())}`;
}
