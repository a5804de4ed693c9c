import type { AuditRow } from '../../store/audit.ts';
import type { Clinic } from '../../store/clinic.ts';
import { parseJson } from '../case/parse-json.ts';
import type { SchedulerContext } from '../scheduler-context.ts';

/** Asks for rows of the audit log. */
export interface AuditRequest {
  /** Rows behind this one, the first ones; absent: the newest ones. */
  readonly after?: number | undefined;
  /** At most so many. */
  readonly limit: number;
  /** Only rows of this clinic. */
  readonly clinic?: Clinic | undefined;
  /** Only rows about this episode, by the store's number of it. */
  readonly episode?: number | undefined;
}

/** A row of the audit log for people. */
export interface AuditLine {
  readonly seq: number;
  /** In UTC, ISO 8601. */
  readonly at: string;
  readonly actor: string;
  /** Code of the clinic. */
  readonly clinic: string | null;
  readonly action: string;
  /** The clinic's id of the episode; of one that was erased the store's number of it: `#17`. */
  readonly episode: string | null;
  /** The version of the episode after the change. */
  readonly version: number | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly seal: string;
}

const PAGE = 1000;

/** Rows of the audit log in their order. */
export async function listAudit(
  context: Pick<SchedulerContext, 'store'>,
  request: AuditRequest,
): Promise<readonly AuditLine[]> {
  const { after, limit } = request;
  const rows: AuditRow[] = [];
  const { seq: last } = await context.store.auditHead();
  const filtered = request.clinic !== undefined || request.episode !== undefined;
  let from = after ?? (filtered ? 0 : Math.max(0, last - limit));
  while (after === undefined || rows.length < limit) {
    const page = await context.store.pageAudit({ after: from, limit: PAGE });
    rows.push(...page.filter((row) => isAsked(row, request)));
    if (after === undefined && rows.length > limit) rows.splice(0, rows.length - limit);
    from = page.at(-1)?.seq ?? from;
    if (page.length < PAGE) break;
  }
  const names = new Names(context);
  const lines: AuditLine[] = [];
  for (const row of rows.slice(0, limit)) lines.push(await names.lineOf(row));
  return lines;
}

function isAsked(row: AuditRow, { clinic, episode }: AuditRequest): boolean {
  if (clinic !== undefined && row.clinic !== clinic.id) return false;
  if (episode === undefined || row.episode === episode) return true;
  const { episodes } = detailOf(row);
  return Array.isArray(episodes) && episodes.includes(episode);
}

/** A row that was tampered with may hold any text; `audit verify` tells of it. */
function detailOf({ detail }: AuditRow): Readonly<Record<string, unknown>> {
  const parsed = parseJson(detail);
  return parsed.ok ? { ...(parsed.value as object) } : { unreadable: true };
}

/** Tells clinics and episodes by the names that people know, each looked up once. */
class Names {
  readonly #store: SchedulerContext['store'];
  readonly #episodes = new Map<number, string>();
  #clinics: ReadonlyMap<number, string> | undefined;

  constructor({ store }: Pick<SchedulerContext, 'store'>) {
    this.#store = store;
  }

  async lineOf(row: AuditRow): Promise<AuditLine> {
    const { seq, at, actor, clinic, action, episode, version, seal } = row;
    this.#clinics ??= new Map((await this.#store.listClinics()).map(({ id, code }) => [id, code]));
    return {
      seq,
      at: new Date(at).toISOString(),
      actor,
      clinic: clinic === null ? null : (this.#clinics.get(clinic) ?? `#${clinic}`),
      action,
      episode: clinic === null || episode === null ? null : await this.#episode(clinic, episode),
      version,
      detail: detailOf(row),
      seal,
    };
  }

  async #episode(clinic: number, episode: number): Promise<string> {
    const known = this.#episodes.get(episode);
    if (known !== undefined) return known;
    const loaded = await this.#store.loadCase({ clinic, episode });
    const name = loaded.outcome === 'ok' ? loaded.value.caseFile.episode.id : `#${episode}`;
    this.#episodes.set(episode, name);
    return name;
  }
}
