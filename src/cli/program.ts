import { Command } from 'commander';
import { auditCommand } from './audit-command.ts';
import { backupCommand } from './backup-command.ts';
import { calendarCommand } from './calendar-command.ts';
import { checkCommand } from './check-command.ts';
import { clinicCommand } from './clinic-command.ts';
import { completionCommand } from './completion-command.ts';
import { diffCommand } from './diff-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { drillCommand } from './drill-command.ts';
import { dueCommand } from './due-command.ts';
import { episodeCommand } from './episode-command.ts';
import { eraseCommand } from './erase-command.ts';
import type { ExitCode } from './exit-code.ts';
import { explainCommand } from './explain-command.ts';
import { initCommand } from './init-command.ts';
import { nightlyCommand } from './nightly-command.ts';
import { planCommand } from './plan-command.ts';
import { protocolCommand } from './protocol-command.ts';
import { protocolsCommand } from './protocols-command.ts';
import { recordCommand } from './record-command.ts';
import { restoreCommand } from './restore-command.ts';
import { statusCommand } from './status-command.ts';
import type { Surroundings } from './surroundings.ts';
import { printableLines } from './wrapped-text.ts';

/** Descriptions are wrapped in as few columns as this. */
const NARROWEST_HELP = 20;

const EPILOGUE = `
Exit codes: 0 done, 1 fault, 2 usage, 3 invalid input, 5 not found,
6 busy, 7 store damaged or too new, 8 partly done.
cryowatch applies a protocol that a clinician approved; it reads no images
and decides nothing.`;

/** The command line: every command with its options. `setExit` tells an exit code other than 0. */
export function createProgram(
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): Command {
  const { stdout, stderr } = surroundings;
  const program = new Command('cryowatch')
    .description('surveillance schedules after breast cryoablation')
    .version(surroundings.version, '-V, --version')
    .addHelpText('after', EPILOGUE)
    .showHelpAfterError('(run the command with --help for its options)')
    .exitOverride()
    // An option behind `calendar import` belongs to it, though `calendar` has one of the same name.
    .enablePositionalOptions()
    .configureHelp({ minWidthToWrap: NARROWEST_HELP })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      outputError: (text, write) => write(printableLines(text.replace(/^error: /, 'cryowatch: '))),
      getOutHelpWidth: () => stdout.columns,
      getErrHelpWidth: () => stderr.columns,
    });
  planCommand(program, surroundings, setExit);
  dueCommand(program, surroundings, setExit);
  explainCommand(program, surroundings);
  diffCommand(program, surroundings);
  checkCommand(program, surroundings, setExit);
  protocolsCommand(program, surroundings);
  initCommand(program, surroundings);
  calendarCommand(program, surroundings, setExit);
  clinicCommand(program, surroundings);
  protocolCommand(program, surroundings, setExit);
  eraseCommand(program, surroundings);
  auditCommand(program, surroundings, setExit);
  backupCommand(program, surroundings);
  restoreCommand(program, surroundings);
  drillCommand(program, surroundings, setExit);
  doctorCommand(program, surroundings, setExit);
  completionCommand(program, surroundings);
  nightlyCommand(program, surroundings, setExit);
  statusCommand(program, surroundings, setExit);
  episodeCommand(program, surroundings, setExit);
  recordCommand(program, surroundings);
  return program;
}
