import type { Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';
import { userAddCommand } from './user-add-command.ts';
import {
  userDisableCommands,
  userPasswordCommand,
  userRoleCommand,
} from './user-change-commands.ts';
import { userKeyCommands } from './user-key-commands.ts';
import { userListCommand } from './user-list-command.ts';

/** `user …`: who may sign in to the service, and do what; the keys of machines. */
export function userCommand(program: Command, surroundings: Surroundings): void {
  const group = program.command('user');
  userAddCommand(group, surroundings);
  userListCommand(group, surroundings);
  userRoleCommand(group, surroundings);
  userPasswordCommand(group, surroundings);
  userDisableCommands(group, surroundings);
  userKeyCommands(group, surroundings);
}
