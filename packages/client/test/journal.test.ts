import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { after, before, type TestContext, test } from 'node:test';
import { localServer } from '../../server/test/support/localServer.ts';
import { freshServer, type TestServer } from '../../server/test/support/server.ts';
import { csvHeader, csvLine } from '../src/cli/csv.ts';
import { Relais } from '../src/index.ts';
import { idsIn, openCommands } from './support/queue.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

const fresh = (t: TestContext) => openCommands(server, t, 10);

test('of two that pull with one journal the second is told, and a lock that nobody holds is not in the way', async (t) => {
  const { run, folder } = await fresh(t);
  const out = join(folder, 'contacts.jsonl');
  const lock = join(folder, '.relais-client.json.lock');
  await writeFile(lock, `${process.pid} another`);
  const second = await run('pull', '--out', out);
  assert.equal(second.code, 5);
  assert.match(second.stderr, /Another process is using/);
  // No process has this id.
  await writeFile(lock, '4194305 another');
  assert.equal((await run('pull', '--out', out)).code, 0);
});

/** What a journal keeps of a key. */
const keyMarkOf = (key: string) => createHash('sha256').update(key).digest('hex').slice(0, 16);

/** Leaves a journal in a folder, as a run that was killed would, and gives its path. */
async function leaveJournal(
  folder: string,
  entry: {
    key: string;
    output: string;
    limit: number;
    mark?: number;
    end?: number;
    pull?: string;
    done?: readonly number[];
    format?: 'csv' | 'jsonl';
    begunAt?: string;
  },
): Promise<string> {
  const { limit, mark = 0, ...own } = entry;
  const pending = { idempotencyKey: 'k1', parameters: { limit }, done: [] };
  const path = join(folder, '.relais-client.json');
  await writeFile(path, JSON.stringify({ ...pending, format: 'jsonl', ...own, mark }));
  return path;
}

test('what another key began is not mixed with what this one pulls', async (t) => {
  const { run, runAs, folder, database } = await fresh(t);
  const out = join(folder, 'contacts.jsonl');
  await leaveJournal(folder, { key: 'another', output: out, limit: 3 });
  const refused = await run('pull', '--out', out);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /another API key/);
  const { text } = await server.key('Promoteur X', { database });
  const rotated = await runAs({ RELAIS_API_KEY: text }, 'pull', '--out', out, '--rotated');
  assert.equal(rotated.code, 0, rotated.stderr);
  assert.equal((await readFile(out, 'utf8')).trim().split('\n').length, 10);
});

test('what another run wrote where a killed one would have gone on is not written over', async (t) => {
  const { run, folder, key } = await fresh(t);
  const out = join(folder, 'contacts.jsonl');
  const client = new Relais({ apiKey: key, baseUrl: server.url });
  await client.pullContacts({ limit: 5 }, { idempotencyKey: 'k1' });
  // Killed after it had noted where the batch belongs, before a byte of it was written.
  await leaveJournal(folder, { key: keyMarkOf(key), output: out, limit: 5, end: 10_000 });
  const own = ['--journal', join(folder, 'other.json')];
  assert.equal((await run('pull', '--out', out, '--limit', '3', ...own)).code, 0);
  const refused = await run('pull', '--out', out);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /did not write.*move the file away/);
  assert.deepEqual(await idsIn(out), [6, 7, 8]);
  await rename(out, join(folder, 'aside.jsonl'));
  assert.equal((await run('pull', '--out', out)).code, 0);
  assert.deepEqual(await idsIn(out), [1, 2, 3, 4, 5, 9, 10]);
});

