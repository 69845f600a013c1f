import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { temporaryFolder } from '../../server/test/support/command.ts';
import { queueCrm } from '../../server/test/support/crm.ts';
import { loadInto } from '../../server/test/support/installation.ts';
import { freshServer, type TestServer } from '../../server/test/support/server.ts';
import {
  type Contact,
  memoryStore,
  OtherKeyError,
  type PendingPull,
  Relais,
  StoreInUseError,
} from '../src/index.ts';
import { fileStore } from '../src/node/index.ts';

const COUNT = 437;

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

/** A queue of its own in two regions, the client of a key, and a file for a store. */
async function fresh(t: TestContext) {
  const database = await server.create();
  await loadInto(database, queueCrm(COUNT));
  const another = async () => {
    const { text } = await server.key('Promoteur X', { database });
    return new Relais({ apiKey: text, baseUrl: server.url });
  };
  const path = join(await temporaryFolder(t), 'pending.json');
  return { client: await another(), another, path };
}

const everyId = Array.from({ length: COUNT }, (_, index) => index + 1);
const sorted = (ids: readonly number[]) => [...ids].sort((left, right) => left - right);

/** Handles all that is ready; each contact's id goes into `handled`, until `fails` is reached. */
async function handle(
  client: Relais,
  handled: number[],
  options: Parameters<Relais['contacts']>[0] & { readonly fails?: number },
) {
  const { fails, ...rest } = options;
  let count = 0;
  const handler = async ({ action_id }: Contact) => {
    count += 1;
    if (count === fails) throw new Error('the CRM is away');
    handled.push(action_id);
  };
  for await (const _ of client.contacts({ ...rest, handler }));
}

test('of two loops with one store the second is told so, and no contact is lost', async (t) => {
  const { client } = await fresh(t);
  const regions = (await client.getRegions()).map(({ id }) => id);
  const handled: number[] = [];
  const ran = await Promise.allSettled(
    regions.map((id, index) => handle(client, handled, { regionIds: [id], fails: 50 + index })),
  );
  const reasons = ran.map((one) => (one as PromiseRejectedResult).reason);
  assert.equal(reasons.filter((reason) => reason instanceof StoreInUseError).length, 1);
  assert.match(String(reasons), /store of its own/);
  for (const id of regions) await handle(client, handled, { regionIds: [id] });
  assert.deepEqual(sorted(handled), everyId);
});

test('of two processes with one file the second is told so, and no contact is lost', async (t) => {
  const { client, another, path } = await fresh(t);
  const handled: number[] = [];
  const second = await another();
  for await (const { action_id } of client.contacts({ store: fileStore(path) })) {
    if (action_id === 100) break;
    handled.push(action_id);
    if (action_id > 1) continue;
    await assert.rejects(handle(second, handled, { store: fileStore(path) }), StoreInUseError);
  }
  await handle(client, handled, { store: fileStore(path) });
  assert.deepEqual(sorted(handled), everyId);
  assert.deepEqual(await readdir(join(path, '..')), []);
});

test('a process that lost its file to another, while it was asleep, does not write into it', async (t) => {
  const { client, path } = await fresh(t);
  const handled: number[] = [];
  await assert.rejects(async () => {
    for await (const { action_id } of client.contacts({ store: fileStore(path) })) {
      handled.push(action_id);
      if (handled.length === 10) await writeFile(`${path}.lock`, '4194305 another');
    }
  }, StoreInUseError);
  assert.equal(handled.length, 10);
  // What has it now is dead, and the tenth contact is not noted as done.
  await handle(client, handled, { store: fileStore(path) });
  assert.deepEqual(sorted(handled), sorted([...everyId, 10]));
});

test('a process that is long at work on a contact keeps its file, since it says that it lives', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const { client, another, path } = await fresh(t);
  const lock = `${path}.lock`;
  for await (const _ of client.contacts({ store: fileStore(path) })) {
    // It has been silent for too long; then its beat is due.
    await utimes(lock, 0, 0);
    t.mock.timers.tick(5_000);
    for (let look = 0; look < 100 && (await stat(lock)).mtimeMs === 0; look += 1);
    const second = handle(await another(), [], { store: fileStore(path) });
    await assert.rejects(second, StoreInUseError);
    break;
  }
});

test('a process that lost its file to another does not forget what that one has begun', async (t) => {
  const { client, path } = await fresh(t);
  const theirs = JSON.stringify({ idempotencyKey: 'theirs', parameters: {}, done: [] });
  await assert.rejects(async () => {
    for await (const _ of client.pulls({ store: fileStore(path) })) {
      await writeFile(`${path}.lock`, '4194305 another');
      await writeFile(path, theirs);
    }
  }, StoreInUseError);
  assert.equal(await readFile(path, 'utf8'), theirs);
});

