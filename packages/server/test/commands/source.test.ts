import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Commands, commandsIn, temporaryFolder } from '../support/command.ts';
import { publishedCrm } from '../support/crm.ts';
import { tablesOf } from '../support/importing.ts';
import { loadInto } from '../support/installation.ts';
import { answerOf, makeSource, postJson } from '../support/intake.ts';
import { freshServer, type TestServer } from '../support/server.ts';

const SECRET = 'the secret of an installation, long enough';

let server: TestServer;
let commands: Commands;
before(async () => {
  server = await freshServer({ RELAIS_SECRET: SECRET });
  commands = commandsIn({ DATABASE_URL: server.catalogUrl, RELAIS_SECRET: SECRET });
  await loadInto(server.main, publishedCrm());
});
after(() => server.close());

const post = (source: string, token: string, lead: object) =>
  postJson(server.url, source, token, lead);
const send = async (...lead: Parameters<typeof post>) => answerOf(await post(...lead));

const ready = ['--statut', 'À transmettre'];
const TOKEN = /^relais_intake_\w{30}$/;

/** Meta's secrets in a file. */
async function metaSecrets(t: TestContext) {
  const file = join(await temporaryFolder(t), 'meta.json');
  const secrets = { app_secret: 'app-secret-of-meta', access_token: 'access-token-of-meta' };
  await writeFile(file, JSON.stringify(secrets));
  return { file, texts: Object.values(secrets) };
}

test('a source of each channel is created, and its token stands alone on standard output', async () => {
  const options: Record<string, string[]> = {
    json: ['--programme', '145'],
    form: ['--origins', 'https://www.example.com', '--redirect', 'https://www.example.com/merci'],
    google: ['--map', '40000000000=145', 'campagne aube=145'],
  };
  for (const [channel, more] of Object.entries(options)) {
    const name = `each-${channel}`;
    const { stdout, stderr } = await commands.done(
      ...['source', 'create', name, '--channel', channel, ...ready, ...more],
    );
    assert.match(stdout.trimEnd(), TOKEN);
    assert.match(stderr, /token of the source\. It is shown this once: keep it now\./);
    if (channel !== 'json') continue;
    const { outcome } = await send(name, stdout.trim(), { email: 'each@example.com' });
    assert.equal(outcome, 'accepted');
  }
  const files = await commands.done('source', 'create', 'each-file', '--channel', 'file', ...ready);
  assert.equal(files.stdout, 'Created the source "each-file". Fill it with: relais import\n');
  const created = await commands.json(
    'source',
    'create',
    'each-json2',
    '--channel',
    'json',
    ...ready,
  );
  assert.deepEqual(Object.keys(created), ['nom', 'channel', 'token']);
  assert.match(created.token, TOKEN);
});

test('the secrets of Meta come from a file or standard input, and are shown nowhere', async (t) => {
  const { file, texts } = await metaSecrets(t);
  const meta = ['--channel', 'meta', ...ready, '--meta-forms', '1811616845554330', '--consent'];
  const created = await commands.done(
    'source',
    'create',
    'meta-file',
    ...meta,
    '--meta-secrets',
    file,
  );
  assert.match(created.stdout.trimEnd(), TOKEN);
  const main = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));
  const piped = await promisify(execFile)(
    'sh',
    [
      ...[
        '-c',
        '"$0" "$1" source create meta-pipe --channel meta --statut "À transmettre" \
        --meta-secrets - < "$2"',
        process.execPath,
        main,
        file,
      ],
    ],
    { env: { ...process.env, DATABASE_URL: server.catalogUrl, RELAIS_SECRET: SECRET } },
  );
  assert.match(piped.stdout.trimEnd(), TOKEN);
  const listed = await commands.done('source', 'list', '--json');
  const stored = JSON.stringify(await tablesOf(server.main.db));
  for (const text of [...texts, created.stdout.trim()]) {
    for (const said of [created.stderr, piped.stdout, piped.stderr, listed.stdout, stored]) {
      assert.ok(!said.includes(text));
      assert.ok(!said.includes(Buffer.from(text).toString('hex')));
    }
  }
});