test('a half of a released pull is cut off, and what another run wrote there is not', async (t) => {
  const { run, folder, key } = await fresh(t);
  const out = join(folder, 'contacts.csv');
  const client = new Relais({ apiKey: key, baseUrl: server.url });
  const { contacts, id = '' } = await client.pullContacts({ limit: 5 }, { idempotencyKey: 'k1' });
  const half = `${csvHeader}${contacts.map(csvLine).join('')}`.slice(0, -100);
  const entry = { key: keyMarkOf(key), output: out, limit: 5, end: 10_000, pull: id };
  await leaveJournal(folder, { ...entry, format: 'csv' });
  await client.releasePull({ pullId: id, reason: 'a test' });
  const own = ['--journal', join(folder, 'other.json')];
  assert.equal((await run('pull', '--out', out, '--limit', '3', ...own)).code, 0);
  const theirs = await readFile(out);
  assert.equal((await run('pull', '--out', out)).code, 1);
  assert.deepEqual(await readFile(out), theirs);
  await writeFile(out, half);
  assert.equal((await run('pull', '--out', out)).code, 0);
  const written = (await readFile(out, 'utf8')).trim().split('\r\n');
  assert.deepEqual(
    written.slice(1).map((line) => Number(line.split(',', 1)[0])),
    [4, 5, 6, 7, 8, 9, 10],
  );
});

test('contacts of a pull that a repeat leaves out are told, however quiet', async (t) => {
  const { key, runAs, folder, database } = await fresh(t);
  const out = join(folder, 'contacts.jsonl');
  const client = new Relais({ apiKey: key, baseUrl: server.url });
  const { id } = await client.pullContacts({ limit: 6 }, { idempotencyKey: 'k1' });
  const narrow = (await server.key('Promoteur X', { database, regions: [30] })).text;
  await leaveJournal(folder, { key: keyMarkOf(narrow), output: out, limit: 6 });
  const pulled = await runAs({ RELAIS_API_KEY: narrow }, 'pull', '--out', out, '--quiet');
  assert.equal(pulled.code, 0);
  assert.match(
    pulled.stderr,
    new RegExp(
      `^relais-client: 3 contacts of the pull ${id} did not come: .+ Ask the agency\\.\n$`,
    ),
  );
  assert.deepEqual(await idsIn(out), [1, 3, 5, 7, 9]);
});

test('a half of a pull of which a repeat leaves out everything is cut off', async (t) => {
  const { key, runAs, folder, database } = await fresh(t);
  const out = join(folder, 'contacts.csv');
  const client = new Relais({ apiKey: key, baseUrl: server.url });
  const { contacts, id = '' } = await client.pullContacts({ limit: 1 }, { idempotencyKey: 'k1' });
  await writeFile(out, `${csvHeader}${contacts.map(csvLine).join('')}`.slice(0, -100));
  const narrow = (await server.key('Promoteur X', { database, regions: [62] })).text;
  const entry = { key: keyMarkOf(narrow), output: out, limit: 1, end: 10_000, pull: id };
  await leaveJournal(folder, { ...entry, format: 'csv' });
  const pulled = await runAs({ RELAIS_API_KEY: narrow }, 'pull', '--out', out);
  assert.match(pulled.stderr, /1 contact of the pull .* did not come/);
  const written = (await readFile(out, 'utf8')).trim().split('\r\n');
  assert.deepEqual(
    written.map((line) => line.split(',', 1)[0]),
    ['action_id', '2', '4', '6', '8', '10'],
  );
});

