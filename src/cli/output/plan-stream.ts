import type { Problem } from '../../domain/problem.ts';
import type { Plan } from '../../plan/plan.ts';
import type { ExportOptions, Format } from '../../service/case/export-plans.ts';
import type { PlanSettings } from '../../service/case/plan-case.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { planEach } from '../input/each-plan.ts';
import type { CaseTexts } from '../input/read-cases.ts';
import type { CalendarSettings } from '../options/calendar-flags.ts';
import type { Surroundings } from '../surroundings.ts';
import type { OutputFormat } from './output-formats.ts';
import { showsProgress, writeTo } from './output-target.ts';

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
    const { planDocument } = await import('../../service/case/plan-case.ts');
    const planned = planDocument(document, this.#settings);
    if (!planned.ok) throw new CommandFault(EXIT.invalidInput, rename(planned.problems));
    await this.#write(false, async (writer) => writer.add(planned.value));
  }

  /** Plans every case of a file. A bad line is told and the rest goes on. */
  async runFile(texts: CaseTexts, file: string): Promise<ExitCode> {
    const cases = {
      texts,
      file,
      settings: this.#settings,
      showsProgress: showsProgress(this.#surroundings, this.#options.out),
    };
    let faulty = 0;
    await this.#write(texts.many, async (writer) => {
      faulty = await planEach(this.#surroundings, cases, (plan) => writer.add(plan));
    });
    return faulty > 0 ? EXIT.partlyDone : EXIT.done;
  }

  async #write(many: boolean, fill: (writer: PlanWriter) => Promise<void>): Promise<void> {
    const { output, out } = this.#options;
    const { FORMATS } = await import('../../service/case/export-plans.ts');
    await writeTo(this.#surroundings, out, async (target) => {
      const name = (output ?? defaultFormat(many, target.isTerminal)) as OutputFormat;
      const options = { calendar: this.#calendar, terminal: target.terminal };
      const writer = new PlanWriter(FORMATS[name], options, target);
      await fill(writer);
      await writer.end();
    });
  }
}

function defaultFormat(many: boolean, terminal: boolean): OutputFormat {
  if (terminal) return 'table';
  return many ? 'ndjson' : 'json';
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
