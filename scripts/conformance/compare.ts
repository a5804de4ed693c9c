/** One place where a plan is not what the case expects. */
export interface Difference {
  /** Path inside the plan, `visits[1].target`. */
  readonly path: string;
  readonly expected: unknown;
  readonly got: unknown;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Compares exactly the fields that `expected` has: a plan may carry more fields, at every depth,
 * but no list may be longer or shorter than expected.
 */
export function differences(expected: unknown, got: unknown, path = ''): Difference[] {
  if (Array.isArray(expected) && Array.isArray(got)) {
    const length = Math.max(expected.length, got.length);
    return Array.from({ length }, (_, index) =>
      index < expected.length && index < got.length
        ? differences(expected[index], got[index], `${path}[${index}]`)
        : [{ path: `${path}[${index}]`, expected: expected[index], got: got[index] }],
    ).flat();
  }
  if (isRecord(expected) && isRecord(got)) {
    return Object.keys(expected).flatMap((key) =>
      differences(expected[key], got[key], path === '' ? key : `${path}.${key}`),
    );
  }
  return Object.is(expected, got) ? [] : [{ path, expected, got }];
}
