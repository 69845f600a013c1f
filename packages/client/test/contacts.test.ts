import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { temporaryFolder } from '../../server/test/support/command.ts';
import { queueCrm } from '../../server/test/support/crm.ts';
import { loadInto } from '../../server/test/support/installation.ts';
import { freshServer, type TestServer } from '../../server/test/support/server.ts';
import { type Contact, memoryStore, Relais, type RelaisOptions } from '../src/index.ts';
import { fileStore } from '../src/node/index.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

let number = 0;
/** A client whose queue of this many contacts nobody else sees. */
async function queueOf(count: number, options?: Partial<RelaisOptions>): Promise<Relais> {
  number += 1;
  const database = await server.create(`queue${number}`);
  await loadInto(database, queueCrm(count));
  const { text } = await server.key('Promoteur X', { database });
  return new Relais({ apiKey: text, baseUrl: server.url, ...options });
}

async function idsOf(client: Relais, signal?: AbortSignal): Promise<number[]> {
  const ids: number[] = [];
  for await (const contact of client.contacts({ signal })) ids.push(contact.action_id);
  return ids;
}

/** A `fetch` whose first answer of the server is replaced, after the server has done what it says. */
function firstAnswer(replaced: () => Response): typeof fetch {
  let asked = 0;
  return async (url, { signal, ...request } = {}) => {
    const answer = await fetch(url, request);
    asked += 1;
    if (asked > 1) return answer;
    const other = replaced();
    signal?.throwIfAborted();
    return other;
  };
}

const idsFrom = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

test('every ready contact comes once, in order, and then the loop ends', async () => {
  const client = await queueOf(450);
  const ids: number[] = [];
  for await (const contact of client.contacts()) ids.push(contact.action_id);
  assert.deepEqual(ids, idsFrom(1, 450));
  assert.equal((await client.readContacts()).contacts.length, 0);
});

test('a loop that is left goes on with the contact that was not done', async () => {
  const client = await queueOf(10);
  const ids: number[] = [];
  for await (const contact of client.contacts({ limit: 5 })) {
    if (contact.action_id === 3) break;
    ids.push(contact.action_id);
  }
  assert.deepEqual(ids, [1, 2]);
  for await (const contact of client.contacts({ limit: 5 })) ids.push(contact.action_id);
  assert.deepEqual(ids, idsFrom(1, 10));
});

test('a parameter that there is none of is refused before anything is pulled', async () => {
  const client = await queueOf(3);
  const misspelt = { region: [30] } as object;
  const refused = { name: 'TypeError', message: 'pullContacts has no parameter "region".' };
  await assert.rejects(() => client.contacts(misspelt).next(), refused);
  await assert.rejects(() => client.pullContacts(misspelt), refused);
  const ids: number[] = [];
  for await (const contact of client.contacts()) ids.push(contact.action_id);
  assert.deepEqual(ids, [1, 2, 3]);
});

test('a handler that fails is given its contact again, also by another process', async (t) => {
  const client = await queueOf(6);
  const path = join(await temporaryFolder(t), 'pending.json');
  const handled: number[] = [];
  const failing = async ({ action_id }: Contact) => {
    if (action_id === 4) throw new Error('the CRM is away');
    handled.push(action_id);
  };
  await assert.rejects(async () => {
    for await (const _ of client.contacts({ handler: failing, store: fileStore(path) }));
  }, /the CRM is away/);
  // What waits on the disk names contacts by their ids alone.
  assert.doesNotMatch(await readFile(path, 'utf8'), /@|Nom|\+33/);
  const { done } = JSON.parse(await readFile(path, 'utf8'));
  assert.deepEqual(done, [1, 2, 3]);

  const handler = ({ action_id }: Contact) => void handled.push(action_id);
  for await (const _ of client.contacts({ handler, store: fileStore(path) }));
  assert.deepEqual(handled, idsFrom(1, 6));
  await assert.rejects(readFile(path), /ENOENT/);
});

test('a pull whose answer never came is repeated under its key', async () => {
  const client = await queueOf(5);
  const store = memoryStore();
  // As a process leaves it that died between the commit and the answer.
  await store.save({ idempotencyKey: 'k1', parameters: { limit: 3 }, done: [] });
  const lost = await client.pullContacts({ limit: 3 }, { idempotencyKey: 'k1' });
  assert.equal(lost.contacts.length, 3);
  const ids: number[] = [];
  for await (const contact of client.contacts({ store })) ids.push(contact.action_id);
  assert.deepEqual(ids, idsFrom(1, 5));
});

