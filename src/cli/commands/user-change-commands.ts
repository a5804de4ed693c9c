import type { Command } from 'commander';
import { ROLES, type Role } from '../../domain/role.ts';
import type { AccountRevision, RevisedAccount } from '../../service/access/revise-account.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { orFault } from '../faults/outcome.ts';
import { collectChoiceOption } from '../options/collect-option.ts';
import {
  addClinicOption,
  addStoreOptions,
  type ClinicOptions,
  type StoreOptions,
} from '../options/store-options.ts';
import type { Surroundings } from '../surroundings.ts';
import { addPasswordOption, type PasswordOptions, readPassword } from './user-password.ts';
import { withAccounts } from './user-store.ts';

interface DryRunOptions {
  readonly dryRun?: boolean;
}

const DRY_RUN = ['--dry-run', 'say what would change, and write nothing'] as const;
const NO_ROLE_AT_ALL = 'none';

interface RoleOptions extends ClinicOptions, DryRunOptions {
  readonly role?: readonly (Role | typeof NO_ROLE_AT_ALL)[];
}

/** `user role`: what an account may do in one clinic; what it may in others stays. */
export function userRoleCommand(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('role')
    .description('set all that an account may do in a clinic; its sessions end')
    .argument('<name>', 'the account')
    .addOption(
      collectChoiceOption(
        '--role <role>',
        'what it may do there from now on; none: nothing any more',
        [...ROLES, NO_ROLE_AT_ALL],
      ),
    );
  addClinicOption(addStoreOptions(command))
    .option(...DRY_RUN)
    .action(async (name: string, { role = [], ...options }: RoleOptions) => {
      if (role.length === 0 || (role.includes(NO_ROLE_AT_ALL) && role.length > 1)) throw WHICH_ROLE;
      const are = role.filter((each) => each !== NO_ROLE_AT_ALL);
      await withAccounts(surroundings, options, async (access) => {
        const { findClinic } = await import('../../service/clinic/find-clinic.ts');
        const { reviseAccount } = await import('../../service/access/revise-account.ts');
        const clinic = orFault(await findClinic(access, options.clinic));
        const { dryRun = false } = options;
        const work = { name, roles: { clinic, are }, dryRun };
        const revised = orFault(await reviseAccount(access, work));
        const [before, after] = [revised.before, revised.after].map((row) => {
          const here = row.roles.filter((each) => each.clinic === clinic.code);
          return (
            here
              .map((each) => each.role)
              .sort()
              .join(', ') || 'nothing'
          );
        });
        const now =
          before === after
            ? `Account ${revised.after.name} stays ${after}`
            : `Account ${revised.after.name} ${dryRun ? 'would be' : 'is'} ${after}`;
        const was = before === after ? '' : ` (before: ${before})`;
        await surroundings.stdout.write(`${now} in clinic ${clinic.code}${was}.\n`);
      });
    });
}

const WHICH_ROLE = new CommandFault(EXIT.usage, [
  {
    path: '--role',
    message: 'say all that the account may do in the clinic',
    allowed: `one or several of ${ROLES.join(', ')}, or ${NO_ROLE_AT_ALL} alone`,
  },
]);

/** `user password`: another password, where the old one is forgotten or became known. */
export function userPasswordCommand(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('password')
    .description('give a person another password; all sessions of the account end')
    .argument('<name>', 'the account');
  addStoreOptions(addPasswordOption(command))
    .option(...DRY_RUN)
    .action(async (name: string, options: StoreOptions & PasswordOptions & DryRunOptions) => {
      const password = await readPassword(surroundings, options);
      await withAccounts(surroundings, options, async (access) => {
        const { changePassword } = await import('../../service/access/change-password.ts');
        const { dryRun = false } = options;
        orFault(await changePassword(access, { name, password, dryRun }));
        const says = dryRun ? 'Would change the password' : 'Changed the password';
        await surroundings.stdout.write(`${says} of the account.\n`);
      });
    });
}

/** `user disable`, `user enable`: whether an account may be used. */
export function userDisableCommands(group: Command, surroundings: Surroundings): void {
  const command = (word: string, description: string, disabled: boolean) =>
    addStoreOptions(group.command(word).description(description).argument('<name>', 'the account'))
      .option(...DRY_RUN)
      .action(async (name: string, options: StoreOptions & DryRunOptions) => {
        const { dryRun = false } = options;
        const revised = await revise(surroundings, options, { name, disabled, dryRun });
        await surroundings.stdout.write(disabledText(revised, dryRun));
      });
  command('disable', 'shut an account out at once; its sessions end, its keys open nothing', true);
  command('enable', 'let an account in again that was disabled', false);
}

async function revise(
  surroundings: Surroundings,
  options: StoreOptions,
  work: AccountRevision,
): Promise<RevisedAccount> {
  return withAccounts(surroundings, options, async (access) => {
    const { reviseAccount } = await import('../../service/access/revise-account.ts');
    return orFault(await reviseAccount(access, work));
  });
}

function disabledText({ before, after }: RevisedAccount, dryRun: boolean): string {
  const state = after.disabled ? 'disabled' : 'enabled';
  if (before.disabled === after.disabled) return `Account ${after.name} is ${state} already.\n`;
  return `Account ${after.name} ${dryRun ? 'would be' : 'is'} ${state}.\n`;
}
