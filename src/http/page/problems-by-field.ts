import type { Problem } from '../../domain/problem.ts';

/** Problems by the name of the field at which they are told: their `path`. */
export function problemsByField(
  problems: readonly Problem[],
): ReadonlyMap<string, readonly Problem[]> {
  return Map.groupBy(problems, ({ path }) => path);
}
