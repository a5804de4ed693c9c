import { formatDay } from '../../domain/civil-date.ts';
import { showFound } from '../../domain/problem.ts';
import type {
  ClinicCalendar,
  RowFilter,
  Worklist,
  WorklistRow,
} from '../../service/case/due-list.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { fileFault } from '../faults/file-faults.ts';
import { reportProblems } from '../faults/problem-report.ts';
import { readJsonFile } from '../input/documents.ts';
import { planEach } from '../input/each-plan.ts';
import { readCases } from '../input/read-cases.ts';
import { type PlanningOptions, planSettings } from '../options/planning-options.ts';
import type { Surroundings } from '../surroundings.ts';

/** The cases of a file and how to list them. */
export interface FileRequest extends PlanningOptions {
  readonly input: string;
  readonly clinic: string;
  readonly closedDays?: string | undefined;
  readonly soonDays: number;
  readonly filter: RowFilter;
  readonly showsProgress: boolean;
}

/** A list, and how many cases are missing on it; each was told on standard error. */
export interface ListedCases {
  readonly worklist: Worklist;
  readonly missing: number;
}

/** The due list of the cases in a file, without a store. */
export async function dueFromFile(
  surroundings: Surroundings,
  request: FileRequest,
): Promise<ListedCases> {
  const { clinic, soonDays, input, filter } = request;
  const { makeWorklist, rowsOfPlan } = await import('../../service/case/due-list.ts');
  const planned = await planSettings(surroundings, request);
  const asOf = planned.asOf ?? planned.today;
  const calendar = await closedDays(surroundings, request.closedDays);
  const read = await readCases(surroundings, input);
  if (!read.ok) throw fileFault(read.fault, input);

  const rows: WorklistRow[] = [];
  const episodes = new Set<string>();
  let repeated = 0;
  const cases = {
    texts: read.texts,
    file: input,
    settings: { ...planned, asOf },
    showsProgress: request.showsProgress,
  };
  const faulty = await planEach(surroundings, cases, async (plan) => {
    if (episodes.has(plan.episode.id)) {
      repeated += 1;
      await reportProblems(surroundings.stderr, [secondCase(plan.episode.id)], { file: input });
      return;
    }
    episodes.add(plan.episode.id);
    rows.push(...rowsOfPlan(plan, { clinic, soonDays, calendar }));
  });
  const worklist = makeWorklist(rows, { asOf: formatDay(asOf), soonDays }, filter);
  return { worklist, missing: faulty + repeated };
}

async function closedDays(
  surroundings: Surroundings,
  file: string | undefined,
): Promise<ClinicCalendar | undefined> {
  if (file === undefined) return undefined;
  const { loadClinicCalendar } = await import('../../service/case/due-list.ts');
  const { document, place } = await readJsonFile(surroundings, file);
  const loaded = loadClinicCalendar(document);
  if (loaded.ok) return loaded.value;
  throw new CommandFault(EXIT.invalidInput, loaded.problems, place);
}

function secondCase(episode: string) {
  return {
    path: 'episode.id',
    message: 'a second case has the id of an earlier one; only the first is on the list',
    found: showFound(episode),
    allowed: 'one case an episode',
  };
}
