import type { Command } from 'commander';
import { orFault } from '../faults/outcome.ts';
import { instantText } from '../options/duration.ts';
import { addStoreOptions, type ClinicOptions } from '../options/store-options.ts';
import { type AnswerOptions, addAnswerOption, writeList } from '../output/answer.ts';
import type { Surroundings } from '../surroundings.ts';
import { withAccounts } from './user-store.ts';

/** `user list`: the accounts, without anything by which someone could sign in. */
export function userListCommand(group: Command, surroundings: Surroundings): void {
  const command = group
    .command('list')
    .description('list the accounts, what each may do in which clinic, and whether it is disabled')
    .option('--clinic <code>', 'only accounts and roles of this clinic (default: all)');
  addStoreOptions(addAnswerOption(command)).action(async (options: ClinicOptions & AnswerOptions) =>
    withAccounts(surroundings, options, async (access) => {
      const { findClinic } = await import('../../service/clinic/find-clinic.ts');
      const { listAccounts } = await import('../../service/access/list-accounts.ts');
      const { clinic: code } = options;
      const clinic = code === undefined ? undefined : orFault(await findClinic(access, code));
      const rows = (await listAccounts(access, clinic)).map(({ createdAt, ...row }) => ({
        ...row,
        createdAt: instantText(createdAt),
      }));
      await writeList(surroundings, options, rows, {
        NAME: ({ name }) => name,
        KIND: ({ kind }) => kind,
        ROLES: ({ roles }) =>
          roles.map(({ clinic, role }) => `${clinic}:${role}`).join(' ') || 'none',
        STATE: ({ disabled }) => (disabled ? 'disabled' : 'active'),
        NUMBER: ({ id }) => String(id),
        'SHOWN AS': ({ displayName }) => displayName,
      });
    }),
  );
}
