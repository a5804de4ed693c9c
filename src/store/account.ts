import type { Role } from '../domain/role.ts';

export const ACCOUNT_KINDS = ['person', 'service'] as const;
/** A member of staff, who signs in with a password, or a machine, which has API keys. */
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** The form of a sign-in name; any other is refused: `name-malformed`. */
export const ACCOUNT_NAME = /^[a-z0-9][a-z0-9._-]{1,39}$/;

/** A role in one clinic. An account without a role in a clinic may do nothing there. */
export interface ClinicRole {
  readonly clinic: number;
  readonly role: Role;
}

/** An account in one clinic. */
export interface AccountScope {
  readonly clinic: number;
  readonly account: number;
}

/** An account to create. */
export interface NewAccount {
  /** A number that the application makes; unique in the store. */
  readonly id: number;
  /** The sign-in name; unique in the store, and never changed. */
  readonly name: string;
  readonly kind: AccountKind;
  /** A member of staff as others read it, `Dr. A. Meyer`; null: the sign-in name stands for it. */
  readonly displayName: string | null;
  /** The password as the service encoded it, with its salt; null: no one can sign in with one. Never logged. */
  readonly password: string | null;
  /** In any order; what stands twice counts once. */
  readonly roles: readonly ClinicRole[];
}

/** An account as it stands, its roles in the order of clinic and role. */
export interface Account extends NewAccount {
  /** From 1; higher after each change of password, roles or being disabled: earlier sessions end. */
  readonly credentialsVersion: number;
  /** Milliseconds since 1970-01-01T00:00Z; null: it may be used. */
  readonly disabledAt: number | null;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly createdAt: number;
  readonly createdBy: string;
}

/** What is to be changed of an account; what is absent stays. */
export interface AccountChanges {
  readonly displayName?: string | null | undefined;
  readonly password?: string | null | undefined;
  /** The same password, encoded in another way: the version of the credentials stays, and sessions with it. */
  readonly rehashed?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** All roles that it has from now on. */
  readonly roles?: readonly ClinicRole[] | undefined;
}

/** A change of one account. */
export interface AccountChange {
  readonly id: number;
  /** The `credentialsVersion` that its author saw; `conflict` at another one. Absent: whichever it is at. */
  readonly expected?: number | undefined;
  readonly changes: AccountChanges;
}
