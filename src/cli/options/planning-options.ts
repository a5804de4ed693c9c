import { type Command, Option } from 'commander';
import { type Day, parseDay } from '../../domain/civil-date.ts';
import { showFound } from '../../domain/problem.ts';
import type { PlanSettings } from '../../service/case/plan-case.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { readJsonFile } from '../input/documents.ts';
import type { Surroundings } from '../surroundings.ts';

/** Options of every command that plans. */
export interface PlanningOptions {
  readonly protocol?: string | undefined;
  readonly asOf?: string | undefined;
}

export function addPlanningOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--protocol <id|file>',
        'protocol of the catalog, or a protocol file (default: staged-risk-adapted)',
      ),
    )
    .addOption(
      new Option(
        '--as-of <date>',
        'day for which to plan, YYYY-MM-DD or today (default: the case, else today)',
      ),
    );
}

/** Reads a date given as an option. */
export function dayOption(text: string | undefined, option: string): Day | undefined {
  if (text === undefined) return undefined;
  const day = parseDay(text);
  if (day !== undefined) return day;
  throw new CommandFault(EXIT.usage, [
    {
      path: option,
      message: 'this is not a day of the calendar',
      found: showFound(text),
      allowed: 'YYYY-MM-DD, 2026-01-15 say',
    },
  ]);
}

const TODAY = 'today';

/** The day of `--as-of` for episodes of a store; `undefined`: today in the clinic, asked for or not. */
export function storeDayOption(text: string | undefined): Day | undefined {
  return text === TODAY ? undefined : dayOption(text, '--as-of');
}

/** Whether a word names a file and no protocol: an id has neither dot nor slash. */
export function looksLikeFile(text: string): boolean {
  return /[/\\.]/.test(text);
}

/** Finds the protocol that an option names: an id of the catalog, or a file. */
export async function protocolOption(
  surroundings: Surroundings,
  wanted: string | undefined,
): Promise<PlanSettings['protocol']> {
  const { DEFAULT_PROTOCOL_ID, selectProtocol } = await import(
    '../../service/case/select-protocol.ts'
  );
  const named = wanted ?? DEFAULT_PROTOCOL_ID;
  if (!looksLikeFile(named)) {
    const selected = selectProtocol(named);
    if (selected.ok) return selected.value;
    throw new CommandFault(EXIT.notFound, selected.problems);
  }
  const { document, place } = await readJsonFile(surroundings, named);
  const selected = selectProtocol(document);
  if (selected.ok) return selected.value;
  throw new CommandFault(EXIT.invalidInput, selected.problems, place);
}

/** The settings that a command plans with. */
export async function planSettings(
  surroundings: Surroundings,
  options: PlanningOptions,
): Promise<PlanSettings> {
  const asOf = storeDayOption(options.asOf);
  const { runDay } = await import('../../service/case/run-day.ts');
  const today = runDay(surroundings.clock, surroundings.zone);
  return {
    protocol: await protocolOption(surroundings, options.protocol),
    today,
    asOf: options.asOf === TODAY ? today : asOf,
  };
}
