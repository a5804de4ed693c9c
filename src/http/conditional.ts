/** A strong ETag from a digest of the content. RFC 9110, 8.8.3. */
export function strongTag(digest: string): string {
  return `"${digest}"`;
}

/** Whether the client has the content already: one of If-None-Match fits; null: it sent none. RFC 9110, 13.1.2. */
export function hasAlready(header: string | null, tag: string): boolean {
  if (header === null) return false;
  if (header.trim() === '*') return true;
  return header.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}
