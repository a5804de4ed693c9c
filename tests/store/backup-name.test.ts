import { expect, test } from 'vitest';
import { backupName, isBackupName } from '../../src/store/backup-name.ts';

test('the name of a backup tells its second in UTC and its schema, and sorts by time', () => {
  const at = Date.UTC(2026, 5, 15, 12, 0, 59, 999);
  expect(backupName(at, 2)).toBe('cryowatch-20260615T120059Z-schema-2.backup');
  const names = [0, 1000, 86_400_000, 31_536_000_000].map((later) => backupName(at + later, 2));
  expect(names.toSorted()).toEqual(names);
  expect(names.every(isBackupName)).toBe(true);
});

test.each([
  'cryowatch-20260615T120059Z-schema-2.backup.json',
  'cryowatch-20260615T120059Z.backup',
  '.cryowatch-20260615T120059Z-schema-2.backup',
  'clinic.db.schema-1-1781524800000.backup',
])('%s is not the name of a backup', (name) => {
  expect(isBackupName(name)).toBe(false);
});
