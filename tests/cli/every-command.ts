import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program.ts';
import { findClinic } from '../../src/service/clinic/find-clinic.ts';
import { registerEpisode } from '../../src/service/episode/register-episode.ts';
import { type ClinicStore, clinicStore, ok } from './clinic-store.ts';

/** A name that a clinic typed where no name belongs. */
export const CANARY = 'Wilhelmine Zaunkoenig';

/** Every command that does something, by its words: `episode add`. */
export async function everyCommand(): Promise<readonly { name: string; command: Command }[]> {
  const sink = { isTerminal: false, columns: 80, write: async () => undefined };
  // Only what is read while commands are declared.
  const surroundings = { stdout: sink, stderr: sink, version: '0' };
  const program = await createProgram(surroundings as never, () => undefined);
  return leavesOf(program, []);
}

function leavesOf(parent: Command, words: readonly string[]): { name: string; command: Command }[] {
  return parent.commands.flatMap((command) => {
    const name = [...words, command.name()];
    // A group that has options of its own does something too.
    const does = command.commands.length === 0 || command.options.length > 0;
    return [...(does ? [{ name: name.join(' '), command }] : []), ...leavesOf(command, name)];
  });
}

const ABLATION = {
  date: '2026-01-15',
  technique: `percutaneous, ${CANARY}`,
  device: CANARY,
  probeConfiguration: CANARY,
  skinProtection: CANARY,
  monitoringModality: CANARY,
};

/** Two episodes of one patient; every field that takes words holds her name. */
export const CANARY_CASES = [
  {
    episode: { id: 'EP-1', patientRef: CANARY, laterality: 'left', ablation: ABLATION },
    events: [
      { id: 'x1', type: 'imaging', date: '2026-04-20', modality: 'MRI', biRads: '2' },
      {
        id: 'c1',
        type: 'contact',
        date: '2026-04-22',
        method: 'call',
        outcome: 'left-message',
        item: 'a1.interval-1',
        note: CANARY,
      },
      {
        id: 'b1',
        type: 'booking',
        date: '2026-04-22',
        visit: 'a1.interval-1',
        appointment: '2026-07-20T09:30[Europe/Berlin]',
        location: `Room 4, ${CANARY}`,
      },
      {
        id: 'd1',
        type: 'deferral',
        date: '2026-04-23',
        visit: 'a1.interval-1',
        until: '2026-11-30',
        reason: CANARY,
      },
      { id: 'd2', type: 'decline', date: '2026-04-23', visit: 'a1.routine-12', reason: CANARY },
      { id: 's1', type: 'suspension', date: '2026-04-24', until: '2026-05-01', reason: CANARY },
      { id: 'r1', type: 'resumption', date: '2026-04-28', reason: CANARY },
      { id: 'x2', type: 'imaging', date: '2026-06-01', modality: 'US', biRads: '4B' },
    ],
  },
  {
    episode: {
      id: 'EP-2',
      patientRef: CANARY,
      laterality: 'right',
      ablation: { ...ABLATION, date: '2025-03-10' },
    },
    events: [
      { id: 'x1', type: 'imaging', date: '2025-06-10', modality: 'MRI', biRads: '4' },
      { id: 'e1', type: 'decision', date: '2025-06-20', escalation: 'esc.x1', reason: CANARY },
      { id: 'x2', type: 'imaging', date: '2025-06-30', modality: 'US', biRads: '2' },
      { id: 'k1', type: 'correction', date: '2025-07-01', of: 'x2', reason: CANARY },
      { id: 'o1', type: 'surgery', date: '2025-08-01', reason: CANARY },
      { id: 'z1', type: 'closure', date: '2025-09-01', reason: 'withdrew', note: CANARY },
      { id: 'n1', type: 'reopening', date: '2025-10-01', reason: CANARY },
    ],
  },
] as const;

/** A store with the patient's episodes, on 15 June 2026, and a folder for backups beside it. */
export async function canaryStore(): Promise<ClinicStore> {
  const store = await clinicStore();
  mkdirSync(join(store.folder, 'backups'));
  await store.use(async (context) => {
    const clinic = ok(await findClinic(context));
    for (const document of CANARY_CASES) ok(await registerEpisode(context, { clinic, document }));
  });
  return store;
}
