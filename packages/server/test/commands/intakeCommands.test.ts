import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { changeStatut } from '../../src/changeStatut.ts';
import { eachOf, type Ran, relais, temporaryFolder } from '../support/command.ts';
import { publishedCrm, QUALIFY, READY } from '../support/crm.ts';
import { tablesOf } from '../support/importing.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, postJson } from '../support/intake.ts';
import { freshServer, idsOf, type TestServer } from '../support/server.ts';

const SECRET = 'the secret of an installation, long enough';

let server: TestServer;
let key: string;
before(async () => {
  server = await freshServer({ RELAIS_SECRET: SECRET });
  await loadInto(server.main, publishedCrm());
  key = (await server.key('Promoteur X')).text;
  await server.send(key, { operation: 'pullContacts' });
});
after(() => server.close());

const run = (...args: string[]): Promise<Ran> =>
  relais({ DATABASE_URL: server.catalogUrl, RELAIS_SECRET: SECRET }, ...args);

/** Runs a command that has to succeed. */
async function done(...args: string[]): Promise<Ran> {
  const ran = await run(...args);
  assert.equal(ran.code, 0, ran.stderr);
  return ran;
}

const json = async (...args: string[]) => JSON.parse((await done(...args, '--json')).stdout);

const post = (source: string, token: string, lead: object) =>
  postJson(server.url, source, token, lead);

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
    const { stdout, stderr } = await done(
      ...['source', 'create', name, '--channel', channel, ...ready, ...more],
    );
    assert.match(stdout.trimEnd(), TOKEN);
    assert.match(stderr, /token of the source\. It is shown this once: keep it now\./);
    if (channel !== 'json') continue;
    const reply = await post(name, stdout.trim(), { email: 'each@example.com' });
    assert.equal(JSON.parse(reply.text).outcome, 'accepted');
  }
  const files = await done('source', 'create', 'each-file', '--channel', 'file', ...ready);
  assert.equal(files.stdout, 'Created the source "each-file". Fill it with: relais import\n');
  const created = await json('source', 'create', 'each-json2', '--channel', 'json', ...ready);
  assert.deepEqual(Object.keys(created), ['nom', 'channel', 'token']);
  assert.match(created.token, TOKEN);
});

test('the secrets of Meta come from a file or standard input, and are shown nowhere', async (t) => {
  const { file, texts } = await metaSecrets(t);
  const meta = ['--channel', 'meta', ...ready, '--meta-forms', '1811616845554330', '--consent'];
  const created = await done('source', 'create', 'meta-file', ...meta, '--meta-secrets', file);
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
  const listed = await done('source', 'list', '--json');
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
  const rows = await json('source', 'list');
  const row = rows.find(({ nom }: { nom: string }) => nom === 'listed');
  assert.deepEqual(row, {
    ...{ nom: 'listed', channel: 'json', environment: 'live', state: 'open' },
    ...{ statut: 'À transmettre', statut_review: 'À transmettre' },
    ...{ programme: "Les Jardins de l'Aube", mapped: 0, consent_required: false, origins: null },
    ...{ rate_limit: 1_000_000, leads: 0, quarantined: 0, last_lead_at: null, problem: null },
  });
  const human = await done('source', 'list');
  assert.match(
    human.stdout,
    /^nom +channel +state +statut +programme +consent +leads \(30 days\) /,
  );
});

test('a text that is mapped names its programme from the next lead on', async () => {
  const token = await makeSource(server, 'mapped', 'json');
  const lead = { telephone: '0612340001', programme: 'T3 aube' };
  assert.equal(JSON.parse((await post('mapped', token, lead)).text).outcome, 'quarantined');
  const mapped = await json('source', 'map', 'mapped', 'T3 Aube=145', '1811616845554330=145');
  assert.deepEqual(mapped, { nom: 'mapped', mapped: 2 });
  assert.equal(JSON.parse((await post('mapped', token, lead)).text).outcome, 'accepted');
  const waiting = await json('quarantine', 'release', '--source', 'mapped');
  assert.deepEqual(
    waiting.map((row: { outcome: string }) => row.outcome),
    ['merged'],
  );
});