test('what a sandbox sent to an address is not taken for what was sent of a client of another', async (t) => {
  const { runAs, folder, key } = await fresh(t);
  const taken: string[] = [];
  const receiver = await localServer(t, (request, response) => {
    request.resume();
    taken.push(String(request.headers['idempotency-key']));
    response.writeHead(204).end();
  });
  const output = `${receiver}/`;
  const pull = '5f0c1f5e-7d0a-4c59-9a5e-2f1d6a3b8c41';
  const journal = await leaveJournal(folder, {
    key: 'of the sandbox',
    output,
    limit: 10,
    done: [1, 2, 3],
    pull,
  });
  const secret = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`;
  const { code, stderr } = await runAs(
    { RELAIS_API_KEY: key, RELAIS_WEBHOOK_SECRET: secret, XDG_STATE_HOME: folder },
    ...['pull', '--out', output, '--journal', journal, '--rotated'],
  );
  assert.equal(code, 0, stderr);
  assert.deepEqual(taken, ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
});

test('what a receiver did not take is told wherever one pulls next, and goes to its new address', async (t) => {
  const { runAs, folder, key } = await fresh(t);
  const taken: string[] = [];
  const receiver = (most: number) =>
    localServer(t, (request, response) => {
      request.resume();
      if (taken.length === most) return void response.writeHead(410).end();
      taken.push(String(request.headers['webhook-id']));
      response.writeHead(204).end();
    });
  const secret = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`;
  const env = { RELAIS_API_KEY: key, RELAIS_WEBHOOK_SECRET: secret, XDG_STATE_HOME: folder };
  const old = await receiver(2);
  const failed = await runAs(env, 'pull', '--out', old, '--limit', '4');
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /:\d+ did not take contact 3: .* with the same --out\.\n$/);

  const file = join(folder, 'contacts.jsonl');
  const elsewhere = await runAs(env, 'pull', '--out', file, '--limit', '1', '--quiet');
  assert.equal(elsewhere.code, 0);
  assert.match(elsewhere.stderr, new RegExp(`a pull for ${new URL(old).host} unfinished`));
  assert.deepEqual(await idsIn(file), [5]);

  const moved = await runAs(env, 'pull', '--out', await receiver(10), '--limit', '3', '--moved');
  assert.deepEqual([moved.code, moved.stderr], [0, '']);
  assert.deepEqual(taken, ['1', '2', '3', '4']);
});

test('a pull that could not be sent at first, and asks for a wrong region, is not in the way', async (t) => {
  const { key, run, runAs, folder } = await fresh(t);
  const out = join(folder, 'contacts.jsonl');
  let asked = 0;
  const busy = await localServer(t, async (request, response) => {
    asked += 1;
    if (asked === 1) return void response.writeHead(503).end();
    const { status, headers, body } = await fetch(`${server.url}${request.url}`, {
      method: 'POST',
      headers: { 'x-api-key': key },
      body: await text(request),
    });
    response.writeHead(status, [...headers].flat());
    await pipeline(body ?? [], response);
  });
  const env = { RELAIS_API_KEY: key, RELAIS_BASE_URL: busy };
  const wrong = await runAs(env, 'pull', '--out', out, '--region', '999');
  assert.deepEqual([wrong.code, asked], [3, 2]);
  assert.deepEqual(await readdir(folder), []);
  const corrected = await run('pull', '--out', out, '--region', '30');
  assert.equal(corrected.code, 0, corrected.stderr);
});

test('half a batch that a process left behind is written over, in the file of that day', async (t) => {
  const { run, folder, key } = await fresh(t);
  const yesterday = join(folder, 'contacts-1.jsonl');
  const today = join(folder, 'contacts-2.jsonl');
  await writeFile(yesterday, '{"action_id":0}\n{"action_id":1,"prosp');
  await leaveJournal(folder, { key: keyMarkOf(key), output: yesterday, limit: 4, mark: 16 });
  assert.equal((await run('pull', '--out', today)).code, 0);
  assert.deepEqual(await idsIn(yesterday), [0, 1, 2, 3, 4]);
  assert.deepEqual(await idsIn(today), [5, 6, 7, 8, 9, 10]);
});

test('a pull of more than 30 days ago, which can not be repeated, is told, and its half stays', async (t) => {
  const { run, folder, key } = await fresh(t);
  const out = join(folder, 'contacts.jsonl');
  await writeFile(out, '{"action_id":1,"prosp');
  const begunAt = new Date(Date.now() - 31 * 86_400_000).toISOString();
  const journal = await leaveJournal(folder, {
    key: keyMarkOf(key),
    output: out,
    limit: 4,
    begunAt,
  });
  const ran = await run('pull', '--out', out);
  assert.equal(ran.code, 1);
  assert.match(
    ran.stderr,
    /client\.json names a pull that was begun on .*then remove the file\.\n$/,
  );
  assert.equal(await readFile(out, 'utf8'), '{"action_id":1,"prosp');
  await rm(journal);
  await rm(out);
  assert.equal((await run('pull', '--out', out)).code, 0);
  assert.equal((await readFile(out, 'utf8')).trim().split('\n').length, 10);
});
