import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { exampleContact } from '@relais/contract';
import type { Case } from './cases.ts';
import { casesOf } from './cases.ts';
import { judge } from './judge.ts';

const one: Case = {
  ...{ door: 'client', name: 'readContacts', kind: 'valid', who: 'key', pick: 0 },
  ...{ method: 'POST', path: '/api/v1', headers: {}, body: Buffer.from('{}') },
};
const own = { text: 'key', own: ['zcanary-north-30'] };

/** What the judge says of an answer to `one`. */
function judged(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  asked: Case = one,
): string {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const answer = {
    status,
    body: bytes,
    headers: {
      'request-id': '00000000-0000-0000-0000-000000000000',
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
      'content-digest': `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
      ...headers,
    },
  };
  return judge(asked, { answer, key: own, body: asked.body, headers: {} }).join('; ');
}

const error = { valid: false, error: 'Invalid API Key' };
const unauthorised = { 'error-code': 'invalid_api_key' };

test('the judge of the fuzz passes what the contract says', () => {
  assert.equal(judged(200, [exampleContact]), '');
  assert.equal(judged(200, [{ ...exampleContact, prospect_nom: 'zcanary-north-30' }]), '');
  assert.equal(judged(401, error, unauthorised), '');
});

const wrong: [what: string, said: string, fault: RegExp][] = [
  ['an empty answer of the server', judged(200, ''), /no JSON/],
  ['a member of another type', judged(200, [{ ...exampleContact, action_id: '1' }]), /schema/],
  [
    'text of another region',
    judged(200, [{ ...exampleContact, prospect_nom: 'zcanary-north-62' }]),
    /foreign/,
  ],
  [
    'text of another database',
    judged(401, { ...error, error: 'zcanary-main-30' }, unauthorised),
    /foreign/,
  ],
  ['a digest of other bytes', judged(200, [], { 'content-digest': 'sha-256=:AA==:' }), /digest/],
  ['an answer that may be kept', judged(200, [], { 'cache-control': 'public' }), /kept/],
  ['the name of the software', judged(200, [], { server: 'x' }), /software/],
  ['no Request-Id', judged(200, [], { 'request-id': '' }), /Request-Id/],
  ['a third member of an error', judged(401, { ...error, code: 'x' }, unauthorised), /an error of/],
  ['an error as HTML', judged(401, '<p>no</p>', unauthorised), /no JSON/],
  ['another status than the code has', judged(400, error, unauthorised), /400 for/],
  [
    'an error that is not of the operation',
    judged(404, error, { 'error-code': 'record_not_found' }),
    /404 record_not_found/,
  ],
  [
    'an unforeseen failure',
    judged(500, error, { 'error-code': 'internal_error' }),
    /500 internal_error/,
  ],
  ['no Error-Code', judged(502, error), /known Error-Code/],
  [
    'a stack',
    judged(401, { ...error, error: 'x at run (/app/main.ts:1:2)' }, unauthorised),
    /tells/,
  ],
  ['SQL', judged(401, { ...error, error: 'select id from staff' }, unauthorised), /tells/],
  [
    'a text of the request',
    judged(401, { ...error, error: 'Zmarqueur 1' }, unauthorised),
    /quotes/,
  ],
  ['no time to wait', judged(503, error, { 'error-code': 'unavailable' }), /Retry-After/],
];
for (const [what, said, fault] of wrong) {
  test(`the judge of the fuzz finds ${what}`, () => {
    assert.match(said, fault);
  });
}

test('a request that is not answered is found, unless a rehearsal cuts it', () => {
  const silent = { answer: undefined, key: own, headers: {} };
  assert.deepEqual(judge(one, { ...silent, body: one.body }), ['no answer']);
  const body = Buffer.from('{"scenario":"lost_response"}');
  assert.deepEqual(judge(one, { ...silent, body }), []);
});

test('the same seed makes the same bodies, another seed other ones', () => {
  const bodies = (seed: number) => casesOf(seed, 200).map(({ body }) => body.toString('latin1'));
  assert.deepEqual(bodies(1), bodies(1));
  assert.notDeepEqual(bodies(1), bodies(2));
});