test('a token that is rotated works for the overlap, and then no more', async () => {
  const old = await makeSource(server, 'rotated', 'json', { id_programme: 145 });
  const first = await done('source', 'rotate', 'rotated', '--overlap', '7d');
  assert.match(first.stdout.trimEnd(), TOKEN);
  const lead = { email: 'rotated@example.com' };
  for (const token of [old, first.stdout.trim()]) {
    assert.equal((await post('rotated', token, lead)).status, 200);
  }
  const { nom, token, ...more } = await json('source', 'rotate', 'rotated', '--overlap', '0h');
  assert.deepEqual([nom, more], ['rotated', {}]);
  assert.equal((await post('rotated', token, lead)).status, 200);
  for (const ended of [old, first.stdout.trim()]) {
    assert.equal((await post('rotated', ended, lead)).status, 401);
  }
});

test('the leads of a paused source wait, and come in once it is resumed and they are released', async () => {
  const token = await makeSource(server, 'paused', 'json', { id_programme: 145 });
  assert.deepEqual(await json('source', 'pause', 'paused'), { nom: 'paused', state: 'paused' });
  const held = JSON.parse((await post('paused', token, { email: 'p@example.com' })).text);
  assert.equal(held.reasons[0].code, 'source_paused');
  const listed = await json('source', 'list');
  assert.equal(listed.find(({ nom }: { nom: string }) => nom === 'paused').state, 'paused');
  const resumed = await done('source', 'resume', 'paused');
  assert.match(resumed.stdout, /relais quarantine release --source paused\n$/);
  const [released] = await json('quarantine', 'release', '--source', 'paused');
  assert.equal(released.outcome, 'accepted');
});

test('leads that wait are listed, released with what was wrong put right, or discarded', async () => {
  const { db } = server.main;
  const token = await makeSource(server, 'held', 'json', { consent_required: true });
  const send = (lead: object) => post('held', token, { nom: 'Bey', ...lead });
  await send({ telephone: '0612341001', programme: 'Les Jardins de lobe', consent: true });
  await send({ telephone: '0612341002', programme: '145' });
  await send({ programme: '145', consent: true });
  await send({ telephone: '0612341003' });
  const only = ['--source', 'held'];
  const rows = await json('quarantine', 'list', ...only);
  assert.equal(rows.length, 4);
  const [unknown, consent, nobody, last] = rows.map((row: { id: number }) => row.id);
  assert.deepEqual(Object.keys(rows[0]), ['id', 'source', 'received_at', 'reasons', 'draft']);
  const suggestion = "Peut-être « Les Jardins de l'Aube » (145)";
  assert.deepEqual(rows[0].reasons, [{ code: 'unknown_programme', suggestion }]);
  const human = await done('quarantine', 'list', ...only, '--reason', 'unknown_programme');
  assert.match(human.stdout, /^lead +source +received_at +name +programme +reasons +suggestion\n/);
  assert.equal(human.stdout.trim().split('\n').length, 3);
  const after = await json('quarantine', 'list', ...only, '--after', String(nobody));
  assert.deepEqual(
    after.map((row: { id: number }) => row.id),
    [last],
  );

  const release = async (id: number, ...args: string[]) => {
    const [row, ...others] = await json('quarantine', 'release', String(id), ...args);
    assert.deepEqual(others, []);
    return row;
  };
  const first = await release(unknown, '--programme', '145');
  assert.equal(first.outcome, 'accepted');
  for (const name of ['lead', 'outcome', 'action_id', 'prospect_id', 'matched_on', 'reasons']) {
    assert.ok(name in first, name);
  }
  assert.equal((await release(consent, '--consent')).outcome, 'accepted');
  assert.equal((await release(nobody)).outcome, 'quarantined');
  assert.equal((await release(nobody, '--email', 'bey@example.com')).outcome, 'accepted');
  const discarded = await json('quarantine', 'discard', String(last), '--reason', 'robot');
  assert.deepEqual(discarded, [{ lead: last, discarded: true }]);
  const none = await done('quarantine', 'list', ...only);
  assert.equal(none.stdout, 'No lead waits in quarantine.\n');

  const audit = await sql<{ act: string; target: string; detail: object }>`
    select audit.act, audit.target, audit.detail from audit
    where audit.target = ${`lead:${last}`} or audit.target = ${`lead:${unknown}`}
    order by audit.id`.execute(db);
  assert.deepEqual(audit.rows, [
    {
      ...{ act: 'lead.release', target: `lead:${unknown}` },
      detail: { outcome: 'accepted', corrected: 'programme' },
    },
    { act: 'lead.discard', target: `lead:${last}`, detail: { reason: 'robot' } },
  ]);
  const twice = await run('quarantine', 'release', String(last));
  assert.equal(twice.code, 4);
  assert.match(twice.stderr, /Some of these leads do not wait in quarantine\./);
});

