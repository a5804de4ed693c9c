import { counted } from '../../domain/counted.ts';
import type {
  Adoption,
  DaysMoved,
  EpisodeAdoption,
  ExamRead,
  VisitMove,
} from '../../service/clinic/adoption.ts';
import { byUrgency } from '../../service/clinic/adoption-urgency.ts';
import { columnsText } from './columns.ts';

/** An adoption for people: the totals, then a line for each episode that does not stay as it is, the urgent first. */
export function adoptionText(adoption: Adoption): string {
  const { clinic, protocol, asOf, dryRun, already, others, totals } = adoption;
  const { adopted, conflict, ended, erased } = totals.episodes;
  const lines: [string, string][] = [
    ['protocol', `${protocol.id} ${protocol.version}, clinic ${clinic}, plans as of ${asOf}`],
    [
      dryRun ? 'would adopt' : 'adopted',
      `${counted(adopted, 'episode')}, ${totals.samePlan} with the same plan`,
    ],
    ['already', `${counted(already, 'episode')} on this version`],
  ];
  if (others > 0)
    lines.push(['other', `${counted(others, 'episode')} of another protocol: see --from`]);
  if (ended > 0) lines.push(['ended', `${counted(ended, 'episode')}, left alone: see --ended`]);
  if (erased > 0) lines.push(['erased', `${counted(erased, 'episode')} meanwhile`]);
  if (conflict > 0)
    lines.push(['CONFLICT', `${counted(conflict, 'episode')} changed meanwhile: adopt again`]);
  lines.push(
    ['exams', `no longer count: ${totals.examsNoLongerCount}, count now: ${totals.examsCountNow}`],
    ['moved', `${counted(totals.visitsMoved, 'visit')}${daysText(totals.daysMoved)}`],
    [
      'visits',
      `${totals.visitsReopened} open again, ${totals.visitsSettled} no longer open, ${totals.visitsAdded} added, ${totals.visitsCancelled} cancelled`,
    ],
    ['escalations', `${totals.escalationsRaised} raised, ${totals.escalationsDropped} dropped`],
    ['changed', `tier of ${totals.tierChanges}, category of ${totals.categoryChanges}`],
    ['overdue', `${counted(totals.overdueEpisodes, 'episode')} at once`],
  );
  if (dryRun && adopted > 0) lines.push(['to confirm', `--seen ${adoption.digest}`]);
  const told = adoption.episodes.filter(isWorthALine).sort(byUrgency);
  const head = lines.map(([name, says]) => `${name.padEnd(12)} ${says}\n`).join('');
  return told.length === 0 ? head : `${head}\n${episodesText(told)}`;
}

function isWorthALine({ outcome, difference }: EpisodeAdoption): boolean {
  if (outcome !== 'adopted') return outcome !== 'ended';
  return difference === null || wordsOf({ outcome, difference }) !== SAME;
}

const SAME = 'the same plan';

function episodesText(episodes: readonly EpisodeAdoption[]): string {
  return columnsText(episodes, {
    EPISODE: ({ episode }) => episode,
    FROM: ({ from }) => `${from.id} ${from.version}`,
    CHANGES: wordsOf,
  });
}

function wordsOf({ outcome, difference }: Pick<EpisodeAdoption, 'outcome' | 'difference'>): string {
  if (outcome !== 'adopted') return outcome;
  if (difference === null) return 'its earlier plan cannot be read by this release';
  const { noLongerCount, countNow, reopened, settled, moved, added, cancelled } = difference;
  const { raised, dropped, tier, category, overdue } = difference;
  const parts = [
    keys('OVERDUE at once', overdue),
    exams('no longer counts', noLongerCount),
    exams('counts now', countNow),
    ...[...reopened, ...settled].map(({ key, from, to }) => `${key} ${from} → ${to}`),
    moved.length === 0 ? '' : movedText(moved),
    keys('added', added),
    keys('cancelled', cancelled),
    keys('raised', raised),
    keys('dropped', dropped),
    tier === null ? '' : `tier ${tier.from} → ${tier.to}`,
    category === null ? '' : `category ${category.from} → ${category.to}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? SAME : parts.join('; ');
}

/** Of several visits the first is the one to act on. */
function movedText(moved: readonly VisitMove[]): string {
  const [first] = moved;
  const days = moved.map((move) => signed(move.days)).join(', ');
  return `${first?.key} ${first?.from} → ${first?.to}, ${moved.length} moved (${days} days)`;
}

function keys(what: string, list: readonly string[]): string {
  return list.length === 0 ? '' : `${what} ${list.join(' ')}`;
}

function exams(what: string, list: readonly ExamRead[]): string {
  return list.map(({ exam, date }) => `${exam} of ${date} ${what}`).join('; ');
}

function signed(days: number): string {
  return days > 0 ? `+${days}` : String(days);
}

function daysText(days: DaysMoved | null): string {
  if (days === null) return '';
  const { min, median, max } = days;
  return `, by ${signed(min)} to ${signed(max)} days (median ${signed(median)})`;
}
