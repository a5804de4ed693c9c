import type { ApiOperation, Route } from '../route.ts';
import { STATUS_PHRASES } from '../status-of.ts';
import { componentSchemas, inlineSchema, referenceTo } from './api-components.ts';
import { faultAnswer } from './problem-answer.ts';

type Json = Readonly<Record<string, unknown>>;

/** The API as an OpenAPI 3.1 document: from the table of routes and the schemas by which they read. */
export function openApiDocument(routes: readonly Route[], version: string): Json {
  const kept = made.get(routes);
  if (kept?.version === version) return kept.document;
  const document = documentOf(routes, version);
  made.set(routes, { version, document });
  return document;
}

/** Made once for each table: it takes long, and anybody may ask for it. */
const made = new WeakMap<readonly Route[], { readonly version: string; readonly document: Json }>();

function documentOf(routes: readonly Route[], version: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    if (route.api === undefined) continue;
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, route.api) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'cryowatch',
      version,
      description: ABOUT,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: componentSchemas(),
      responses: { Fault: fault('Something went wrong; the status says what') },
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

const ABOUT = `Follow-up after breast cryoablation: the same use cases as the command line.

Every fault is \`application/problem+json\` (RFC 9457); \`problems\` names each place in what was sent. A clinic in which the caller has no role answers 404, as one that is not there. Dates are civil days of the clinic, \`YYYY-MM-DD\`. Answers may get further fields; a request with a field or parameter that is not known is refused.`;

const SECURITY_SCHEMES = {
  key: {
    type: 'http',
    scheme: 'bearer',
    description: 'A key of a service account: `cryowatch user key NAME`',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-cryowatch',
    description:
      'Whoever is signed in to the pages. A change needs `Sec-Fetch-Site: same-origin` or the Origin of the service.',
  },
};

function operation(route: Route, api: ApiOperation): Json {
  const { needs } = route;
  const open = needs === 'nothing';
  return {
    operationId: api.id,
    summary: api.summary,
    description: saysWhoMay(needs),
    'x-permission': needs,
    security: open ? [] : [{ key: [] }, { session: [] }],
    parameters: [...pathParameters(route.path), ...queryParameters(api), ...versionHeader(api)],
    ...(api.body !== undefined && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: referenceTo(api.body) } },
      },
    }),
    responses: {
      ...answers(api),
      ...Object.fromEntries(
        faultsOf(route, api).map((status) => [status, { $ref: '#/components/responses/Fault' }]),
      ),
      default: { $ref: '#/components/responses/Fault' },
    },
  };
}

function saysWhoMay(needs: Route['needs']): string {
  if (needs === 'nothing') return 'Anybody may ask.';
  if (needs === 'account') return 'Every account may ask.';
  return `Needs the permission \`${needs}\` in the clinic.`;
}

function answers(api: ApiOperation): Json {
  const done = {
    description: api.creates === true ? 'What it would make: a dry run' : 'Done',
    content: { 'application/json': { schema: referenceTo(api.answer) } },
  };
  const tag = { ETag: { description: 'Version of the episode, day of the plan', schema: TEXT } };
  const tagged = { ...done, ...(api.tagged === true && { headers: tag }) };
  if (api.creates !== true) return { 200: tagged };
  const Location = { description: 'Path of what was made', schema: TEXT };
  return { 200: done, 201: { ...tagged, description: 'Made', headers: { ...tag, Location } } };
}

const TEXT = { type: 'string' };

function fault(description: string): Json {
  return {
    description,
    content: { 'application/problem+json': { schema: referenceTo(faultAnswer) } },
  };
}

/** The statuses that say no; each is one of those that the service knows. */
function faultsOf({ needs, path }: Route, api: ApiOperation): readonly string[] {
  const hasBody = api.body !== undefined;
  const statuses = [
    ...(api.query !== undefined || hasBody ? [400] : []),
    ...(needs === 'nothing' ? [] : [401]),
    ...(path.includes('/:clinic') ? [403, 404] : []),
    ...(hasBody ? [409, 413, 415, 422] : []),
    ...(api.expects === undefined ? [] : [412]),
    ...(api.expects === 'always' ? [428] : []),
    429,
    503,
  ];
  return statuses.filter((status) => status in STATUS_PHRASES).map(String);
}

function pathParameters(path: string): readonly Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: PATH_PARTS[name] ?? '',
    schema: TEXT,
  }));
}

const PATH_PARTS: Readonly<Record<string, string>> = {
  clinic: 'Code of the clinic, `NORTH`',
  episode: 'The clinic’s id of the episode',
};

function queryParameters({ query }: ApiOperation): readonly Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = inlineSchema(query) as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
}

function versionHeader({ expects }: ApiOperation): readonly Json[] {
  if (expects === undefined) return [];
  const says =
    expects === 'always'
      ? 'The ETag of the episode that was seen, or * for whichever it is; or the field `expected`'
      : 'The ETag of the episode that was seen; absent: the events are judged by what is there';
  return [{ name: 'If-Match', in: 'header', required: false, description: says, schema: TEXT }];
}
