import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { queueCrm, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, postJson } from '../support/intake.ts';
import { freshServer, idsOf, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';

/** The highest id that `load` takes. */
const HIGHEST = 2 ** 52;
const ACTIONS = [0, 1, 2, 3].map((back) => HIGHEST - back);

let server: TestServer;
let admin: SignedIn;

before(async () => {
  server = await freshServer();
  admin = await signedIn(server);
  const { programmes = [], prospects: _, actions: __, ...lists } = queueCrm(0, [30]);
  await loadInto(server.main, {
    ...lists,
    programmes: programmes.map((programme) => ({ ...programme, id: HIGHEST })),
    prospects: ACTIONS.map((id) => ({ id, nom: 'Nom' })),
    actions: ACTIONS.map((id) => ({
      id,
      idProspect: id,
      idProgramme: HIGHEST,
      idStatut: READY,
      created_at: '2026-11-23T08:00:00Z',
    })),
  });
});
after(() => server.close());

test('a queue of ids of 16 digits is read page by page', async () => {
  const { text: key } = await server.key('Promoteur X');
  const read: number[] = [];
  let cursor: string | null = null;
  do {
    const page = await server.send(key, {
      operation: 'readContacts',
      limit: 1,
      ...(cursor ? { cursor } : {}),
    });
    read.push(...idsOf(page));
    cursor = page.headers.get('next-cursor');
  } while (cursor);
  assert.deepEqual(read, ACTIONS.toReversed());
});

const pageAfter = (cursor: string | null) =>
  admin.call('searchContacts', { limit: 1, ...(cursor ? { cursor } : {}) });

test('an operator finds ids of 16 digits, page by page and by the number', async () => {
  const found: number[] = [];
  let cursor: string | null = null;
  do {
    const { items, next } = await pageAfter(cursor);
    found.push(...items.map((contact) => contact.action_id));
    cursor = next;
  } while (cursor);
  assert.deepEqual(found, ACTIONS);
  const { items } = await admin.call('searchContacts', { search: String(HIGHEST) });
  assert.deepEqual(
    items.map((contact) => contact.action_id),
    [HIGHEST],
  );
});

test('beside the highest ids that are loaded there is room for a lead, which names them', async () => {
  const token = await makeSource(server, 'site', 'json');
  const lead = { nom: 'A', telephone: '0612345678', programme: String(HIGHEST) };
  const { status, text } = await postJson(server.url, 'site', token, lead);
  assert.equal(status, 200, text);
  const { prospect_id, action_id } = JSON.parse(text);
  assert.deepEqual([prospect_id, action_id], [HIGHEST + 1, HIGHEST + 1]);
});
