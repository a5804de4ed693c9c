import type { CaseEvent } from '../../domain/event.ts';
import type { Enhancement, Findings, MetabolicActivity, Wall } from '../../domain/finding.ts';
import type { Problem } from '../../domain/problem.ts';

/**
 * Where the findings of an exam or a report contradict each other: what is said to be absent and has
 * a pattern or a size asks for nothing, so a wrong "no" hides it. Paths begin at the event.
 */
export function findingDoubts(event: CaseEvent): Pick<Problem, 'path' | 'message'>[] {
  if (event.type !== 'imaging' && event.type !== 'report') return [];
  const { enhancement, wall, metabolicActivity }: Findings = event.findings ?? {};
  return [
    ...enhancementDoubts(enhancement),
    ...wallDoubts(wall),
    ...activityDoubts(metabolicActivity),
  ];
}

function enhancementDoubts(enhancement: Enhancement | undefined) {
  if (enhancement === undefined || enhancement.present) return [];
  const { pattern, longestMm = 0, change } = enhancement;
  const said = [
    ...(pattern === undefined ? [] : [`its pattern is ${pattern}`]),
    ...(longestMm === 0 ? [] : [`it measures ${longestMm} mm`]),
    ...(change === 'new' || change === 'enlarging' ? [`it is ${change}`] : []),
  ];
  if (said.length === 0) return [];
  const message = `there is no enhancement, it says, but ${said.join(' and ')}`;
  return [{ path: 'findings.enhancement.present', message }];
}

function wallDoubts(wall: Wall | undefined) {
  const { minMm, maxMm } = wall ?? {};
  if (minMm === undefined || maxMm === undefined || minMm <= maxMm) return [];
  const message = `the wall is ${minMm} mm where it is thinnest, but ${maxMm} mm where it is thickest`;
  return [{ path: 'findings.wall.minMm', message }];
}

function activityDoubts(activity: MetabolicActivity | undefined) {
  if (activity === undefined || activity.present) return [];
  const { suvMax = 0, attributableToFatNecrosis = false } = activity;
  const said = [
    ...(suvMax === 0 ? [] : [`its SUVmax is ${suvMax}`]),
    ...(attributableToFatNecrosis ? ['fat necrosis explains it'] : []),
  ];
  if (said.length === 0) return [];
  const message = `there is no metabolic activity, it says, but ${said.join(' and ')}`;
  return [{ path: 'findings.metabolicActivity.present', message }];
}
