import { type Day, formatDay } from '../domain/civil-date.ts';
import type {
  Closure,
  Reopening,
  RepeatAblation,
  Resumption,
  Surgery,
  Suspension,
} from '../domain/event.ts';
import { startCourse } from './course.ts';
import { answer, closeAll } from './escalations.ts';
import { type ReplayState, warn } from './replay-state.ts';
import { suspensionInForce } from './suspensions.ts';

/** A repeat ablation resolves what is open, ends the end, and starts the next course. schedule.md, "Words", 5. */
export function replayAblation(state: ReplayState, ablation: RepeatAblation): void {
  for (const escalation of state.escalations) {
    if (escalation.state === 'open') answer(escalation, ablation);
  }
  if (state.end !== null) {
    warn(
      state,
      'ablation-after-end',
      ablation.id,
      `Surveillance had ended (${state.end.by.id}); the repeat ablation ${ablation.id} starts it again.`,
    );
    state.end = null;
  }
  const anchor = { kind: 'ablation', eventId: ablation.id, day: ablation.date } as const;
  state.course = startCourse(
    state.course.number + 1,
    anchor,
    ablation,
    state.episode,
    state.protocol,
  );
}

/** Surgery or closure ends surveillance; the first end stands. schedule.md section 5. */
export function replayEnd(state: ReplayState, by: Surgery | Closure): void {
  const open = state.escalations.filter((escalation) => escalation.state === 'open');
  closeAll(open, by);
  if (state.end === null) {
    state.end = { by, closed: open };
    return;
  }
  state.end.closed.push(...open);
  warn(
    state,
    'already-ended',
    by.id,
    `The ${by.type} ${by.id} ends nothing: surveillance had already ended (${state.end.by.id}), and that first end stands.`,
  );
}

/** A reopening ends the end: what it closed is open again. schedule.md section 5. */
export function replayReopening(state: ReplayState, reopening: Reopening): void {
  if (state.end === null) {
    warn(
      state,
      'reopening-without-effect',
      reopening.id,
      `Reopening ${reopening.id} changes nothing: surveillance had not ended.`,
    );
    return;
  }
  for (const escalation of state.end.closed) {
    escalation.state = 'open';
    escalation.answeredBy = null;
    escalation.answeredOn = null;
  }
  if (state.end.by.type === 'closure' && state.end.by.reason === 'death') {
    warn(
      state,
      'reopened-after-death',
      reopening.id,
      `Surveillance had ended with a death (${state.end.by.id}). A death entered by mistake should be taken back by a correction.`,
    );
  }
  state.end = null;
}

export function replaySuspension(state: ReplayState, suspension: Suspension): void {
  const inForce = suspensionInForce(suspension, state.protocol);
  if (inForce.cut) {
    warn(
      state,
      'suspension-cut',
      suspension.id,
      `Suspension ${suspension.id} is cut at ${formatDay(inForce.until)}, ${state.protocol.suspensionMaxDays} days after it began.`,
    );
  }
  const idle = idleSuspension(state, suspension, inForce.until);
  if (idle !== undefined) {
    warn(
      state,
      'suspension-without-effect',
      suspension.id,
      `Suspension ${suspension.id} changes nothing: ${idle}.`,
    );
  }
  state.suspensions.push(inForce);
}

/** Why a suspension changes nothing, in words; undefined where it does. */
function idleSuspension(
  state: ReplayState,
  suspension: Suspension,
  until: Day,
): string | undefined {
  if (until < suspension.date) return `it ends on ${formatDay(until)}, before its own date`;
  if (state.end !== null) return `surveillance had ended (${state.end.by.id})`;
  const longer = state.suspensions.find((other) => other.until >= until);
  return longer === undefined
    ? undefined
    : `${longer.eventId} suspends surveillance until ${formatDay(longer.until)}`;
}

/** A resumption ends all earlier suspensions. schedule.md section 8. */
export function replayResumption(state: ReplayState, resumption: Resumption): void {
  if (!state.suspensions.some(({ until }) => until >= resumption.date)) {
    warn(
      state,
      'resumption-without-effect',
      resumption.id,
      `Resumption ${resumption.id} changes nothing: surveillance was not suspended on that day.`,
    );
  }
  state.suspensions = [];
}
