import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientOperations, contact, errors, exampleContact, openapi } from '../src/index.ts';

const document = openapi({ url: 'https://api.example.com' });

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
  for (const name of Object.keys(clientOperations)) assert.ok(text.includes(`{"const":"${name}"}`));
  for (const code of Object.keys(errors)) assert.ok(text.includes(code), code);
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
