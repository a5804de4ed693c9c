import type { CaseHistory, ReplayEvent } from '../history/case-history.ts';
import type { Protocol } from '../protocol/protocol-schema.ts';
import {
  replayAblation,
  replayEnd,
  replayReopening,
  replayResumption,
  replaySuspension,
} from './replay-course.ts';
import { replayImaging } from './replay-imaging.ts';
import { replayDecision, replayPathology } from './replay-pathology.ts';
import { initialState, type ReplayState } from './replay-state.ts';
import { replayBooking, replayDecline, replayDeferral } from './replay-visits.ts';

/** Replays the known events in order. What it leaves behind does not depend on the as-of date. */
export function replay(history: CaseHistory, protocol: Protocol): ReplayState {
  const state = initialState(history, protocol);
  for (const event of history.events) apply(state, event);
  return state;
}

function apply(state: ReplayState, event: ReplayEvent): void {
  switch (event.type) {
    case 'imaging':
      return replayImaging(state, event);
    case 'pathology':
      return replayPathology(state, event);
    case 'ablation':
      return replayAblation(state, event);
    case 'deferral':
      return replayDeferral(state, event);
    case 'decline':
      return replayDecline(state, event);
    case 'booking':
      return replayBooking(state, event);
    case 'decision':
      return replayDecision(state, event);
    case 'suspension':
      return replaySuspension(state, event);
    case 'resumption':
      return replayResumption(state, event);
    case 'surgery':
    case 'closure':
      return replayEnd(state, event);
    case 'reopening':
      return replayReopening(state, event);
  }
}
