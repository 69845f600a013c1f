import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { watch as watchFolder } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { temporaryFolder } from '../../server/test/support/command.ts';
import { queueCrm } from '../../server/test/support/crm.ts';
import { freshInstallation, loadInto } from '../../server/test/support/installation.ts';
import { localServer } from '../../server/test/support/localServer.ts';
import { type ServerProcess, spawnServer } from '../../server/test/support/server.ts';
import { type Contact, Relais } from '../src/index.ts';
import { type Ended, startClient } from './support/cli.ts';
import { type Mischief, openProxy } from './support/proxy.ts';
import { seeded } from './support/random.ts';

const MISCHIEF: Mischief = { refused: 0.06, lost: 0.1, torn: 0.1, altered: 0.1, late: 0.1 };
/** How often a client is killed at a moment of a request, and the server at the beginning of one. */
const CLIENT_DIES = 0.08;
const SERVER_DIES = 0.04;
/** And at a moment when its output has changed. */
const CLIENT_DIES_WRITING = 0.15;

/** A server that dies now and then, behind a proxy that cuts and alters, and its clients' deaths. */
async function chaos(t: TestContext, contacts: number, seed: number) {
  const random = seeded(seed);
  const installation = await freshInstallation();
  await loadInto(installation.main, queueCrm(contacts));
  const key = (await installation.key('Promoteur X')).text;
  const env = { DATABASE_URL: installation.catalogUrl };
  let server: ServerProcess | undefined = await spawnServer(env);
  let client: ChildProcess | undefined;
  let starting: Promise<void> | undefined;
  const deaths = { client: 0, server: 0 };
  const restart = async () => {
    await server?.end('SIGKILL');
    server = undefined;
    server = await spawnServer(env);
    starting = undefined;
  };
  const die = (chance: number) => {
    if (random() < chance && client?.kill('SIGKILL')) deaths.client += 1;
  };
  const proxy = await openProxy({
    target: () => server?.url,
    mischief: MISCHIEF,
    random,
    onMoment(moment) {
      if (moment === 'asked' && !starting && random() < SERVER_DIES) {
        deaths.server += 1;
        starting = restart();
      }
      die(CLIENT_DIES);
    },
  });
  t.after(async () => {
    await starting;
    await proxy.close();
    await server?.end();
    await installation.close();
  });
  return {
    proxy,
    deaths,
    /** Kills the client now and then when this file has just been written to. */
    watch(path: string) {
      const watcher = watchFolder(dirname(path), (_event, name) => {
        if (name === basename(path)) die(CLIENT_DIES_WRITING);
      });
      t.after(() => watcher.close());
    },
    /** What was pulled, as the server has it. */
    async pulled(): Promise<Map<number, Contact>> {
      const client = new Relais({ apiKey: key, baseUrl: server?.url ?? '' });
      const found = new Map<number, Contact>();
      let cursor: string | undefined;
      do {
        const page = await client.getPulledContacts(cursor ? { cursor } : {});
        for (const contact of page.contacts) found.set(contact.action_id, contact);
        cursor = page.next;
      } while (cursor);
      return found;
    },
    /** Runs the command until it ends well; killed, or failed for a moment, it is run again. */
    async insist(args: readonly string[], extra: Record<string, string> = {}): Promise<void> {
      for (let run = 0; run < 1000; run += 1) {
        const started = startClient([...args, '--timeout', '5'], {
          RELAIS_API_KEY: key,
          RELAIS_BASE_URL: proxy.url,
          ...extra,
        });
        client = started.child;
        const ended: Ended = await started.ended;
        if (ended.code === 0) return;
        const expected = ended.signal === 'SIGKILL' || ended.code === 5;
        assert.ok(expected, `${ended.code} ${ended.signal} ${ended.stderr}`);
      }
      assert.fail('it never ended well');
    },
  };
}

const idsFrom = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const sorted = (ids: readonly number[]) => [...ids].sort((left, right) => left - right);

test('of 4,000 contacts each is a line once, whatever is cut, altered or killed', async (t) => {
  const { insist, proxy, deaths, pulled, watch } = await chaos(t, 4_000, 1);
  const folder = await temporaryFolder(t);
  const path = join(folder, 'contacts.jsonl');
  watch(path);
  await insist(['pull', '--out', path]);
  const lines = (await readFile(path, 'utf8')).split('\n');
  assert.equal(lines.pop(), '');
  const contacts: Contact[] = lines.map((line) => JSON.parse(line));
  assert.deepEqual(sorted(contacts.map(({ action_id }) => action_id)), idsFrom(4_000));
  // And as it was sent, to the last byte.
  const asSent = await pulled();
  for (const contact of contacts) assert.deepEqual(contact, asSent.get(contact.action_id));
  // It was as bad as it was meant to be.
  assert.ok(deaths.client > 0 && deaths.server > 0, JSON.stringify(deaths));
  for (const kind of ['lost', 'torn', 'altered'] as const) assert.ok(proxy.done[kind] > 0, kind);
});

test('a CSV file of every night has each contact once, under one header', async (t) => {
  const { insist, watch } = await chaos(t, 2_000, 2);
  const folder = await temporaryFolder(t);
  const path = join(folder, 'contacts.csv');
  watch(path);
  for (const limit of ['700', '700', '1000'])
    await insist(['pull', '--out', path, '--limit', limit]);
  const rows: Record<string, string>[] = parse(await readFile(path), { columns: true });
  assert.deepEqual(sorted(rows.map(({ action_id }) => Number(action_id))), idsFrom(2_000));
});

test('an address is sent each contact, signed, and may tell a repeat by its id', async (t) => {
  const { insist } = await chaos(t, 400, 3);
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const random = seeded(4);
  const taken = new Map<string, string>();
  const url = await localServer(t, async (request, response) => {
    const body = await text(request);
    const id = String(request.headers['webhook-id']);
    const signed = `${id}.${request.headers['webhook-timestamp']}.${body}`;
    const signature = createHmac('sha256', Buffer.alloc(32, 7)).update(signed).digest('base64');
    assert.equal(request.headers['webhook-signature'], `v1,${signature}`);
    assert.equal(request.headers['idempotency-key'], id);
    if (random() < 0.05) return void response.destroy();
    if (random() < 0.05) return void response.writeHead(503, { 'retry-after': '0' }).end();
    const event = JSON.parse(body);
    assert.equal(taken.get(id) ?? JSON.stringify(event.data), JSON.stringify(event.data));
    taken.set(id, JSON.stringify(event.data));
    response.writeHead(204).end();
  });
  const journal = join(await temporaryFolder(t), 'journal.json');
  const out = `${url}/leads`;
  await insist(['pull', '--out', out, '--journal', journal], { RELAIS_WEBHOOK_SECRET: secret });
  assert.deepEqual(sorted([...taken.keys()].map(Number)), idsFrom(400));
});
