import { failure, type Outcome, showFound, success } from '../domain/problem.ts';
import { problemsOf } from '../domain/schema.ts';
import { checkProtocol } from './protocol-checks.ts';
import { PROTOCOL_SCHEMA_VERSION, type Protocol, protocolSchema } from './protocol-schema.ts';

/**
 * Checks a protocol document, form first and then sense, and returns it, or every fault with its
 * path. A file of a newer format is refused in one sentence.
 */
export function loadProtocol(document: unknown): Outcome<Protocol> {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return failure({
      path: '',
      message: 'this is not a protocol file',
      found: showFound(document),
      allowed: 'an object with "schemaVersion", "id" and the rules',
    });
  }
  const { schemaVersion } = document as { schemaVersion?: unknown };
  if (typeof schemaVersion === 'number' && schemaVersion > PROTOCOL_SCHEMA_VERSION) {
    return failure({
      path: 'schemaVersion',
      message: 'the protocol file has a newer format than this release reads',
      found: String(schemaVersion),
      allowed: String(PROTOCOL_SCHEMA_VERSION),
      mend: 'install a newer cryowatch',
    });
  }
  const parsed = protocolSchema.safeParse(document);
  if (!parsed.success) return failure(...problemsOf(parsed.error, document));
  const problems = checkProtocol(parsed.data);
  return problems.length === 0 ? success(parsed.data) : failure(...problems);
}
