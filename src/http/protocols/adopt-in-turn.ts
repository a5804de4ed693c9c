import { adoptAsShown, type ShownAdoption } from '../../service/clinic/adopt-as-shown.ts';
import { type AdoptionWork, adoptProtocol } from '../../service/clinic/adopt-protocol.ts';
import type { Adoption } from '../../service/clinic/adoption.ts';
import type { ServiceOutcome } from '../../service/service-outcome.ts';
import type { ClinicCall } from '../call.ts';
import { nextTurn } from '../feed/next-turn.ts';

/** Says what an adoption would do, when it is the turn of this clinic. */
export function tryAdoptionInTurn(
  { context, service, caller }: ClinicCall,
  work: Omit<AdoptionWork, 'dryRun' | 'seen'>,
): Promise<ServiceOutcome<Adoption>> {
  const tried = { ...work, dryRun: true, rest: nextTurn };
  return service.turns.take(caller.name, () => adoptProtocol(context, tried));
}

/** Adopts what was shown in one turn: nobody else's work over the clinic comes between the look and the deed. */
export function adoptInTurn(
  { context, service, caller }: ClinicCall,
  work: ShownAdoption,
): Promise<ServiceOutcome<Adoption>> {
  return service.turns.take(caller.name, () => adoptAsShown(context, { ...work, rest: nextTurn }));
}
