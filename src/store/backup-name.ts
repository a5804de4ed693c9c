const NAME = /^cryowatch-\d{8}T\d{6}Z-schema-\d+\.backup$/;

/** The name of a backup: the second in which it was made, in UTC, and its schema. Names sort by time. */
export function backupName(at: number, schema: number): string {
  const [second = ''] = new Date(at).toISOString().split('.');
  return `cryowatch-${second.replaceAll(/[-:]/g, '')}Z-schema-${schema}.backup`;
}

/** Whether a file has a name that `backupName` makes. */
export function isBackupName(name: string): boolean {
  return NAME.test(name);
}
