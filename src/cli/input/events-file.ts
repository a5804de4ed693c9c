import type { Problem } from '../../domain/problem.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { fileFault } from '../faults/file-faults.ts';
import { type Place, reportProblems } from '../faults/problem-report.ts';
import type { Surroundings } from '../surroundings.ts';
import { casePlace, readCases } from './read-cases.ts';

/** Events of a file, with how their problems are told. */
export interface EventsFile {
  readonly events: readonly unknown[];
  /** Tells problems under the lines of the file. */
  report(problems: readonly Problem[]): Promise<void>;
}

interface PlacedEvent {
  readonly document: unknown;
  /** Path of the event in its document: empty for the document as a whole. */
  readonly path: string;
  readonly place: Place;
}

/** Reads one event, a list of events (JSON), or one event a line (NDJSON); `-` is standard input. */
export async function readEventsFile(
  surroundings: Surroundings,
  file: string,
): Promise<EventsFile> {
  const read = await readCases(surroundings, file);
  if (!read.ok) throw fileFault(read.fault, file);
  const placed: PlacedEvent[] = [];
  let faulty = false;
  for await (const { document, text, line } of read.texts.cases) {
    const place = casePlace(file, text, line);
    if (document.ok) placed.push(...placedEvents(document.value, place));
    else {
      faulty = true;
      await reportProblems(surroundings.stderr, document.problems, place);
    }
  }
  if (faulty) throw new CommandFault(EXIT.invalidInput, []);
  if (placed.length === 0) throw new CommandFault(EXIT.invalidInput, [NO_EVENT], { file });
  return {
    events: placed.map(({ document }) => document),
    report: async (problems) => {
      for (const problem of problems) await reportPlaced(surroundings, placed, problem);
    },
  };
}

function placedEvents(document: unknown, place: Place): PlacedEvent[] {
  return Array.isArray(document)
    ? document.map((each, index) => ({ document: each, path: `[${index}]`, place }))
    : [{ document, path: '', place }];
}

async function reportPlaced(
  { stderr }: Surroundings,
  placed: readonly PlacedEvent[],
  problem: Problem,
): Promise<void> {
  const [place, index] = /^events\[(\d+)\]/.exec(problem.path) ?? [];
  const event = placed[Number(index)];
  if (place === undefined || event === undefined) return reportProblems(stderr, [problem]);
  const rest = problem.path.slice(place.length);
  const path = `${event.path}${rest}`.replace(/^\./, '');
  return reportProblems(stderr, [{ ...problem, path }], event.place);
}

const NO_EVENT: Problem = {
  path: '',
  message: 'the file holds no event',
  allowed: 'one event, a list of events, or one event a line',
};