test('what another key began is not mixed with what this one pulls, unless it was rotated', async (t) => {
  const { client, another, path } = await fresh(t);
  const replacing = await another();
  const handled: number[] = [];
  await assert.rejects(handle(client, handled, { store: fileStore(path), fails: 5 }), /away/);
  const stored = await readFile(path, 'utf8');
  await assert.rejects(handle(replacing, handled, { store: fileStore(path) }), OtherKeyError);
  assert.equal(await readFile(path, 'utf8'), stored);
  await handle(replacing, handled, { store: fileStore(path), rotated: true });
  assert.deepEqual(sorted(handled), everyId);
});

test('what was done of a pull of another client, a sandbox for example, is done of none of this one', async (t) => {
  const { client, path } = await fresh(t);
  const live = (await fresh(t)).client;
  const own = { store: fileStore(path), limit: 10 };
  await assert.rejects(handle(client, [], { ...own, fails: 8 }), /the CRM is away/);
  const handled: number[] = [];
  // Interrupted before and after the first contact is done.
  for (const fails of [1, 4, 8]) {
    await assert.rejects(handle(live, handled, { ...own, rotated: true, fails }), /is away/);
  }
  assert.deepEqual(handled, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('a store that holds something else pulls nothing, and keeps it', async (t) => {
  const { client, path } = await fresh(t);
  const kept = { idempotencyKey: 'k1', parameters: {}, done: [] };
  const others = [
    { name: 'my-package' },
    [],
    { ...kept, idempotencyKey: '' },
    { ...kept, done: 1 },
  ];
  for (const other of others) {
    const text = JSON.stringify(other);
    await writeFile(path, text);
    const loop = handle(client, [], { store: fileStore(path) });
    await assert.rejects(loop, /pending\.json should name the pull .* holds something else/);
    assert.equal(await readFile(path, 'utf8'), text);

    const load = async () => other as unknown as PendingPull;
    const own = handle(client, [], { store: { ...memoryStore(), load } });
    await assert.rejects(own, /The store holds something else than a pending pull/);
  }
  assert.equal((await client.getPulledContacts()).contacts.length, 0);
});

test('a write that fails leaves no file behind', async (t) => {
  const { path } = await fresh(t);
  await mkdir(path);
  await writeFile(join(path, 'taken'), '');
  const pending = { idempotencyKey: 'k1', parameters: {}, done: [] };
  await assert.rejects(fileStore(path).save(pending));
  assert.deepEqual(await readdir(join(path, '..')), ['pending.json']);
});

test('a file of an older version, which names no key, is gone on with', async (t) => {
  const { client, path } = await fresh(t);
  await client.pullContacts({}, { idempotencyKey: 'k1' });
  await writeFile(path, JSON.stringify({ idempotencyKey: 'k1', parameters: {}, done: [1, 2] }));
  const handled: number[] = [];
  await handle(client, handled, { store: fileStore(path) });
  assert.deepEqual(sorted(handled), everyId.slice(2));
});

test('a pull of more than 30 days ago can not be repeated: nothing is pulled in its stead', async (t) => {
  const { client, path } = await fresh(t);
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const pending = (begunAt: string) =>
    JSON.stringify({ idempotencyKey: 'k1', parameters: {}, done: [1], begunAt });
  const old = pending(daysAgo(31));
  await writeFile(path, old);
  const loop = handle(client, [], { store: fileStore(path) });
  await assert.rejects(
    loop,
    /The store names a pull that was begun on \d{4}-\d\d-\d\d, too long ago/,
  );
  assert.equal(await readFile(path, 'utf8'), old);
  assert.equal((await client.getPulledContacts()).contacts.length, 0);

  await writeFile(path, pending(daysAgo(29)));
  const handled: number[] = [];
  await handle(client, handled, { store: fileStore(path) });
  assert.deepEqual(sorted(handled), everyId.slice(1));
});

test('what is stored of a pull says when it was begun', async (t) => {
  const { client, path } = await fresh(t);
  const before = Date.now();
  await assert.rejects(handle(client, [], { store: fileStore(path), fails: 1 }), /away/);
  const { begunAt } = JSON.parse(await readFile(path, 'utf8'));
  assert.ok(Date.parse(begunAt) >= before && Date.parse(begunAt) <= Date.now(), begunAt);
});
