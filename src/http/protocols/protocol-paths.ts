import type { Clinic } from '../../service/store-access.ts';
import { Fields } from '../fields.ts';
import { clinicPath, withQuery } from '../paths.ts';

/** Names one version of a protocol. */
export interface Version {
  readonly id: string;
  readonly version: string;
}

/** The page of a protocol version, and those below it. */
export function protocolPath(
  clinic: Pick<Clinic, 'code'>,
  { id, version }: Version,
  ...parts: readonly string[]
): string {
  return clinicPath(clinic, 'protocols', id, version, ...parts);
}

/** The page that compares two versions, for one patient or for the cohort. */
export function comparePath(
  clinic: Pick<Clinic, 'code'>,
  query: { readonly from?: Version | undefined; readonly to: Version },
): string {
  const { from, to } = query;
  const fields = new Fields().with({
    ...(from === undefined ? {} : { from: versionText(from) }),
    to: versionText(to),
  });
  return withQuery(clinicPath(clinic, 'protocols', 'compare'), fields);
}

/** `staged-risk-adapted 1.0.0`, as forms and addresses name a version. */
export function versionText({ id, version }: Version): string {
  return `${id} ${version}`;
}

/** Reads such a text; undefined: it names none. */
export function versionOfText(text: string): Version | undefined {
  const [id = '', version = '', ...more] = text.split(' ');
  return id === '' || version === '' || more.length > 0 ? undefined : { id, version };
}
