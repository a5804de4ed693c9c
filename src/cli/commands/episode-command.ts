import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Surroundings } from '../surroundings.ts';
import { episodeAddCommand } from './episode-add-command.ts';
import { episodeExportCommand } from './episode-export-command.ts';
import { episodeImportCommand } from './episode-import-command.ts';
import { episodeListCommand } from './episode-list-command.ts';
import { episodeExplainCommand, episodePlanCommand } from './episode-plan-command.ts';
import { episodeShowCommand } from './episode-show-command.ts';
import { episodeUpdateCommand } from './episode-update-command.ts';

/** `episode …`: the episodes of a clinic, one by one or as a cohort. */
export function episodeCommand(
  program: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  const group = program.command('episode');
  episodeAddCommand(group, surroundings);
  episodeShowCommand(group, surroundings, setExit);
  episodeListCommand(group, surroundings, setExit);
  episodeUpdateCommand(group, surroundings);
  episodePlanCommand(group, surroundings);
  episodeExplainCommand(group, surroundings);
  episodeImportCommand(group, surroundings, setExit);
  episodeExportCommand(group, surroundings);
}
