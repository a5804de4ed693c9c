import { approveProtocol } from '../../src/service/clinic/approve-protocol.ts';
import { findClinic } from '../../src/service/clinic/find-clinic.ts';
import { registerEpisode } from '../../src/service/episode/register-episode.ts';
import { type ClinicStore, clinicStore, ok } from './clinic-store.ts';
import { shippedProtocol } from './memory-surroundings.ts';

type Json = Readonly<Record<string, unknown>>;

/** An episode by the day of its ablation, with what happened since. */
export interface Registered {
  readonly id: string;
  readonly ablatedOn: string;
  readonly patientRef?: string;
  readonly events?: readonly Json[];
}

/** Registers episodes under the clinic's approved protocol. */
export async function register(store: ClinicStore, ...episodes: readonly Registered[]) {
  await store.use(async (context) => {
    const clinic = ok(await findClinic(context));
    for (const { id, ablatedOn, patientRef, events = [] } of episodes) {
      const ablation = { date: ablatedOn };
      const episode = { id, laterality: 'left', ablation, ...(patientRef ? { patientRef } : {}) };
      ok(await registerEpisode(context, { clinic, document: { episode, events } }));
    }
  });
}

/** The default protocol with another version, and its first imaging a month later or as it was. */
export function laterProtocol(version: string, laterMonths = 1): Json {
  const protocol = shippedProtocol('staged-risk-adapted');
  const baseline = protocol.baseline as Record<string, number>;
  const move = (months: number | undefined) => (months ?? 0) + laterMonths;
  return {
    ...protocol,
    version,
    baseline: {
      ...baseline,
      earliestMonths: move(baseline.earliestMonths),
      targetMonths: move(baseline.targetMonths),
      latestMonths: move(baseline.latestMonths),
    },
  };
}

/** A clinic with EP-1, EP-2 and EP-3 on the default protocol, and version 9.0.0 of it approved. */
export async function cohortToMove() {
  const clinics = await clinicStore();
  const ids = ['EP-1', 'EP-2', 'EP-3'];
  await register(clinics, ...ids.map((id) => ({ id, ablatedOn: '2026-05-01' })));
  await clinics.use(async (context) => {
    const clinic = ok(await findClinic(context));
    const document = laterProtocol('9.0.0');
    ok(await approveProtocol(context, { clinic, protocol: document, clinician: 'Dr. Ito' }));
  });
  return clinics;
}
