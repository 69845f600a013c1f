import { z } from 'zod';
import { clientOperations } from './client/index.ts';
import { type ErrorCode, errors } from './errors.ts';
import { API_VERSION, commonHeaders, responseHeaders } from './headers.ts';
import { commonErrors, type Operation } from './operation.ts';
import { scenarios } from './scenarios.ts';

type Json = Record<string, unknown>;

const operations: Operation[] = Object.values(clientOperations);
const { pullContacts } = clientOperations;

/** Names the width of an id: without it, generators for Java, C# and others take 32 bits. */
function widen({ jsonSchema }: { readonly jsonSchema: Json }): void {
  const { type, maximum } = jsonSchema;
  if (type === 'integer' && Number(maximum) >= 2 ** 31) jsonSchema.format = 'int64';
}

/** A schema's JSON Schema, with contacts and other named objects as references. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const {
    $schema: _dialect,
    $defs: _named,
    ...json
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
    override: widen,
  }) as Json;
  return withReferences(json) as Json;
}

/** Replaces an object that has an id by a reference to its component. */
function withReferences(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withReferences);
  if (typeof node !== 'object' || node === null) return node;
  const { id, $ref } = node as { id?: unknown; $ref?: unknown };
  if (typeof $ref === 'string') return { $ref: `#/components/schemas/${$ref.split('/').at(-1)}` };
  if (typeof id === 'string') return { $ref: `#/components/schemas/${id}` };
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, withReferences(value)]),
  );
}

/** The named objects of all answers, with an example: Contact, Region, Programme, Release. */
function answerSchemas(): Record<string, Json> {
  const found: Record<string, Json> = {};
  for (const { response, example } of operations) {
    const item = response instanceof z.ZodArray ? (response.element as z.ZodType) : response;
    const id = (item.meta() as { id?: string } | undefined)?.id;
    if (!id || found[id]) continue;
    const whole = z.toJSONSchema(item, { override: widen }) as Json & {
      $defs?: Record<string, Json>;
    };
    // Left open, unlike what Zod says of an output: a later version may add members.
    const {
      $schema: _dialect,
      id: _id,
      additionalProperties: _closed,
      ...json
    } = whole.$defs?.[id] ?? whole;
    found[id] = { ...json, examples: [example.response].flat().slice(0, 1) };
  }
  return found;
}

const requestId = (name: string): string =>
  `${name.charAt(0).toUpperCase()}${name.slice(1)}Request`;

const reference = (id: string): Json => ({ $ref: `#/components/schemas/${id}` });

/** The JSON Schema of an operation's body: its name, then its parameters. */
function requestOf({ name, title, description, published, request, example }: Operation): Json {
  const {
    properties,
    required = [],
    ...rest
  } = schemaOf(request, 'input') as { properties: Json; required?: string[] };
  return {
    ...rest,
    title,
    description,
    properties: {
      operation: { type: 'string', const: name },
      ...properties,
      apiKey: { type: 'string', description: 'Your key, when it is not in the x-api-key header.' },
      scenario: reference('Scenario'),
    },
    required: ['operation', ...required],
    // The published operations pass over what they do not know.
    ...(published ? {} : { additionalProperties: false }),
    examples: [{ operation: name, ...example.request }],
  };
}

/** One schema per operation; the member `operation` says which applies. */
const requestBody = (): Json => ({
  oneOf: operations.map(({ name }) => reference(requestId(name))),
  discriminator: {
    propertyName: 'operation',
    mapping: Object.fromEntries(
      operations.map(({ name }) => [name, `#/components/schemas/${requestId(name)}`]),
    ),
  },
});

/** The error of the published page. */
export const exampleError = { valid: false, error: 'Invalid API Key' } as const;

const error: Json = {
  type: 'object',
  description: 'The body of every error: these two members and no other.',
  properties: {
    valid: { type: 'boolean', const: false },
    error: { type: 'string', description: 'A sentence that says what is wrong.' },
  },
  required: ['valid', 'error'],
  additionalProperties: false,
  examples: [exampleError],
};

