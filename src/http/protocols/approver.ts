import type { Caller } from '../../service/access/permission.ts';

/** Who approves, as an approval keeps it: the name that is shown and the account, which alone is one person's. */
export function approverOf({ name, displayName }: Caller): string {
  return displayName === name ? name : `${displayName} (${name})`;
}
