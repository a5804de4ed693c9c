import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { fileFault } from '../faults/file-faults.ts';
import { reportProblems } from '../faults/problem-report.ts';
import { casePlace, NO_CASE, readCases } from '../input/read-cases.ts';
import type { Surroundings } from '../surroundings.ts';

/** `check FILE`: reads cases and says what is wrong, without planning. */
export function checkCommand(
  program: Command,
  surroundings: Surroundings,
  setExit: (code: ExitCode) => void,
): void {
  program
    .command('check')
    .argument('<file>', 'the file; - is standard input')
    .action(async (file: string) => {
      const { checkCaseDocument } = await import('../../service/case/check-document.ts');
      const read = await readCases(surroundings, file);
      if (!read.ok) throw fileFault(read.fault, file);
      let sound = 0;
      let faulty = 0;
      for await (const { document, text, line } of read.texts.cases) {
        const problems = document.ok
          ? checkCaseDocument(document.value).problems
          : document.problems;
        if (problems.length === 0) sound += 1;
        else {
          faulty += 1;
          await reportProblems(surroundings.stderr, problems, casePlace(file, text, line));
        }
      }
      if (sound + faulty === 0) throw new CommandFault(EXIT.invalidInput, [NO_CASE], { file });
      await surroundings.stdout.write(`${sound} sound, ${faulty} faulty\n`);
      if (faulty > 0) setExit(EXIT.invalidInput);
    });
}