test('a change of statut makes an action ready, and is recorded with who, when, why', async () => {
  await server.send(key, { operation: 'pullContacts' });
  const token = await makeSource(server, 'slow', 'json', {
    ...{ id_programme: 145, id_statut: QUALIFY },
  });
  const made = JSON.parse((await post('slow', token, { telephone: '0612342001' })).text);
  const id = String(made.action_id);
  const pull = () => server.send(key, { operation: 'pullContacts' });
  assert.deepEqual(idsOf(await pull()), []);
  const change = ['action', 'statut', id, '--to', 'À transmettre', '--reason', 'called'];
  assert.deepEqual(await json(...change), [{ action: made.action_id, outcome: 'changed' }]);
  const human = await done(...change);
  assert.match(human.stdout, new RegExp(`^action +outcome +problem\n${id} +unchanged +-\n$`));
  const pulled = await pull();
  assert.deepEqual(idsOf(pulled), [made.action_id]);

  const events = await json('action', 'history', id);
  const times = events.map(({ at }: { at: string }) => at);
  assert.deepEqual(times, [...times].sort());
  const [ready, given] = ['À transmettre', 'Transmis'];
  assert.deepEqual(
    events.map(({ at, ...event }: { at: string }) => event),
    [
      { event: 'lead', who: 'source:slow', from: null, to: null, why: 'accepted' },
      { event: 'statut', who: 'source:slow', from: null, to: 'À qualifier', why: null },
      { event: 'statut', who: 'command:action', from: 'À qualifier', to: ready, why: 'called' },
      {
        ...{ event: 'pull', who: 'client:Promoteur X', from: ready, to: given },
        why: `pull ${pulled.headers.get('pull-id')}`,
      },
    ],
  );

  // What a client has received is made ready by the release of its pull alone.
  const refused = await run(...change, '--json');
  assert.equal(refused.code, 1);
  const [{ outcome, problem }] = JSON.parse(refused.stdout);
  assert.equal(outcome, 'refused');
  assert.match(problem, /^It was pulled by "Promoteur X" at \S+Z: release that pull instead\.$/);
  assert.match(refused.stderr, /Some of these actions were left as they are\./);
  assert.deepEqual(idsOf(await pull()), []);
});

test('a release is in the history of what it put back, and of nothing else', async () => {
  const token = await makeSource(server, 'released', 'json', { id_programme: 145 });
  const send = async (telephone: string): Promise<number> =>
    JSON.parse((await post('released', token, { telephone })).text).action_id;
  const [back, acted] = [await send('0612342002'), await send('0612342003')];
  const pulled = await server.send(key, { operation: 'pullContacts' });
  await done('action', 'statut', String(acted), '--to', 'À qualifier', '--reason', 'returned');
  const pullId = pulled.headers.get('pull-id');
  await server.send(key, { operation: 'releasePull', pullId, reason: 'lost' });
  const last = async (id: number) => {
    const { event, why } = (await json('action', 'history', String(id))).at(-1);
    return [event, why];
  };
  assert.deepEqual(await last(back), ['release', 'lost']);
  assert.deepEqual(await last(acted), ['statut', 'returned']);
});

