import type { Plan } from '../../plan/plan.ts';
import type { PlanSettings } from '../../service/case/plan-case.ts';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { reportProblems } from '../faults/problem-report.ts';
import { Progress } from '../output/progress.ts';
import type { Surroundings } from '../surroundings.ts';
import { type CaseTexts, casePlace, NO_CASE } from './read-cases.ts';

/** The cases of a file and how to plan them. */
export interface CasesToPlan {
  readonly texts: CaseTexts;
  readonly file: string;
  readonly settings: PlanSettings;
  readonly showsProgress: boolean;
}

/**
 * Plans every case of a file, one after the other. A bad line is told by its number and the rest goes
 * on; gives the number of bad ones. Ends the command where no case could be planned.
 */
export async function planEach(
  { stderr, clock }: Surroundings,
  { texts, file, settings, showsProgress }: CasesToPlan,
  use: (plan: Plan) => void | Promise<void>,
): Promise<number> {
  const { planDocument } = await import('../../service/case/plan-case.ts');
  const progress = new Progress(stderr, clock, texts, showsProgress);
  let planned = 0;
  let faulty = 0;
  for await (const { document, text, line } of texts.cases) {
    const plan = document.ok ? planDocument(document.value, settings) : document;
    if (plan.ok) {
      planned += 1;
      await use(plan.value);
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
  return faulty;
}