test('source list tells in a stable shape what there is', async () => {
  await makeSource(server, 'listed', 'json', { id_programme: 145 });
  const rows = await commands.json('source', 'list');
  const row = rows.find(({ nom }: { nom: string }) => nom === 'listed');
  assert.deepEqual(row, {
    ...{ nom: 'listed', channel: 'json', environment: 'live', state: 'open' },
    ...{ statut: 'À transmettre', statut_review: 'À transmettre' },
    ...{ programme: "Les Jardins de l'Aube", mapped: 0, consent_required: false, origins: null },
    ...{ rate_limit: 1_000_000, leads: 0, quarantined: 0, last_lead_at: null, problem: null },
  });
  const human = await commands.done('source', 'list');
  assert.match(
    human.stdout,
    /^nom +channel +state +statut +programme +consent +leads \(30 days\) /,
  );
});

test('a text that is mapped names its programme from the next lead on', async () => {
  const token = await makeSource(server, 'mapped', 'json');
  const lead = { telephone: '0612340001', programme: 'T3 aube' };
  assert.equal((await send('mapped', token, lead)).outcome, 'quarantined');
  const mapped = await commands.json(
    'source',
    'map',
    'mapped',
    'T3 Aube=145',
    '1811616845554330=145',
  );
  assert.deepEqual(mapped, { nom: 'mapped', mapped: 2 });
  assert.equal((await send('mapped', token, lead)).outcome, 'accepted');
  const waiting = await commands.json('quarantine', 'release', '--source', 'mapped');
  assert.deepEqual(
    waiting.map((row: { outcome: string }) => row.outcome),
    ['merged'],
  );
});

test('a token that is rotated works for the overlap, and then no more', async () => {
  const old = await makeSource(server, 'rotated', 'json', { id_programme: 145 });
  const first = await commands.done('source', 'rotate', 'rotated', '--overlap', '7d');
  assert.match(first.stdout.trimEnd(), TOKEN);
  const lead = { email: 'rotated@example.com' };
  for (const token of [old, first.stdout.trim()]) {
    assert.equal((await post('rotated', token, lead)).status, 200);
  }
  const { nom, token, ...more } = await commands.json(
    'source',
    'rotate',
    'rotated',
    '--overlap',
    '0h',
  );
  assert.deepEqual([nom, more], ['rotated', {}]);
  assert.equal((await post('rotated', token, lead)).status, 200);
  for (const ended of [old, first.stdout.trim()]) {
    assert.equal((await post('rotated', ended, lead)).status, 401);
  }
});

test('the leads of a paused source wait, and come in once it is resumed and they are released', async () => {
  const token = await makeSource(server, 'paused', 'json', { id_programme: 145 });
  assert.deepEqual(await commands.json('source', 'pause', 'paused'), {
    nom: 'paused',
    state: 'paused',
  });
  const held = await send('paused', token, { email: 'p@example.com' });
  assert.equal(held.reasons[0]?.code, 'source_paused');
  const listed = await commands.json('source', 'list');
  assert.equal(listed.find(({ nom }: { nom: string }) => nom === 'paused').state, 'paused');
  const resumed = await commands.done('source', 'resume', 'paused');
  assert.match(resumed.stdout, /relais quarantine release --source paused\n$/);
  const [released] = await commands.json('quarantine', 'release', '--source', 'paused');
  assert.equal(released.outcome, 'accepted');
});

test('a name is one source in the whole installation', async () => {
  const second = await server.create('second');
  await loadInto(second, publishedCrm());
  await makeSource(server, 'once', 'json');
  const args = ['source', 'create', 'once', '--channel', 'json', ...ready];
  const taken = await commands.run(...args, '-d', 'second');
  assert.equal(taken.code, 1);
  assert.match(taken.stderr, /There is a source "once" already\./);
  assert.deepEqual(await commands.json('source', 'list', '-d', 'second'), []);
  const ambiguous = await commands.run('source', 'list');
  assert.equal(ambiguous.code, 2);
  assert.match(ambiguous.stderr, /Name the CRM database with --database: main, second\./);
});
