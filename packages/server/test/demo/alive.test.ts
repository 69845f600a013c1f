import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { exampleContact } from '@relais/contract';
import { startTraffic } from '../../src/demo/alive/traffic.ts';
import { type Demo, prepareDemo } from '../../src/demo/prepare.ts';
import { contactsOf, freshServer, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';

const FOR_EVER = 2 ** 31 - 1;

/** A pace without waits for so many leads and pulls, and a promise that they are done. */
function atOnce(leads: number, pulls: number) {
  const leadsDone = Promise.withResolvers<void>();
  const pullsDone = Promise.withResolvers<void>();
  const until = (most: number, reached: () => void) => (_: unknown, done: number) => {
    if (done < most) return 0;
    reached();
    return FOR_EVER;
  };
  return {
    pace: { lead: until(leads, leadsDone.resolve), pull: until(pulls, pullsDone.resolve) },
    done: Promise.all([leadsDone.promise, pullsDone.promise]),
  };
}

let server: TestServer;
let dataDir: string;
let demo: Demo;
let call: SignedIn['call'];
const prepare = () => prepareDemo(server, { ...server.config, dataDir }, () => {});

before(async () => {
  server = await freshServer();
  // The demo makes its databases where there are none.
  await server.databases.catalog.deleteFrom('crm_database').execute();
  dataDir = await mkdtemp(join(tmpdir(), 'relais-demo-'));
  demo = await prepare();
  ({ call } = await signedIn(server));
});
after(async () => {
  await server?.close();
  if (dataDir) await rm(dataDir, { recursive: true, force: true });
});

const ofDemo = { database: 'demo' };

test('the first minute has a past of 30 days, and the published contact is first', async () => {
  const today = await call('getToday', {}, ofDemo);
  assert.ok(today.leads.days.filter(({ accepted }) => accepted > 0).length >= 25);
  assert.ok(today.pulled.days.filter(({ contacts }) => contacts > 0).length >= 25);
  assert.ok(today.quarantine.total > 0);
  assert.deepEqual(
    today.silent_clients.map(({ client_id }) => client_id),
    [demo.clients.silent.id],
  );
  assert.ok(today.silent_clients[0]?.last_used_at);
  assert.deepEqual(
    today.silent_sources.map(({ source }) => source),
    ['demo-newsletter'],
  );
  assert.equal(today.uncertain_pulls.total, 1);
  assert.equal(today.keys.length, 1);
  const read = { operation: 'readContacts', limit: 1 };
  const [contact] = contactsOf(await server.send(demo.clients.visitor.key, read));
  assert.equal(contact?.action_id, exampleContact.action_id);

  const again = await prepare();
  assert.deepEqual(
    [again.clients, again.sandboxKey, again.doors],
    [demo.clients, demo.sandboxKey, demo.doors],
  );
  const { at: _, ...unchanged } = today;
  const { at: __, ...now } = await call('getToday', {}, ofDemo);
  assert.deepEqual(now, unchanged);
});

test('leads come in by each door, some with a fault, and clients pull', async () => {
  const earlier = await call('getToday', {}, ofDemo);
  const { pace, done } = atOnce(26, 4);
  const traffic = startTraffic({
    url: server.url,
    doors: demo.doors,
    clients: demo.clients.busy,
    seed: 1,
    say: assert.fail,
    pace,
  });
  await done;
  await traffic.stop();

  const later = await call('getToday', {}, ofDemo);
  const leads = ({ leads }: typeof later, what: 'accepted' | 'merged' | 'quarantined') =>
    leads.days.reduce((sum, day) => sum + day[what], 0);
  for (const what of ['accepted', 'merged', 'quarantined'] as const) {
    assert.ok(leads(later, what) > leads(earlier, what), what);
  }
  const waiting = ({ quarantine }: typeof later, code: string) =>
    quarantine.reasons.find((reason) => reason.code === code)?.leads ?? 0;
  for (const code of ['test_lead', 'no_consent', 'honeypot', 'no_contact_details']) {
    assert.equal(waiting(later, code), waiting(earlier, code) + 1, code);
  }
  assert.equal(waiting(later, 'unknown_programme'), waiting(earlier, 'unknown_programme') + 2);
  const pulls = await call('listPulls', { limit: 4 }, ofDemo);
  assert.deepEqual(
    pulls.items.map(({ idempotent }) => idempotent),
    [true, true, true, true],
  );
  assert.equal(new Set(pulls.items.map(({ client_id }) => client_id)).size, 2);
});

test('a server that does not answer is told once, and stops nothing', async () => {
  const nobody = createServer().listen(0, '127.0.0.1');
  await once(nobody, 'listening');
  const address = nobody.address();
  nobody.close();
  const said: string[] = [];
  const { pace, done } = atOnce(3, 3);
  const traffic = startTraffic({
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    doors: demo.doors,
    clients: demo.clients.busy,
    seed: 1,
    say: (sentence) => said.push(sentence),
    pace,
  });
  await done;
  await traffic.stop();
  assert.deepEqual(said.sort(), [
    "The demo's lead failed (no answer); it goes on trying.",
    "The demo's pull failed (no answer); it goes on trying.",
  ]);
});
