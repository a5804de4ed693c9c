import { type DateText, formatDay } from '../../domain/civil-date.ts';
import type { Clinic } from '../../store/clinic.ts';
import { pinnedProtocol } from '../episode/pinned-protocol.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

/** A protocol version that a clinic keeps. */
export interface ClinicProtocol {
  readonly id: string;
  readonly version: string;
  /** The title that its file has; its id where it has none, or where this release cannot read it. */
  readonly title: string;
  /** SHA-256 of the kept document, in lower-case hex. */
  readonly hash: string;
  /** False: this release cannot read it; its episodes cannot be planned. */
  readonly readable: boolean;
  /** Empty: no episode may follow it. */
  readonly approvals: readonly {
    readonly clinician: string;
    readonly date: DateText;
    readonly note?: string | undefined;
  }[];
  /** How many episodes follow it, those whose surveillance has ended too. */
  readonly episodes: number;
}

/** Every protocol version that a clinic keeps, with its approvals and how many episodes follow it. */
export async function clinicProtocols(
  context: Pick<SchedulerContext, 'store' | 'protocols' | 'sha256'>,
  clinic: Clinic,
): Promise<readonly ClinicProtocol[]> {
  const followers = await context.store.countFollowers(clinic.id);
  const listed: ClinicProtocol[] = [];
  for (const kept of await context.store.listProtocols(clinic.id)) {
    const { id, version, hash, approvals } = kept;
    const read = await pinnedProtocol(context, clinic.id, kept);
    listed.push({
      id,
      version,
      title: (read.ok ? read.value.title : undefined) ?? id,
      hash,
      readable: read.ok,
      approvals: approvals.map(({ clinician, date, note }) => ({
        clinician,
        date: formatDay(date),
        ...(note === undefined ? {} : { note }),
      })),
      episodes: followers.find((each) => each.id === id && each.version === version)?.episodes ?? 0,
    });
  }
  return listed;
}
