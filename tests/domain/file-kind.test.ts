import { describe, expect, it } from 'vitest';
import { fileKindProblem } from '../../src/domain/file-kind.ts';

describe('the beginning of a file', () => {
  it.each([
    ['PK\u0003\u0004\u0014', '.xlsx'],
    ['\u00D0\u00CF\u0011\u00E0\u00A1', '.xls'],
    ['\u00FF\u00FEi\u0000', 'UTF-16'],
    ['\u00FE\u00FF\u0000i', 'UTF-16'],
    ['%PDF-1.7', 'PDF'],
  ])('%j tells the kind', (beginning, kind) => {
    expect(fileKindProblem(beginning)?.message).toContain(kind);
    expect(fileKindProblem(beginning)?.mend).toContain('CSV UTF-8');
  });

  it.each(['id,ablatedOn', '{"episode":', 'PK,', '', 'café'])('%j is text', (beginning) => {
    expect(fileKindProblem(beginning)).toBeUndefined();
  });
});
