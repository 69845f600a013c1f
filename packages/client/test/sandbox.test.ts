import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Contact, type Scenario, scenarios } from '@relais/contract';
import { createKey } from '../../server/src/changes/keyring.ts';
import { createSandbox } from '../../server/src/sandbox/sandbox.ts';
import { insertClient } from '../../server/src/store/clients.ts';
import { PULLED, READY } from '../../server/test/support/crm.ts';
import { freshServer, type TestServer } from '../../server/test/support/server.ts';
import { type Attempt, Relais } from '../src/index.ts';

let server: TestServer;
let apiKey: string;
before(async () => {
  server = await freshServer();
  const database = await createSandbox(server, 'sandbox');
  const client = await insertClient(database.db, 'Integrator');
  const key = await createKey(
    server.databases,
    database,
    {
      id_client: client?.id ?? 0,
      regions: [30],
      id_statut_ready: READY,
      id_statut_pulled: PULLED,
      operations: null,
      ip_ranges: null,
      expires_at: null,
    },
    'command:test',
  );
  apiKey = key.text;
});
after(() => server.close());

/** A client that notes what became of each of its tries. */
function fresh() {
  const tries: (string | undefined)[] = [];
  const onAttempt = ({ error }: Attempt) => void tries.push(error && (error.code ?? error.name));
  return { client: new Relais({ apiKey, baseUrl: server.url, onAttempt }), tries };
}

const idsOf = (contacts: readonly Contact[]) => contacts.map(({ action_id }) => action_id);

test('a reset makes the same contacts ready, whatever was pulled', async () => {
  const { client } = fresh();
  await client.resetSandbox();
  const before = await client.readContacts();
  assert.ok(before.contacts.length > 20);
  await client.pullContacts({ limit: 50 });
  await client.resetSandbox();
  assert.deepEqual(await client.readContacts(), before);
  assert.deepEqual((await client.getPulledContacts()).contacts, []);
  const pull = await client.pullContacts({ limit: 1 });
  assert.equal(pull.seq, 1);
});

/** What the client's tries are while a scenario goes wrong. */
const expected: Readonly<Record<Scenario, readonly (string | undefined)[]>> = {
  lost_response: ['ConnectionError', undefined],
  slow: [undefined],
  rate_limited: ['rate_limited', undefined],
  server_error_once: ['internal_error', undefined],
  big_batch: [undefined],
  hostile_text: [undefined],
};

for (const scenario of Object.keys(scenarios) as Scenario[]) {
  test(`${scenario}: a pull brings what was ready, once`, async () => {
    const { client, tries } = fresh();
    await client.resetSandbox();
    const ready = idsOf((await client.readContacts({ limit: 7 })).contacts);
    tries.length = 0;
    const pull = await client.pullContacts({ limit: 7, scenario });
    assert.deepEqual(tries, expected[scenario]);
    assert.deepEqual(idsOf(pull.contacts), ready);
    assert.equal(pull.replayed, scenario === 'lost_response');
    assert.equal((await client.getPulledContacts()).contacts.length, 7);
  });
}

test('a big batch is big, and hostile texts come through as they are', async () => {
  const { client } = fresh();
  const { contacts: big } = await client.readContacts({ limit: 5, scenario: 'big_batch' });
  assert.ok(big.every(({ action_commentaire }) => action_commentaire?.length === 20_000));
  const { contacts: hostile } = await client.readContacts({ scenario: 'hostile_text' });
  const text = JSON.stringify(hostile);
  for (const piece of ['<script>', '=HYPERLINK', '\u202e', '👩‍👩‍👧‍👦', 'محمد']) {
    assert.ok(text.includes(piece), piece);
  }
  const again = await client.readContacts({ scenario: 'hostile_text' });
  assert.deepEqual(again.contacts, hostile);
});

test('every operation rehearses, and an unknown scenario is named', async () => {
  const { client, tries } = fresh();
  await client.getRegions({ scenario: 'rate_limited' });
  await client.getProgrammes({ scenario: 'server_error_once' });
  await client.getPulledContacts({ scenario: 'lost_response' });
  assert.deepEqual(tries, [
    'rate_limited',
    undefined,
    'internal_error',
    undefined,
    'ConnectionError',
    undefined,
  ]);
  await assert.rejects(
    client.getRegions({ scenario: 'lost_responze' as Scenario }),
    /"scenario": is none. Did you mean "lost_response"\?/,
  );
});
