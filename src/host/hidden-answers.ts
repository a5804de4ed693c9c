import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** The terminal at which questions are asked. */
export interface Asking {
  readonly input: NodeJS.ReadStream;
  /** Gets the questions, and nothing of what is typed. */
  readonly output: NodeJS.WriteStream;
  /** Somebody pressed Ctrl-C: while keys are hidden the terminal sends no signal for it. */
  readonly interrupted: () => void;
}

/**
 * Asks questions one after the other at a terminal, without showing what is typed. Backspace and pasted lines
 * count as they always do. Null: the input ended before each question had its answer.
 */
export function hiddenAnswers(
  { input, output, interrupted }: Asking,
  questions: readonly string[],
): Promise<readonly string[] | null> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  const answers: string[] = [];
  const ask = () => output.write(questions[answers.length] ?? '');
  return new Promise((settle) => {
    lines.on('line', (line) => {
      if (answers.length === questions.length) return;
      answers.push(line);
      output.write('\n');
      if (answers.length === questions.length) lines.close();
      else ask();
    });
    lines.on('SIGINT', () => {
      lines.close();
      output.write('\n');
      interrupted();
    });
    // Ctrl-Z does nothing: brought back by the shell, nobody would read here, and what is typed would be its.
    lines.on('SIGTSTP', () => undefined);
    lines.on('close', () => settle(answers.length === questions.length ? answers : null));
    ask();
  });
}