test('a loop tells of each pull before its contacts, and of those that a repeat leaves out', async () => {
  const database = await server.create();
  await loadInto(database, queueCrm(7));
  const connect = async (regions: number[]) => {
    const { text } = await server.key('Promoteur X', { database, regions });
    return new Relais({ apiKey: text, baseUrl: server.url });
  };
  await (await connect([30, 62])).pullContacts({ limit: 6 }, { idempotencyKey: 'k1' });
  const store = memoryStore();
  await store.save({ idempotencyKey: 'k1', parameters: { limit: 6 }, done: [] });
  const seen: unknown[] = [];
  const narrowed = (await connect([30])).contacts({
    store,
    onPull: ({ withheld }) => void seen.push(`${withheld} left out`),
  });
  for await (const { action_id } of narrowed) seen.push(action_id);
  assert.deepEqual(seen, ['3 left out', 1, 3, 5, '0 left out', 7]);
});

test('a store that is undefined is none', async () => {
  const client = await queueOf(3);
  const ids: number[] = [];
  for await (const { action_id } of client.contacts({ store: undefined })) ids.push(action_id);
  assert.deepEqual(ids, [1, 2, 3]);
});

test('a pending pull that was released comes with another pull', async () => {
  const client = await queueOf(3);
  const store = memoryStore();
  const pull = await client.pullContacts({}, { idempotencyKey: 'k1' });
  await store.save({ idempotencyKey: 'k1', parameters: {}, done: [1] });
  await client.releasePull({ pullId: pull.id ?? '', reason: 'a test' });
  const ids: number[] = [];
  for await (const contact of client.contacts({ store })) ids.push(contact.action_id);
  assert.deepEqual(ids, [1, 2, 3]);
});

test('a pull that was refused leaves nothing pending', async () => {
  const client = await queueOf(2);
  const store = memoryStore();
  await assert.rejects(async () => {
    for await (const _ of client.contacts({ regionIds: [999], store }));
  }, /999/);
  assert.equal(await store.load(), undefined);
  const pulls = [];
  for await (const pull of client.pulls({ store })) pulls.push(pull.contacts.length);
  assert.deepEqual(pulls, [2]);
});

test('a pull whose answer was lost is the same one again where a proxy drops its header', async () => {
  let asked = 0;
  const dropping: typeof fetch = async (url, { headers, ...request } = {}) => {
    const { 'idempotency-key': _dropped, ...passed } = headers as Record<string, string>;
    const answer = await fetch(url, { ...request, headers: passed });
    asked += 1;
    return asked === 1 ? new Response('', { status: 502 }) : answer;
  };
  const client = await queueOf(5, { fetch: dropping });
  assert.deepEqual(await idsOf(client), [1, 2, 3, 4, 5]);
});

test('a pull whose answer a firewall refuses to let through stays pending', async () => {
  const blocked = () => new Response('<h1>Personal data blocked</h1>', { status: 403 });
  const client = await queueOf(3, { fetch: firstAnswer(blocked) });
  await assert.rejects(idsOf(client), { name: 'PermissionDeniedError' });
  assert.deepEqual(await idsOf(client), [1, 2, 3]);
});

test('a pull that is aborted with the error of another call stays pending', async () => {
  const stop = new AbortController();
  const aborted = () => {
    stop.abort(reason);
    return Response.error();
  };
  const client = await queueOf(3, { fetch: firstAnswer(aborted) });
  const stranger = new Relais({ apiKey: 'unknown', baseUrl: server.url });
  const reason = await stranger.getRegions().catch((error) => error);
  await assert.rejects(idsOf(client, stop.signal), (error) => error === reason);
  assert.equal(reason.idempotencyKey, undefined);
  assert.deepEqual(await idsOf(client), [1, 2, 3]);
});

test('a pending pull that never took effect, and asks for what is not allowed, stands in no way', async () => {
  const client = await queueOf(2);
  const store = memoryStore();
  // As a loop leaves it whose first try found the server away, or whose key lost the region since.
  await store.save({ idempotencyKey: 'k1', parameters: { regionIds: [999] }, done: [] });
  const pulls = [];
  for await (const pull of client.pulls({ store })) pulls.push(pull.contacts.length);
  assert.deepEqual(pulls, [2]);
});
