import type { CaseFile } from '../domain/case-file.ts';
import type { Day } from '../domain/civil-date.ts';
import type { CaseEvent, Constraint, Imaging, Report } from '../domain/event.ts';
import type { CaseHistory, Exam, LeftOut, ReplayEvent } from './case-history.ts';
import { correctedEvents } from './corrections.ts';
import { compareEvents } from './event-order.ts';

/**
 * What was known on `asOf`: later events are set aside, corrections applied, reports merged into
 * their exams, and the rest ordered. The order of `caseFile.events` never matters.
 * schedule.md, "Input".
 */
export function buildHistory(caseFile: CaseFile, asOf: Day): CaseHistory {
  const leftOut: LeftOut[] = [];
  const dated = caseFile.events.filter((event) => event.date <= asOf);
  const removed = correctedEvents(dated);
  const known = dated.filter((event) => !removed.has(event.id)).sort(compareEvents);

  if (dated.length < caseFile.events.length || removed.size > 0) {
    for (const event of [...caseFile.events].sort(compareEvents)) {
      const correction = removed.get(event.id);
      if (event.date > asOf) leftOut.push({ event, why: 'after-as-of' });
      else if (correction !== undefined) leftOut.push({ event, why: 'corrected', by: correction });
    }
  }

  const reports = latestReports(known, leftOut);
  const events: ReplayEvent[] = [];
  const constraints: Constraint[] = [];
  for (const event of known) {
    switch (event.type) {
      case 'imaging':
        events.push(withReport(event, reports.get(event.id)));
        break;
      case 'constraint':
        constraints.push(event);
        break;
      case 'report':
      case 'correction':
        break;
      default:
        events.push(event);
    }
  }
  return { asOf, episode: caseFile.episode, events, constraints, known, leftOut };
}

/** The latest known report of each known exam; the others are noted as left out. */
function latestReports(known: readonly CaseEvent[], leftOut: LeftOut[]): Map<string, Report> {
  const latest = new Map<string, Report>();
  for (const event of known) {
    if (event.type !== 'report') continue;
    const earlier = latest.get(event.of);
    if (earlier !== undefined) leftOut.push({ event: earlier, why: 'superseded', by: event });
    latest.set(event.of, event);
  }
  if (latest.size === 0) return latest;
  const exams = new Set(known.flatMap((event) => (event.type === 'imaging' ? [event.id] : [])));
  for (const [exam, report] of latest) {
    if (!exams.has(exam)) leftOut.push({ event: report, why: 'exam-unknown' });
  }
  return latest;
}

function withReport(imaging: Imaging, report: Report | undefined): Exam {
  if (report === undefined) return imaging;
  return {
    ...imaging,
    biRads: report.biRads,
    findings: report.findings ?? imaging.findings,
    reportedBy: report.id,
  };
}