test('of two operators who saw the same version, the second is told', async () => {
  const token = await makeSource(server, 'versions', 'json', {
    ...{ id_programme: 145, id_statut: QUALIFY },
  });
  const made = JSON.parse((await post('versions', token, { telephone: '0612342004' })).text);
  const other = JSON.parse((await post('versions', token, { telephone: '0612342005' })).text);
  const change = () =>
    changeStatut(server.main, {
      actions: new Map([
        [made.action_id, 1],
        [other.action_id, undefined],
        [999_999, 1],
      ]),
      ...{ statut: READY, reason: 'called', by: 'staff:1' },
    });
  const missing = { action: 999_999, outcome: 'refused', problem: 'There is no such action.' };
  assert.deepEqual(await change(), [
    { action: made.action_id, outcome: 'changed' },
    { action: other.action_id, outcome: 'changed' },
    missing,
  ]);
  assert.deepEqual(await change(), [
    {
      ...{ action: made.action_id, outcome: 'refused' },
      problem: 'It was changed meanwhile: it stands in "À transmettre" now.',
    },
    { action: other.action_id, outcome: 'unchanged' },
    missing,
  ]);
});

const create = ['source', 'create', 'mistaken'];
const asJson = [...create, '--channel', 'json'];
const asMeta = [...create, '--channel', 'meta', ...ready];

