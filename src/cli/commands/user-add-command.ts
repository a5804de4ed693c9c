import type { Command } from 'commander';
import { ROLES, type Role } from '../../domain/role.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { orFault } from '../faults/outcome.ts';
import { collectChoiceOption } from '../options/collect-option.ts';
import { addClinicOption, addStoreOptions, type ClinicOptions } from '../options/store-options.ts';
import { printable } from '../output/wrapped-text.ts';
import type { Surroundings } from '../surroundings.ts';
import { addPasswordOption, type PasswordOptions, readPassword } from './user-password.ts';
import { withAccounts } from './user-store.ts';

interface AddOptions extends ClinicOptions, PasswordOptions {
  readonly role?: readonly Role[];
  readonly name?: string;
  readonly service?: boolean;
  readonly dryRun?: boolean;
}

/** `user add`: makes an account of a person, with a password, or of a machine, which gets keys. */
export function userAddCommand(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('add')
    .description('make an account of a person, or of a machine (--service), in a clinic')
    .argument('<name>', 'the name to sign in with: 2 to 40 of a-z, 0-9, dot, hyphen, underscore')
    .addOption(collectChoiceOption('--role <role>', 'what it may do in the clinic', ROLES))
    .option('--name <name>', 'the name that others read (default: the name to sign in with)')
    .option('--service', 'the account of a machine: role service, no password, but keys');
  addClinicOption(addStoreOptions(addPasswordOption(command)))
    .option('--dry-run', 'say what would be made, and write nothing')
    .action(async (name: string, options: AddOptions) => {
      const { service = false, name: displayName, clinic: code, dryRun = false } = options;
      const roles = options.role ?? (service ? ['service'] : []);
      if (roles.length === 0) throw NO_ROLE;
      if (service && options.passwordFile !== undefined) throw NO_PASSWORD_NEEDED;
      const password = service ? undefined : await readPassword(surroundings, options);
      await withAccounts(surroundings, options, async (access) => {
        const { findClinic } = await import('../../service/clinic/find-clinic.ts');
        const { createAccount } = await import('../../service/access/create-account.ts');
        const clinic = orFault(await findClinic(access, code));
        const kind = service ? 'service' : 'person';
        const work = { name, kind, displayName, password, clinic, roles, dryRun } as const;
        const made = orFault(await createAccount(access, work));
        await surroundings.stdout.write(
          `${dryRun ? 'Would make' : 'Made'} account ${made.name}, ${printable(made.displayName)}: ${roles.join(', ')} in clinic ${clinic.code}.\n`,
        );
        if (service && !dryRun) await surroundings.stdout.write(nextStep(made.name));
      });
    });
}

function nextStep(name: string): string {
  return `Next: make its key: cryowatch user key ${name} --label WHERE-IT-IS-USED\n`;
}

const NO_ROLE = new CommandFault(EXIT.usage, [
  {
    path: '--role',
    message: 'an account without a role may do nothing',
    allowed: ROLES.join(', '),
  },
]);

const NO_PASSWORD_NEEDED = new CommandFault(EXIT.usage, [
  {
    path: '--password-file',
    message: 'a machine has keys, and signs in with no password',
    mend: 'leave it out, and make a key afterwards: cryowatch user key',
  },
]);
