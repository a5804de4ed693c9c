import { compareTexts } from '../../domain/compare-texts.ts';
import type { Role } from '../../domain/role.ts';
import type { Account, AccountKind } from '../../store/account.ts';
import type { Clinic } from '../../store/clinic.ts';

/** An account as it is shown: nothing by which someone could sign in. */
export interface AccountRow {
  readonly id: number;
  readonly name: string;
  readonly displayName: string;
  readonly kind: AccountKind;
  /** In the order of the clinic's code and the role. */
  readonly roles: readonly { readonly clinic: string; readonly role: Role }[];
  readonly hasPassword: boolean;
  readonly disabled: boolean;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly createdAt: number;
  readonly createdBy: string;
}

/** Only roles of these clinics are shown, each by the code of its clinic. */
export function accountRow(account: Account, clinics: readonly Clinic[]): AccountRow {
  const { id, name, displayName, kind, createdAt, createdBy } = account;
  const codes = new Map(clinics.map((clinic) => [clinic.id, clinic.code]));
  return {
    id,
    name,
    displayName: displayName ?? name,
    kind,
    roles: account.roles
      .flatMap(({ clinic, role }) => {
        const code = codes.get(clinic);
        return code === undefined ? [] : [{ clinic: code, role }];
      })
      .sort((a, b) => compareTexts(a.clinic, b.clinic) || compareTexts(a.role, b.role)),
    hasPassword: account.password !== null,
    disabled: account.disabledAt !== null,
    createdAt,
    createdBy,
  };
}
