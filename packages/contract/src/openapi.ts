import { z } from 'zod';
import { clientOperations } from './client/index.ts';
import { contact } from './contact.ts';
import { type ErrorCode, errors } from './errors.ts';
import { commonHeaders, responseHeaders } from './headers.ts';
import { commonErrors, type Operation } from './operation.ts';

type Json = Record<string, unknown>;

const operations: Operation[] = Object.values(clientOperations);

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

/** The named objects of all answers: Contact, Region, Programme, Release. */
function components(): Record<string, Json> {
  const found: Record<string, Json> = {};
  const named = [contact, ...operations.map(({ response }) => itemOf(response))];
  for (const schema of named) {
    const id = (schema.meta() as { id?: string } | undefined)?.id;
    if (!id) continue;
    const whole = z.toJSONSchema(schema) as Json & { $defs?: Record<string, Json> };
    const { $schema: _dialect, id: _id, ...json } = whole.$defs?.[id] ?? whole;
    found[id] = json;
  }
  return found;
}

const itemOf = (response: z.ZodType): z.ZodType =>
  response instanceof z.ZodArray ? (response.element as z.ZodType) : response;

/** The JSON Schema of an operation's body: its name, then its parameters. */
function requestOf({ name, title, published, request }: Operation): Json {
  const {
    properties,
    required = [],
    ...rest
  } = schemaOf(request, 'input') as {
    properties: Json;
    required?: string[];
  };
  return {
    ...rest,
    title,
    properties: { operation: { const: name }, ...properties },
    required: ['operation', ...required],
    // The published operations pass over what they do not know. The key may be in the body.
    ...(published ? {} : { additionalProperties: false }),
  };
}

const error: Json = {
  type: 'object',
  properties: {
    valid: { const: false },
    error: { type: 'string', description: 'A sentence that says what is wrong.' },
  },
  required: ['valid', 'error'],
  additionalProperties: false,
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
        description: list.map((code) => `\`${code}\`: ${errors[code].meaning}`).join('\n\n'),
        headers: headersOf(commonHeaders),
        content: {
          'application/json': { schema: { $ref: '#/components/schemas/Error' } },
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
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
      version: '1.0',
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
              description: 'Names a pull, so that it can be repeated for 30 days.',
              schema: { type: 'string', minLength: 1, maxLength: 257 },
            },
          ],
          requestBody: {
            required: true,
            content: {
              'application/json': { schema: { oneOf: operations.map(requestOf) }, examples },
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
        ...components(),
        Error: error,
        Problem: {
          type: 'object',
          description: 'RFC 9457, given to requests that accept application/problem+json.',
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
            code: { enum: Object.keys(errors) },
          },
          required: ['type', 'title', 'status', 'detail', 'code'],
        },
      },
    },
  };
}

const uniqueSchemas = (schemas: Json[]): Json[] => [
  ...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values(),
];
