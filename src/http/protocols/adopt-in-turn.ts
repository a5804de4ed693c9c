import { type AdoptionWork, adoptProtocol } from '../../service/clinic/adopt-protocol.ts';
import type { Adoption } from '../../service/clinic/adoption.ts';
import type { ServiceOutcome } from '../../service/service-outcome.ts';
import type { ClinicCall } from '../call.ts';
import { nextTurn } from '../feed/next-turn.ts';

/** Adopts a protocol, or tries to, when it is the turn of this clinic; others have theirs in between. */
export function adoptInTurn(
  { context, service, caller }: ClinicCall,
  work: AdoptionWork,
): Promise<ServiceOutcome<Adoption>> {
  return service.turns.take(caller.name, () => adoptProtocol(context, { ...work, rest: nextTurn }));
}
