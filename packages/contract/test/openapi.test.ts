import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  clientOperations,
  commonErrors,
  contact,
  errors,
  exampleContact,
  openapi,
  responseHeaders,
  scenarios,
} from '../src/index.ts';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Record<string, unknown>;
  readonly required?: string[];
  readonly additionalProperties?: boolean;
  readonly examples?: unknown[];
  readonly enum?: unknown[];
}

interface Content {
  readonly schema: Schema & {
    oneOf?: Schema[];
    discriminator?: { propertyName: string; mapping: Record<string, string> };
  };
}

/** What these tests read of the document. */
interface Document {
  readonly servers: { url: string }[];
  readonly paths: Record<
    string,
    {
      post: {
        requestBody: { content: Record<string, Content> };
        responses: Record<
          string,
          { description: string; headers: object; content: Record<string, Content> }
        >;
      };
    }
  >;
  readonly components: {
    schemas: Record<string, Schema>;
    headers: object;
    securitySchemes: Record<string, object>;
  };
}

const document = openapi({ url: 'https://api.example.com' });
const { servers, paths, components } = document as unknown as Document;
const { schemas } = components;
const { requestBody, responses } = (paths['/api/v1'] as Document['paths'][string]).post;
const requestOf = (name: string): Schema | undefined => {
  const { discriminator } = requestBody.content['application/json']?.schema ?? {};
  return schemas[discriminator?.mapping[name]?.split('/').at(-1) ?? ''];
};

/** Every object of the document. */
function* objects(node: unknown): Generator<Record<string, unknown>> {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) yield node as Record<string, unknown>;
  for (const value of Object.values(node)) yield* objects(value);
}

test('every reference leads somewhere', () => {
  const references = [...objects(document)].flatMap(({ $ref }) =>
    $ref === undefined ? [] : [$ref],
  );
  assert.ok(references.length > 10);
  for (const reference of references) {
    assert.match(String(reference), /^#\//);
    let target: unknown = document;
    for (const step of String(reference).slice(2).split('/')) {
      target = (target as Record<string, unknown> | undefined)?.[step];
    }
    assert.ok(target, String(reference));
  }
});

test('every operation and every error is there', () => {
  const text = JSON.stringify(document);
  for (const name of Object.keys(clientOperations)) assert.ok(text.includes(`"const":"${name}"`));
  for (const code of Object.keys(errors)) assert.ok(text.includes(code), code);
});

test('there is one path, at the given server, with one method and the key in a header', () => {
  assert.deepEqual(servers, [{ url: 'https://api.example.com' }]);
  assert.deepEqual(Object.keys(paths), ['/api/v1']);
  assert.deepEqual(Object.keys(paths['/api/v1'] ?? {}), ['post']);
  const { apiKey = {} } = components.securitySchemes;
  assert.partialDeepStrictEqual(apiKey, { type: 'apiKey', in: 'header', name: 'x-api-key' });
});

test('a body is told apart by its operation, and may hold the key and a scenario', () => {
  const { oneOf = [], discriminator } = requestBody.content['application/json']?.schema ?? {};
  assert.equal(discriminator?.propertyName, 'operation');
  assert.deepEqual(Object.keys(discriminator.mapping), Object.keys(clientOperations));
  assert.deepEqual(
    oneOf.map(({ $ref }) => $ref),
    Object.values(discriminator.mapping),
  );
  for (const { name, request, published } of Object.values(clientOperations)) {
    const schema = requestOf(name);
    assert.deepEqual(
      Object.keys(schema?.properties ?? {}),
      ['operation', ...Object.keys(request.shape), 'apiKey', 'scenario'],
      name,
    );
    assert.ok(schema?.required?.includes('operation'), name);
    // The published operations allow members that they do not know; the new ones do not.
    assert.equal(schema?.additionalProperties, published ? undefined : false, name);
  }
  assert.deepEqual(schemas.Scenario?.enum, Object.keys(scenarios));
});

test('answers may gain members later; an error has two, for ever', () => {
  for (const id of ['Contact', 'Region', 'Programme', 'Release']) {
    assert.equal(schemas[id]?.additionalProperties, undefined, id);
    assert.equal(schemas[id]?.examples?.length, 1, id);
  }
  assert.deepEqual(Object.keys(schemas.Error?.properties ?? {}), ['valid', 'error']);
  assert.equal(schemas.Error?.additionalProperties, false);
});

test('every error is under its status, in both forms', () => {
  const codes = [...commonErrors, ...Object.values(clientOperations).flatMap((one) => one.errors)];
  for (const code of codes) {
    const response = responses[errors[code].status];
    assert.ok(response?.description.includes(`\`${code}\``), code);
    assert.deepEqual(Object.keys(response?.content ?? {}), [
      'application/json',
      'application/problem+json',
    ]);
  }
  assert.deepEqual(Object.keys(components.headers), Object.keys(responseHeaders));
  assert.deepEqual(
    Object.keys(responses['200']?.headers ?? {}).toSorted(),
    Object.keys(responseHeaders).toSorted(),
  );
});

test('examples agree with the schemas that they illustrate', () => {
  for (const { name, request, response, example } of Object.values(clientOperations)) {
    assert.ok(request.safeParse(example.request).success, name);
    assert.ok(response.safeParse(example.response).success, name);
  }
});

test('the published fields come first, in the order of the page', () => {
  const published = [
    ...['action_id', 'prospect_id', 'programme_id', 'prospect_nom', 'prospect_prenom'],
    ...['prospect_telephone', 'prospect_email', 'programme_nom', 'region_nom'],
    ...['origine_designation', 'type_contact_designation', 'type_action_designation'],
  ];
  assert.deepEqual(Object.keys(contact.shape).slice(0, 12), published);
  assert.deepEqual(Object.keys(exampleContact), Object.keys(contact.shape));
});

test('every field, parameter, header and error says what it means', () => {
  for (const [name, field] of Object.entries(contact.shape)) assert.ok(field.description, name);
  for (const { name, request } of Object.values(clientOperations)) {
    for (const [parameter, schema] of Object.entries(request.shape)) {
      assert.ok(schema.description, `${name}.${parameter}`);
    }
  }
});

test('every value has a type, and an id is 64 bits wide: generators guess otherwise', () => {
  let ids = 0;
  for (const { $ref, type, format, maximum, ...rest } of objects(schemas)) {
    if ('const' in rest || 'enum' in rest)
      assert.equal(typeof type, 'string', JSON.stringify(rest));
    if (type !== 'integer' || Number(maximum) < 2 ** 31 || maximum === undefined) continue;
    assert.equal(format, 'int64', JSON.stringify(rest));
    ids += 1;
  }
  assert.ok(ids >= 10);
  const { properties } = schemas.Contact as { properties: Record<string, { format?: string }> };
  assert.equal(properties.action_id?.format, 'int64');
});
