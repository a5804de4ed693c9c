import type { Problem } from '../domain/problem.ts';
import type { Plan } from '../plan/plan.ts';
import type { ExportOptions, Format } from '../service/export-plans.ts';
import type { PlanSettings } from '../service/plan-case.ts';
import type { CalendarSettings } from './calendar-flags.ts';
import { CommandFault } from './command-fault.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { outputFault } from './file-faults.ts';
import type { OutputFormat } from './output-formats.ts';
import { reportProblems } from './problem-report.ts';
import { Progress } from './progress.ts';
import { type CaseTexts, casePlace, NO_CASE } from './read-cases.ts';
import type { OutputFile, Surroundings } from './surroundings.ts';

/** Where the plans go. */
interface StreamOptions {
  readonly output?: string;
  readonly out?: string;
}

/** Plans cases one after the other and writes them; memory stays flat where the format allows it. */
export class PlanStream {
  readonly #surroundings: Surroundings;
  readonly #settings: PlanSettings;
  readonly #calendar: CalendarSettings;
  readonly #options: StreamOptions;

  constructor(
    surroundings: Surroundings,
    settings: PlanSettings,
    calendar: CalendarSettings,
    options: StreamOptions,
  ) {
    this.#surroundings = surroundings;
    this.#settings = settings;
    this.#calendar = calendar;
    this.#options = options;
  }

  /** Plans one document; `rename` says how its problems are told. */
  async runOne(
    document: object,
    rename: (problems: readonly Problem[]) => readonly Problem[],
  ): Promise<void> {
    const { planDocument } = await import('../service/plan-case.ts');
    const planned = planDocument(document, this.#settings);
    if (!planned.ok) throw new CommandFault(EXIT.invalidInput, rename(planned.problems));
    await this.#write(false, async (writer) => writer.add(planned.value));
  }

  /** Plans every case of a file. A bad line is told and the rest goes on. */
  async runFile(texts: CaseTexts, file: string): Promise<ExitCode> {
    const { planDocument } = await import('../service/plan-case.ts');
    const { stderr, clock } = this.#surroundings;
    const progress = new Progress(stderr, clock, texts, this.#showsProgress());
    let planned = 0;
    let faulty = 0;
    await this.#write(texts.many, async (writer) => {
      for await (const { document, text, line } of texts.cases) {
        const plan = document.ok ? planDocument(document.value, this.#settings) : document;
        if (plan.ok) {
          planned += 1;
          await writer.add(plan.value);
        } else {
          faulty += 1;
          await progress.clear();
          await reportProblems(stderr, plan.problems, casePlace(file, text, line));
        }
        await progress.show(planned + faulty);
      }
      await progress.clear();
      if (planned === 0 && faulty > 0) throw new CommandFault(EXIT.invalidInput, []);
      if (planned === 0) throw new CommandFault(EXIT.invalidInput, [NO_CASE], { file });
    });
    return faulty > 0 ? EXIT.partlyDone : EXIT.done;
  }

  /** Not where plans appear on the same terminal, one after the other. */
  #showsProgress(): boolean {
    const { stdout, stderr } = this.#surroundings;
    const { out } = this.#options;
    return stderr.isTerminal && (out !== undefined || !stdout.isTerminal);
  }

  async #write(many: boolean, fill: (writer: PlanWriter) => Promise<void>): Promise<void> {
    const { stdout } = this.#surroundings;
    const { output, out } = this.#options;
    const { FORMATS } = await import('../service/export-plans.ts');
    const name = (output ??
      defaultFormat(many, out === undefined && stdout.isTerminal)) as OutputFormat;
    const exportOptions = this.#exportOptions(out === undefined);
    if (out === undefined) {
      const writer = new PlanWriter(FORMATS[name], exportOptions, stdout);
      await fill(writer);
      await writer.end();
      return;
    }
    const target = await this.#surroundings.createFile(out);
    if (!target.ok) throw outputFault(target.fault, out);
    await intoFile(target.file, async () => {
      const writer = new PlanWriter(FORMATS[name], exportOptions, target.file);
      await fill(writer);
      await writer.end();
    });
  }

  #exportOptions(onStdout: boolean): ExportOptions {
    const { stdout, env } = this.#surroundings;
    const { NO_COLOR } = env;
    const colour = onStdout && stdout.isTerminal && (NO_COLOR === undefined || NO_COLOR === '');
    return {
      calendar: this.#calendar,
      terminal: { width: onStdout ? stdout.columns : WIDTH_OF_A_FILE, colour },
    };
  }
}

/** The same on every machine, whatever the terminal. */
const WIDTH_OF_A_FILE = 80;

function defaultFormat(many: boolean, terminal: boolean): OutputFormat {
  if (terminal) return 'table';
  return many ? 'ndjson' : 'json';
}

/** Nothing half-written is left behind. */
async function intoFile(file: OutputFile, fill: () => Promise<void>): Promise<void> {
  try {
    await fill();
  } catch (error) {
    await file.abandon();
    throw error;
  }
  await file.commit();
}

/** Writes plans in a format: at once where it can be streamed, else all at the end. */
class PlanWriter {
  readonly #format: Format;
  readonly #options: ExportOptions;
  readonly #target: { write(text: string): Promise<void> };
  readonly #plans: Plan[] = [];
  readonly #episodes = new Set<string>();
  #started = false;

  constructor(
    format: Format,
    options: ExportOptions,
    target: { write(text: string): Promise<void> },
  ) {
    this.#format = format;
    this.#options = options;
    this.#target = target;
  }

  async add(plan: Plan): Promise<void> {
    const { stream, many, name } = this.#format;
    if (stream === undefined) {
      if (!many && this.#plans.length > 0) {
        throw new CommandFault(EXIT.usage, [
          { path: '--output', message: `${name} shows one episode, and the file holds more` },
        ]);
      }
      this.#refuseSecondCalendar(plan);
      this.#plans.push(plan);
      return;
    }
    const head = this.#started ? '' : stream.head;
    this.#started = true;
    await this.#target.write(head + stream.writeOne(plan, this.#options));
  }

  /** Two plans of one episode would share their event UIDs, and a reader would keep one of them. */
  #refuseSecondCalendar({ episode }: Plan): void {
    if (this.#format.name !== 'ics' || !this.#episodes.has(episode.id)) {
      this.#episodes.add(episode.id);
      return;
    }
    throw new CommandFault(EXIT.invalidInput, [
      {
        path: 'episode.id',
        message: 'two cases have the same episode id; in one calendar they would become one',
        found: JSON.stringify(episode.id),
        allowed: 'an id of its own for each case',
      },
    ]);
  }

  async end(): Promise<void> {
    if (this.#plans.length > 0) {
      await this.#target.write(this.#format.write(this.#plans, this.#options));
    }
  }
}