const problem: Json = {
  type: 'object',
  description: 'RFC 9457, given to requests that accept application/problem+json.',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'A sentence that says what is wrong.' },
    code: { type: 'string', enum: Object.keys(errors), description: responseHeaders['Error-Code'] },
  },
  required: ['type', 'title', 'status', 'detail', 'code'],
  examples: [
    {
      type: 'about:blank',
      title: errors.invalid_api_key.meaning,
      status: errors.invalid_api_key.status,
      detail: exampleError.error,
      code: 'invalid_api_key',
    },
  ],
};

const scenario: Json = {
  type: 'string',
  enum: Object.keys(scenarios),
  description: `With a test key: what shall go wrong.\n\n${Object.entries(scenarios)
    .map(([name, meaning]) => `\`${name}\`: ${meaning}`)
    .join('\n\n')}`,
};

const headersOf = (names: Iterable<string>): Json =>
  Object.fromEntries([...names].map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** The answers that are errors, by status. */
function errorResponses(): Json {
  const codes = new Set<ErrorCode>([
    ...commonErrors,
    'not_found',
    ...operations.flatMap((operation) => operation.errors),
  ]);
  const byStatus = Map.groupBy(codes, (code) => errors[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      String(status),
      {
        description: list
          .map((code) => `\`${code}\`: ${errors[code].meaning} ${errors[code].remedy}`)
          .join('\n\n'),
        headers: headersOf(commonHeaders),
        content: {
          'application/json': { schema: reference('Error') },
          'application/problem+json': { schema: reference('Problem') },
        },
      },
    ]),
  );
}

/** The Client API as an OpenAPI 3.1 document, for a server at `url`. */
export function openapi({ url }: { url: string }): Json {
  const answered = new Set(operations.flatMap(({ headers }) => headers));
  const examples = Object.fromEntries(
    operations.map(({ name, title, example }) => [
      name,
      { summary: title, value: { operation: name, ...example.request } },
    ]),
  );
  const answers = Object.fromEntries(
    operations.map(({ name, title, example }) => [
      name,
      { summary: title, value: example.response },
    ]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Relais Client API',
      version: API_VERSION,
      description:
        'One endpoint, several operations: the body names the operation. Keys belong on servers, never in browsers or public repositories.',
    },
    servers: [{ url }],
    security: [{ apiKey: [] }],
    paths: {
      '/api/v1': {
        post: {
          operationId: 'call',
          summary: 'Call an operation',
          description: operations
            .map(({ name, description }) => `**${name}** ${description}`)
            .join('\n\n'),
          parameters: [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              description: `For \`pullContacts\`. ${pullContacts.request.shape.idempotencyKey.description}`,
              schema: { type: 'string', minLength: 1 },
            },
          ],
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: requestBody(), examples },
            },
          },
          responses: {
            200: {
              description: 'What the operation gives.',
              headers: headersOf([...commonHeaders, ...answered]),
              content: {
                'application/json': {
                  schema: {
                    anyOf: uniqueSchemas(
                      operations.map(({ response }) => schemaOf(response, 'output')),
                    ),
                  },
                  examples: answers,
                },
              },
            },
            ...errorResponses(),
          },
        },
      },
    },
    components: {
      securitySchemes: {
        apiKey: {
          type: 'apiKey',
          in: 'header',
          name: 'x-api-key',
          description: 'Or in the body, as `apiKey`.',
        },
      },
      headers: Object.fromEntries(
        Object.entries(responseHeaders).map(([name, description]) => [
          name,
          { description, schema: { type: 'string' } },
        ]),
      ),
      schemas: {
        ...Object.fromEntries(operations.map((one) => [requestId(one.name), requestOf(one)])),
        ...answerSchemas(),
        Error: error,
        Problem: problem,
        Scenario: scenario,
      },
    },
  };
}

const uniqueSchemas = (schemas: Json[]): Json[] => [
  ...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values(),
];
