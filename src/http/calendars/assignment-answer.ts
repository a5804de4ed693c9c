import type { Problem } from '../../domain/problem.ts';
import { assignClinician } from '../../service/episode/assign-clinician.ts';
import type { Answer } from '../answer.ts';
import type { ClinicCall } from '../call.ts';
import { clinicPath } from '../paths.ts';
import { goTo, pageAnswer } from '../respond.ts';
import { assignmentPage, assignmentPreview } from './assignment-page.ts';

/** Shows what saying who is responsible would change; records it once it is confirmed. */
export async function assign(call: ClinicCall): Promise<Answer> {
  const { context, clinic, caller, fields } = call;
  const confirmed = fields.text('step') === 'confirm';
  const assigned = fields.text('assigned');
  if (assigned !== 'yes' && assigned !== 'no') {
    return pageAnswer(assignmentPage(call, fields, [NOT_SAID]), 422);
  }
  const done = await assignClinician(context, {
    clinic,
    caller,
    episode: fields.text('episode'),
    account: fields.text('account'),
    assigned: assigned === 'yes',
    dryRun: !confirmed,
  });
  if (!done.ok) return pageAnswer(assignmentPage(call, fields, done.problems), 422);
  if (confirmed) return goTo(`${clinicPath(clinic, 'calendars')}?done=assigned`);
  return pageAnswer(assignmentPreview(call, done.value));
}

const NOT_SAID: Problem = {
  path: 'assigned',
  message: 'say whether they are responsible or no longer',
};