const mistakes: [args: string[], code: number, sentence: RegExp][] = [
  [
    ['source', 'create', 'Site', ...asJson.slice(3), ...ready],
    2,
    /"Site" can't name a source: use/,
  ],
  [create, 2, /required option '--channel <channel>' not specified/],
  [[...create, '--channel', 'fax'], 2, /Give one of json, form, meta, google, file\./],
  [asJson, 2, /required option '--statut <designation>' not specified/],
  [[...asJson, '--statut', 'X'], 4, /--statut: there is no statut "X"\. There is: "À qualifier", /],
  [[...asJson, ...ready, '--review', 'X'], 4, /--review: there is no statut "X"/],
  [[...asJson, ...ready, '--origine', 'X'], 4, /--origine: there is no origine "X"/],
  [[...asJson, ...ready, '--programme', '999'], 4, /There is no programme "999": give the id/],
  [[...asJson, ...ready, '--map', 'x'], 2, /"x" is no text=id, such as 1811616845554330=145\./],
  [[...asJson, ...ready, '--map', 'x=999'], 4, /There is no programme "999"/],
  [[...asJson, ...ready, '--origins', 'x'], 2, /Give origins such as https:\/\/www\.example\.com/],
  [[...asJson, ...ready, '--redirect', 'ftp://x'], 2, /Give an address such as https:/],
  [[...asJson, ...ready, '--rate', '0'], 2, /Give a whole number from 1 to 999999\./],
  [[...asJson, ...ready, '--meta-secrets', 'x'], 2, /--meta-forms are for the channel meta\./],
  [[...asJson, ...ready, '-d', 'other'], 4, /There is no CRM database "other"\. There is: main/],
  [asMeta, 2, /A source of channel meta needs --meta-secrets\./],
  [[...asMeta, '--meta-forms', 'x'], 2, /Give the ids of forms, such as 1811616845554330/],
  [[...asMeta, '--meta-secrets', '/nowhere.json'], 1, /There is no file \/nowhere\.json\./],
  [
    [...asMeta, '--meta-secrets', '/etc/hostname'],
    2,
    /must be \{"app_secret": "…", "access_token"/,
  ],
  [
    ['source', 'create', 'taken', ...asJson.slice(3), ...ready],
    1,
    /There is a source "taken" already/,
  ],
  [['source', 'map', 'nothing', 'x=145'], 4, /There is no source "nothing": see "relais source li/],
  [['source', 'map', 'taken', 'x'], 2, /"x" is no text=id/],
  [['source', 'rotate', 'nothing'], 4, /There is no source "nothing"/],
  [['source', 'rotate', 'taken'], 1, /The source "taken" takes files: it has no token\./],
  [['source', 'rotate', 'taken', '--overlap', '31d'], 2, /Give a time from 0h to 30d/],
  [['source', 'pause', 'nothing'], 4, /There is no source "nothing"/],
  [['quarantine', 'list', '--reason', 'x'], 2, /Give one of unknown_programme, /],
  [
    ['quarantine', 'list', '--after', 'x'],
    2,
    /"x" is no id of a lead: see "relais quarantine list"/,
  ],
  [['quarantine', 'release'], 2, /Name leads, or say --source, --reason or --all\./],
  [['quarantine', 'release', '1', '--all'], 2, /Name leads, or say --source/],
  [
    ['quarantine', 'release', '1', '2', '--email', 'x'],
    2,
    /A telephone or e-mail address is of on/,
  ],
  [['quarantine', 'discard', '1'], 2, /required option '--reason <text>' not specified/],
  [['action', 'statut', '1045', '--to', 'Transmis'], 2, /required option '--reason <text>'/],
  [
    ['action', 'statut', 'x', '--to', 'Transmis', '--reason', 'x'],
    2,
    /"x" is no id of an action\./,
  ],
  [['action', 'statut', '1045', '--to', 'X', '--reason', 'x'], 4, /--to: there is no statut "X"/],
  [['action', 'history', '999'], 4, /There is no action 999\./],
];
test('each mistake is told in a sentence, with its exit code and no stack', async () => {
  await makeSource(server, 'taken', 'file');
  // The last use of a key is noted some time after, and forms of Meta are read as time goes by.
  const stored = async () => ({ ...(await tablesOf(server.main.db)), key_use: [], meta_form: [] });
  const before = await stored();
  const told = await eachOf(mistakes, ([args]) => run(...args));
  for (const [ran, [args, code, sentence]] of told) {
    assert.equal(ran.code, code, `${args.join(' ')}: ${ran.stderr}`);
    assert.match(ran.stderr, sentence);
    assert.doesNotMatch(ran.stderr, /\n\s+at /);
    assert.equal(ran.stdout, '');
  }
  assert.deepEqual(await stored(), before);
});

test('a name is one source in the whole installation', async () => {
  const second = await server.create('second');
  await loadInto(second, publishedCrm());
  await makeSource(server, 'once', 'json');
  const args = ['source', 'create', 'once', '--channel', 'json', ...ready];
  const taken = await run(...args, '-d', 'second');
  assert.equal(taken.code, 1);
  assert.match(taken.stderr, /There is a source "once" already\./);
  assert.deepEqual(await json('source', 'list', '-d', 'second'), []);
  const ambiguous = await run('source', 'list');
  assert.equal(ambiguous.code, 2);
  assert.match(ambiguous.stderr, /Name the CRM database with --database: main, second\./);
});

const commands = [
  ...['create', 'list', 'map', 'rotate', 'secrets', 'pause', 'resume'].map(
    (name) => `source ${name}`,
  ),
  ...['run', 'list', 'undo'].map((name) => `import ${name}`),
  ...['list', 'release', 'discard'].map((name) => `quarantine ${name}`),
  ...['statut', 'history'].map((name) => `action ${name}`),
];
test('every command of intake shows an example in its help', async () => {
  const helps = await eachOf(commands, (command) => relais({}, ...command.split(' '), '--help'));
  for (const [help, command] of helps) {
    assert.equal(help.code, 0);
    assert.match(help.stdout, /Examples?:\n {2}relais /, command);
  }
});
