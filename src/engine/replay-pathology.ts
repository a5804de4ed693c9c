import { formatDay } from '../domain/civil-date.ts';
import type { Decision, Pathology } from '../domain/event.ts';
import type { Anchor } from '../plan/schedule.ts';
import {
  answer,
  biopsiesAnsweredBy,
  type Escalation,
  isHolding,
  pathologyTrigger,
  raise,
} from './escalations.ts';
import { isOfThisBreast } from './exam-verdict.ts';
import { lapseDeferral } from './replay-imaging.ts';
import { endedByDeath, type ReplayState, warn } from './replay-state.ts';
import { resumeAsCategory3 } from './staging.ts';

/** A pathology result answers biopsies, and asks for more unless it is benign and concordant. schedule.md 5. */
export function replayPathology(state: ReplayState, pathology: Pathology): void {
  const { course, episode, protocol } = state;
  if (!isOfThisBreast(pathology.laterality, episode)) {
    warn(
      state,
      'pathology-of-other-breast',
      pathology.id,
      `Pathology ${pathology.id} is of the other breast and changes nothing here.`,
    );
    return;
  }
  if ((pathology.specimenDate ?? pathology.date) <= course.ablation.day) {
    warn(
      state,
      'pathology-of-ablated-tumor',
      pathology.id,
      `Pathology ${pathology.id} is of tissue from the ablation's day or earlier: it is the ablated tumor's and changes nothing.`,
    );
    return;
  }
  const { answered, ambiguous } = biopsiesAnsweredBy(pathology, state.escalations);
  for (const escalation of answered) answer(escalation, pathology);
  warnOfLateFindings(state, pathology, answered);
  warnOfAnswers(
    state,
    pathology,
    answered.length,
    ambiguous.map(({ key }) => key),
  );

  const trigger = pathologyTrigger(pathology, protocol);
  if (trigger !== undefined) {
    if (endedByDeath(state)) {
      warn(
        state,
        'pathology-after-death',
        pathology.id,
        `Pathology ${pathology.id} says ${pathology.result} after a recorded death: nothing is asked for. A death entered by mistake must be taken back by a correction.`,
      );
      return;
    }
    state.escalations.push(raise(pathology, [trigger], course.number, protocol));
  } else if (answered.length > 0) {
    const anchor: Anchor = { kind: 'pathology', eventId: pathology.id, day: pathology.date };
    resumeUnlessHeld(state, anchor, pathology.id);
  }
}

/** The named answer counts, but tissue that was taken before a finding was seen can hardly explain it. */
function warnOfLateFindings(
  state: ReplayState,
  { id, specimenDate }: Pathology,
  answered: readonly Escalation[],
): void {
  if (specimenDate === undefined) return;
  for (const { key, raisedOn } of answered) {
    if (raisedOn <= specimenDate) continue;
    warn(
      state,
      'specimen-before-finding',
      id,
      `Pathology ${id} is said to answer ${key}, but its specimen of ${formatDay(specimenDate)} was taken before that was raised on ${formatDay(raisedOn)}: check that it does.`,
    );
  }
}

function warnOfAnswers(
  state: ReplayState,
  pathology: Pathology,
  answered: number,
  ambiguous: readonly string[],
): void {
  if (ambiguous.length > 0) {
    warn(
      state,
      'answers-needed',
      pathology.id,
      `Pathology ${pathology.id} could answer ${ambiguous.join(' or ')}; it must be said which (answers). Until then none is answered.`,
    );
    return;
  }
  const answeredHere = (named: string) =>
    state.escalations.some(({ key, answeredBy }) => key === named && answeredBy === pathology.id);
  const unanswered = pathology.answers?.filter((key) => !answeredHere(key)) ?? [];
  if (unanswered.length > 0) {
    warn(
      state,
      'answers-nothing',
      pathology.id,
      `Pathology ${pathology.id} names ${unanswered.join(', ')}, where no biopsy is open: it answers nothing there.`,
    );
  } else if (answered === 0) {
    warn(
      state,
      'answers-nothing',
      pathology.id,
      pathology.answers === undefined
        ? `Pathology ${pathology.id} answers no open biopsy.`
        : `Pathology ${pathology.id} says that it answers no escalation (answers is empty).`,
    );
  }
}

/** A clinician resolves an escalation, whatever it asks for. schedule.md section 5. */
export function replayDecision(state: ReplayState, decision: Decision): void {
  const escalation = state.escalations.find(
    ({ key, state: standing }) => key === decision.escalation && standing === 'open',
  );
  if (escalation === undefined) {
    const known = state.escalations.some(({ key }) => key === decision.escalation);
    warn(
      state,
      'decision-without-effect',
      decision.id,
      known
        ? `Decision ${decision.id} changes nothing: ${decision.escalation} was already answered.`
        : `Decision ${decision.id} changes nothing: there is no escalation ${decision.escalation} on that day.`,
    );
    return;
  }
  const held = isHolding(escalation);
  answer(escalation, decision);
  if (held) {
    const { eventId, raisedOn } = escalation;
    resumeUnlessHeld(state, { kind: 'escalation', eventId, day: raisedOn }, decision.id);
  }
}

function resumeUnlessHeld(state: ReplayState, anchor: Anchor, causedBy: string): void {
  if (state.end !== null || state.escalations.some(isHolding)) return;
  const { course, protocol } = state;
  const { deferral } = course;
  const effect = resumeAsCategory3(course, anchor, causedBy, protocol);
  if (effect === 'moved') lapseDeferral(state, deferral?.eventId, causedBy);
}
