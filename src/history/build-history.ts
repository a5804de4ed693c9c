import type { CaseFile } from '../domain/case-file.ts';
import type { Day } from '../domain/civil-date.ts';
import type { CaseEvent, Constraint, Imaging, Report } from '../domain/event.ts';
import type { Findings } from '../domain/finding.ts';
import type { CaseHistory, Exam, LeftOut, ReplayEvent } from './case-history.ts';
import { correctedEvents } from './corrections.ts';
import { inOrder } from './event-order.ts';

/**
 * What was known on `asOf`: later events are set aside, corrections applied, reports merged into
 * their exams, and the rest ordered. The order of `caseFile.events` never matters.
 * schedule.md, "Input".
 */
export function buildHistory(caseFile: CaseFile, asOf: Day): CaseHistory {
  const leftOut: LeftOut[] = [];
  const { episode } = caseFile;
  const dated = caseFile.events.filter((event) => event.date <= asOf);
  const removed = correctedEvents(dated);
  const standing = removed.size === 0 ? dated : dated.filter(({ id }) => !removed.has(id));
  const known = inOrder(standing);

  if (dated.length < caseFile.events.length || removed.size > 0) {
    for (const event of inOrder(caseFile.events)) {
      const correction = removed.get(event.id);
      if (event.date > asOf) leftOut.push({ event, why: 'after-as-of' });
      else if (correction !== undefined) leftOut.push({ event, why: 'corrected', by: correction });
    }
  }

  const reports = reportsByExam(known, leftOut);
  const events: ReplayEvent[] = [];
  const constraints: Constraint[] = [];
  for (const event of known) {
    switch (event.type) {
      case 'imaging':
        events.push(examOf(event, reports?.get(event.id)));
        break;
      case 'constraint':
        constraints.push(event);
        break;
      case 'report':
      case 'contact':
      case 'correction':
        break;
      default:
        events.push(event);
    }
  }
  return { asOf, episode, events, constraints, known, leftOut };
}

/**
 * The known reports of each known exam, in order; those that change nothing are noted as left out.
 * Undefined: there is no report.
 */
function reportsByExam(
  known: readonly CaseEvent[],
  leftOut: LeftOut[],
): ReadonlyMap<string, readonly Report[]> | undefined {
  let byExam: Map<string, Report[]> | undefined;
  for (const event of known) {
    if (event.type !== 'report') continue;
    byExam ??= new Map();
    const reports = byExam.get(event.of);
    if (reports === undefined) byExam.set(event.of, [event]);
    else {
      const superseded = reports.at(-1);
      if (superseded !== undefined)
        leftOut.push({ event: superseded, why: 'superseded', by: event });
      reports.push(event);
    }
  }
  if (byExam === undefined) return byExam;
  const exams = new Set(known.flatMap((event) => (event.type === 'imaging' ? [event.id] : [])));
  for (const [exam, reports] of byExam) {
    if (exams.has(exam)) continue;
    for (const event of reports) leftOut.push({ event, why: 'exam-unknown' });
  }
  return byExam;
}

const FINDING_KINDS = ['enhancement', 'wall', 'zone', 'metabolicActivity'] as const;

function kindsIn(findings: Findings | undefined): readonly (keyof Findings)[] {
  return FINDING_KINDS.filter((kind) => findings?.[kind] !== undefined);
}

/** An exam in one form, whichever of its fields are recorded: it is read many times. */
function examOf(imaging: Imaging, reports: readonly Report[] | undefined): Exam {
  const { type, id, date, modality, laterality, quality, biRads, findings } = imaging;
  const exam: Exam = {
    type,
    id,
    date,
    modality,
    laterality,
    quality,
    biRads,
    findings,
    reportedBy: undefined,
    unmentionedFindings: undefined,
  };
  return reports === undefined ? exam : reports.reduce(withReport, exam);
}

/** An addendum without findings takes back none of those that were reported before it. */
function withReport(exam: Exam, report: Report): Exam {
  const reported = { ...exam, biRads: report.biRads, reportedBy: report.id };
  const kinds = kindsIn(report.findings);
  if (kinds.length === 0) return reported;
  const unmentioned = kindsIn(exam.findings).filter((kind) => !kinds.includes(kind));
  return { ...reported, findings: report.findings, unmentionedFindings: unmentioned };
}
