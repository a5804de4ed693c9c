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
      replayImaging(state, event);
      break;
    case 'pathology':
      replayPathology(state, event);
      break;
    case 'ablation':
      replayAblation(state, event);
      break;
    case 'deferral':
      replayDeferral(state, event);
      break;
    case 'decline':
      replayDecline(state, event);
      break;
    case 'booking':
      replayBooking(state, event);
      break;
    case 'decision':
      replayDecision(state, event);
      break;
    case 'suspension':
      replaySuspension(state, event);
      break;
    case 'resumption':
      replayResumption(state, event);
      break;
    case 'surgery':
    case 'closure':
      replayEnd(state, event);
      break;
    case 'reopening':
      replayReopening(state, event);
      break;
  }
}
