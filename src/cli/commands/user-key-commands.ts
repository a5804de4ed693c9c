import { type Command, InvalidArgumentError } from 'commander';
import { orFault } from '../faults/outcome.ts';
import { instantText } from '../options/duration.ts';
import { addStoreOptions, type StoreOptions } from '../options/store-options.ts';
import { type AnswerOptions, addAnswerOption, writeList } from '../output/answer.ts';
import { printable } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';
import { withAccounts } from './user-store.ts';

interface KeyOptions extends StoreOptions {
  readonly label: string;
  readonly days: number;
  readonly dryRun?: boolean;
}

const DAYS = 365;

/** `user key`, `user keys`, `user revoke`: the API keys of machines. */
export function userKeyCommands(group: Command, surroundings: Surroundings): void {
  keyCommand(group, surroundings);
  keysCommand(group, surroundings);
  revokeCommand(group, surroundings);
}

/** The key alone is on standard output, so that it can go to a file and nowhere else. */
function keyCommand(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('key')
    .description('make an API key of a machine’s account, and print it; it is never shown again')
    .argument('<name>', 'the account')
    .requiredOption('--label <label>', 'where it is used, to know it again in the list')
    .option('--days <days>', 'how long it holds, at most 365', days, DAYS)
    .option('--dry-run', 'say what would be made, and write nothing');
  addStoreOptions(command).action(async (account: string, options: KeyOptions) =>
    withAccounts(surroundings, options, async (access) => {
      const { issueApiKey } = await import('../../service/access/api-keys.ts');
      const { label, days: given, dryRun = false } = options;
      const work = { account, label, days: given, dryRun };
      const { token, key } = orFault(await issueApiKey(access, work));
      const until = instantText(key.expiresAt);
      if (token === null) {
        const says = `Would make a key, ${printable(key.label)}, that holds until ${until}.\n`;
        return surroundings.stdout.write(says);
      }
      await surroundings.stdout.write(`${token}\n`);
      await surroundings.stderr.write(
        `cryowatch: made key ${key.selector}, ${printable(key.label)}, which holds until ${until}; it is not shown again\n`,
      );
    }),
  );
}

/** Reads a number of days; whether a key may hold for so long is the use case's. */
function days(word: string): number {
  if (/^\d{1,4}$/.test(word)) return Number(word);
  throw new InvalidArgumentError('Whole days from 1 to 365 are allowed.');
}

function keysCommand(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('keys')
    .description('list the API keys of an account, revoked and expired ones too')
    .argument('<name>', 'the account');
  addStoreOptions(addAnswerOption(command)).action(
    async (name: string, options: StoreOptions & AnswerOptions) =>
      withAccounts(surroundings, options, async (access) => {
        const { listApiKeys } = await import('../../service/access/api-keys.ts');
        const keys = orFault(await listApiKeys(access, name));
        const rows = keys.map(({ createdAt, expiresAt, ...key }) => ({
          ...key,
          createdAt: instantText(createdAt),
          expiresAt: instantText(expiresAt),
        }));
        await writeList(surroundings, options, rows, {
          SELECTOR: ({ selector }) => selector,
          STATE: ({ state }) => state,
          LABEL: ({ label }) => label,
          MADE: (key) => key.createdAt,
          BY: ({ createdBy }) => createdBy,
          'HOLDS UNTIL': (key) => key.expiresAt,
        });
      }),
  );
}

function revokeCommand(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('revoke')
    .description('end an API key for ever, at once')
    .argument('<selector>', 'the first half of the key, as user keys lists it')
    .option('--dry-run', 'say whether there is such a key, and write nothing');
  addStoreOptions(command).action(
    async (selector: string, options: StoreOptions & { readonly dryRun?: boolean }) =>
      withAccounts(surroundings, options, async (access) => {
        const { revokeApiKey } = await import('../../service/access/api-keys.ts');
        const { dryRun = false } = options;
        // Who hands over the whole key means its selector, and the rest goes nowhere.
        const [half = ''] = selector.split('.');
        const { changed } = orFault(await revokeApiKey(access, { selector: half, dryRun }));
        const revoked = dryRun ? 'The key would be revoked.\n' : 'The key is revoked.\n';
        await surroundings.stdout.write(changed ? revoked : 'The key was revoked before.\n');
      }),
  );
}
