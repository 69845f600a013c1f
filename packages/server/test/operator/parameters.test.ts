import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { publishedCrm, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { post, type SignedIn, signedIn } from '../support/staff.ts';

let server: TestServer;
let admin: SignedIn;

before(async () => {
  server = await freshServer();
  await loadInto(server.main, publishedCrm());
  admin = await signedIn(server);
});
after(() => server.close());

async function sentence(body: object): Promise<string> {
  const reply = await post(server.url, admin.cookie, body);
  assert.equal(reply.code, 'invalid_parameter', reply.text);
  return JSON.parse(reply.text).error;
}

const source = { operation: 'createSource', nom: 'salon', channel: 'json', statutId: READY };
const named: [what: string, body: object, expected: string | RegExp][] = [
  [
    'an unknown member of an item of a list',
    { ...source, programmes: [{ text: 'a', programmeId: 145, foo: 1 }] },
    'Invalid parameter "programmes[0].foo": is not known.',
  ],
  [
    'an unknown member of another list',
    { operation: 'changeStatut', actions: [{ id: 1, version: 1, z: 1 }], statutId: 1, reason: 'x' },
    'Invalid parameter "actions[0].z": is not known.',
  ],
  [
    'a missing member of an item',
    { ...source, programmes: [{ text: 'a', programmeId: 145 }, { programmeId: 145 }] },
    'Invalid parameter "programmes[1].text": is missing.',
  ],
  [
    'a missing member of an object',
    { ...source, channel: 'meta', meta: {} },
    'Invalid parameter "meta.appSecret": is missing.',
  ],
  [
    'a wrong member of an item',
    { ...source, programmes: [{ text: 'a', programmeId: '145' }] },
    /^Invalid parameter "programmes\[0\]\.programmeId": must be a whole number/,
  ],
  [
    'a wrong item of a list of values',
    { operation: 'searchContacts', statutIds: [1, 'x'] },
    'Invalid parameter "statutIds": must hold whole numbers.',
  ],
  [
    'an unknown parameter',
    { ...source, foo: 1 },
    /^"createSource" has no such parameter \("foo"\): use "nom", /,
  ],
  [
    'a missing parameter',
    { ...source, statutId: undefined },
    'Invalid parameter "statutId": is missing.',
  ],
];
for (const [what, body, expected] of named) {
  test(`${what} is told with its whole name and its rule`, async () => {
    const told = await sentence(body);
    if (typeof expected === 'string') assert.equal(told, expected);
    else assert.match(told, expected);
  });
}
