import { z } from 'zod';
import { API_ROUTES } from '../../../src/http/api/api-routes.ts';
import { openApiDocument } from '../../../src/http/api/openapi.ts';

/** The document of the API, read as a caller reads it: by its JSON alone. */

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, Described>>;
}

interface Described {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
  readonly headers?: object;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly responses: Readonly<Record<string, Described>>;
  };
}

export const DOCUMENT = JSON.parse(JSON.stringify(openApiDocument(API_ROUTES, '0'))) as Document;

/** Objects without fields that are not described: an answer must not say more than its document. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [
    key,
    key === '$ref' ? String(value).replace('#/components/schemas/', '#/$defs/') : closed(value),
  ]);
  const open = 'properties' in schema && !('additionalProperties' in schema);
  return Object.fromEntries(open ? [...entries, ['additionalProperties', false]] : entries);
}

const $defs = closed(DOCUMENT.components.schemas) as Record<string, object>;

const readers = new Map<string, z.ZodType>();

function readerOf(schema: object): z.ZodType {
  const text = JSON.stringify(schema);
  const known = readers.get(text);
  if (known !== undefined) return known;
  const made = z.fromJSONSchema({ ...(closed(schema) as object), $defs } as never);
  readers.set(text, made);
  return made;
}

/** The operation that a request reaches; undefined: the document has none. */
export function operationOf(method: string, path: string): Operation | undefined {
  const asked = path.split('?')[0]?.split('/') ?? [];
  for (const [template, operations] of Object.entries(DOCUMENT.paths)) {
    const parts = template.split('/');
    const fits =
      parts.length === asked.length &&
      parts.every((part, index) => part.startsWith('{') || part === asked[index]);
    if (fits) return operations[method.toLowerCase()];
  }
  return undefined;
}

/** Whether a text has the form that a described answer names, with its type; why not, else. */
export function misfitOf(
  operation: Operation,
  answer: { readonly status: number; readonly type: string | null; readonly text: string },
): string | null {
  const listed = operation.responses[answer.status];
  if (listed === undefined) return `${operation.operationId} names no status ${answer.status}`;
  const name = listed.$ref?.split('/').at(-1) ?? '';
  const described = DOCUMENT.components.responses[name] ?? listed;
  const content = described.content?.[answer.type ?? ''];
  if (content === undefined) return `${operation.operationId} names no type ${answer.type}`;
  const read = readerOf(content.schema).safeParse(JSON.parse(answer.text));
  return read.success ? null : `${operation.operationId}: ${z.prettifyError(read.error)}`;
}
