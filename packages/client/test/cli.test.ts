import assert from 'node:assert/strict';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { exampleContact } from '@relais/contract';
import { localServer } from '../../server/test/support/localServer.ts';
import { freshServer, type TestServer } from '../../server/test/support/server.ts';
import { csvHeader, csvLine } from '../src/cli/csv.ts';
import { Relais } from '../src/index.ts';
import { runClient, startClient } from './support/cli.ts';
import { openCommands } from './support/queue.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

const fresh = (t: TestContext) => openCommands(server, t, 10);

test('a pipe is given data alone, and a file comes with a summary when it is asked for', async (t) => {
  const { run, folder } = await fresh(t);
  const regions = await run('regions');
  assert.deepEqual([regions.code, regions.stderr], [0, '']);
  assert.equal(JSON.parse(regions.stdout).length, 2);
  const read = await run('read', '--limit', '3');
  assert.equal(read.stdout.trim().split('\n').length, 3);
  const out = join(folder, 'contacts.csv');
  const silent = await run('pull', '--out', out, '--limit', '4');
  assert.deepEqual([silent.code, silent.stdout, silent.stderr], [0, '', '']);
  const summary = await run('pull', '--out', out, '--json');
  assert.deepEqual(JSON.parse(summary.stdout), { contacts: 6, pulls: 1, output: out });
  const lines = (await readFile(out, 'utf8')).trim().split('\r\n');
  assert.equal(lines.length, 11);
  assert.equal(`${lines[0]}\r\n`, csvHeader);
  // Neither the journal nor its lock is left.
  assert.deepEqual((await readdir(folder)).sort(), ['contacts.csv']);
  const pulled = await run('pulled', '--format', 'jsonl');
  assert.equal(pulled.stdout.trim().split('\n').length, 10);
});

test('standard output carries contacts as lines, or as CSV', async (t) => {
  const { run } = await fresh(t);
  const lines = await run('pull', '--out', '-', '--limit', '2');
  assert.deepEqual(
    lines.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).action_id),
    [1, 2],
  );
  const csv = await run('pull', '--out', '-', '--format', 'csv');
  assert.ok(csv.stdout.startsWith(csvHeader));
  assert.equal(csv.stdout.trim().split('\r\n').length, 9);
});

test('a watch takes what comes, and ends when it is told to', async (t) => {
  const { folder, key } = await fresh(t);
  const out = join(folder, 'contacts.jsonl');
  const env = { RELAIS_API_KEY: key, RELAIS_BASE_URL: server.url };
  const { child, ended } = startClient(['watch', '--out', out, '--every', '1'], env);
  const lines = async () => (await readFile(out, 'utf8').catch(() => '')).split('\n').length - 1;
  const until = async (count: number) => {
    while ((await lines()) < count) await delay(20);
  };
  await until(10);
  const client = new Relais({ apiKey: key, baseUrl: server.url });
  const { contacts } = await client.getPulledContacts({ limit: 1 });
  await client.releasePull({ pullId: contacts[0]?.pull_id ?? '', reason: 'a test' });
  await until(20);
  child.kill('SIGTERM');
  assert.equal((await ended).code, 130);
});

test('a watch outlives a receiver that is away for a while', async (t) => {
  const { folder, key } = await fresh(t);
  const taken: string[] = [];
  let asked = 0;
  const url = await localServer(t, async (request, response) => {
    await text(request);
    asked += 1;
    // Longer than a run waits.
    if (asked === 1) return void response.writeHead(503, { 'retry-after': '121' }).end();
    taken.push(String(request.headers['webhook-id']));
    response.writeHead(204).end();
    if (taken.length === 10) child.kill('SIGTERM');
  });
  const { child, ended } = startClient(['watch', '--out', `${url}/`, '--every', '1'], {
    RELAIS_API_KEY: key,
    RELAIS_BASE_URL: server.url,
    XDG_STATE_HOME: folder,
    RELAIS_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 'k').toString('base64')}`,
  });
  const { code, stderr } = await ended;
  assert.equal(code, 130, stderr);
  assert.match(stderr, /did not take contact 1: it answered 503.* tries again/);
  assert.equal(new Set(taken).size, 10);
});

test('a list of what was pulled says which answers may not have come, beside the data', async (t) => {
  const { runAs } = await fresh(t);
  const ids = ['5f0c1f5e-7d0a-4c59-9a5e-2f1d6a3b8c41', '5f0c1f5e-7d0a-4c59-9a5e-2f1d6a3b8c42'];
  const url = await localServer(t, (request, response) => {
    request.resume();
    response.writeHead(200, { 'pulls-uncertain': ids.join(', ') }).end('[]');
  });
  const env = { RELAIS_API_KEY: 'key', RELAIS_BASE_URL: url };
  const { code, stdout, stderr } = await runAs(env, 'pulled', '--json');
  assert.deepEqual([code, stdout], [0, '[]\n']);
  assert.match(
    stderr,
    new RegExp(`whether the answer of these pulls reached you: ${ids.join(', ')}\\.`),
  );
  const one = await runAs(env, 'pulled', '--pull', ids[0] ?? '');
  assert.match(one.stderr, new RegExp(`this pull reached you: ${ids[0]}\\.`));
});

test('a list that is cut without having been asked to says so, beside the data', async (t) => {
  const { run } = await openCommands(server, t, 201);
  const cut = await run('read');
  assert.equal(cut.stdout.trim().split('\n').length, 200);
  assert.match(cut.stderr, /more than these 200.*--limit/);
  for (const [limit, lines] of [
    ['200', 200],
    ['300', 201],
  ] as const) {
    const asked = await run('read', '--limit', limit);
    assert.equal(asked.stdout.trim().split('\n').length, lines);
    assert.equal(asked.stderr, '');
  }
});

test('a table is for people: one line for each, nothing that steers a terminal', async (t) => {
  const { run } = await fresh(t);
  const { stdout } = await run('read', '--format', 'table', '--limit', '2');
  const lines = stdout.split('\n');
  assert.match(lines[0] ?? '', /^action_id +prospect_nom/);
  assert.equal(lines.length, 4);
});

test('each mistake is told in a sentence, with its exit code and no stack', async (t) => {
  const { run, runAs, folder, key } = await fresh(t);
  const open = join(folder, 'open-key');
  await writeFile(open, key, { mode: 0o644 });
  const other = join(folder, 'package.json');
  await writeFile(other, '{"name":"my-package"}');
  const foreign = join(folder, 'foreign.csv');
  await writeFile(foreign, 'name,phone\n');
  const cases: [ReturnType<typeof run>, number, RegExp][] = [
    [run('fetch'), 2, /no command "fetch"/],
    [run('pull'), 2, /--out says where to/],
    [run('pull', '--out', 'contacts'), 2, /ends in .csv or .jsonl/],
    [run('pull', '--out', 'contacts.csv', '--format', 'xml'), 2, /csv or jsonl/],
    [run('pull', '--out', foreign), 2, /other columns/],
    [run('pull', '--out', 'https://me:secret@example.com/in'), 2, /no user and no password/],
    [run('pull', '--out', 'https://example.com/in'), 2, /RELAIS_WEBHOOK_SECRET/],
    [run('pull', '--out', join(folder, 'no', 'x.csv', 'y.csv')), 2, /There is no folder/],
    [run('read', '--limit', 'all'), 2, /--limit is a whole number/],
    [run('read', '--nonsense'), 2, /nonsense/],
    [run('read', '--json', '--format', 'csv'), 2, /give one of them/],
    [run('pull', '--out', folder, '--format', 'jsonl'), 1, / is a folder/],
    [run('pull', '--out', join(folder, 'a.csv'), '--journal', open), 1, /open-key .*is no JSON/],
    [
      run('pull', '--out', join(folder, 'a.csv'), '--journal', other, '--rotated'),
      1,
      /something else/,
    ],
    [run('read', '--limit', '-1'), 2, /^relais-client: [^\n]+'--limit'[^\n]+--help\.\n$/],
    [run('read', '--timeout', '2147484'), 2, /--timeout is a whole number of seconds/],
    [run('watch', '--out', '-', '--every', '2147484'), 2, /--every is a whole number of seconds/],
    ...['yesterday', '05/11/2026', '2026-02-31', '5', '2026-11-23T25:00', '2026-11-23T08:00+1'].map(
      (since): [ReturnType<typeof run>, number, RegExp] => [
        run('pulled', '--since', since),
        2,
        /--since is a date/,
      ],
    ),
    [run('read', '--region', '99'), 3, /region/i],
    [run('pulled', '--pull', '5f0c1f5e-7d0a-4c59-9a5e-2f1d6a3b8c41'), 4, /None of your pulls/],
    [
      runAs({ RELAIS_API_KEY: key, RELAIS_BASE_URL: `${server.url}/docs` }, 'regions'),
      1,
      /The API is not at http:\S+\/docs\/api\/v1\./,
    ],
    [
      runAs({ RELAIS_API_KEY: key, XDG_STATE_HOME: other }, 'pull', '--out', '-'),
      1,
      /package\.json\/relais-client can not be made \(ENOTDIR\): --journal says where else/,
    ],
    [runAs({ XDG_CONFIG_HOME: other }, 'regions'), 1, /There is no file or folder .*key\./],
    [runAs({}, 'regions'), 3, /There is no API key/],
    [runAs({ RELAIS_API_KEY: 'wrong' }, 'regions'), 3, /Invalid API Key/],
    [runAs({}, 'regions', '--key-file', open), 3, /chmod 600/],
    [
      runAs(
        { RELAIS_API_KEY: key, RELAIS_BASE_URL: 'http://127.0.0.1:1' },
        'regions',
        '--retries',
        '0',
      ),
      5,
      /No answer from 127\.0\.0\.1:1/,
    ],
  ];
  for (const [running, code, told] of cases) {
    const { code: ended, stderr } = await running;
    assert.equal(ended, code, stderr);
    assert.match(stderr, told);
    assert.doesNotMatch(stderr, /\n +at /);
    assert.ok(!stderr.includes(key));
  }
  // Nothing was pulled for what can't be written.
  assert.equal((await run('pulled')).stdout, '');
});

test('a date is the midnight of this machine, and a time is of its zone or the one it names', async (t) => {
  const { key, folder } = await fresh(t);
  const asked: string[] = [];
  const url = await localServer(t, async (request, response) => {
    asked.push(JSON.parse(await text(request)).since);
    response.end('[]');
  });
  const env = {
    RELAIS_API_KEY: key,
    RELAIS_BASE_URL: url,
    XDG_STATE_HOME: folder,
    TZ: 'Europe/Paris',
  };
  const times = ['2026-11-23', '2026-11-23 08:00', '2026-07-01T08:00:30', '2026-11-23T08:00Z'];
  for (const since of [...times, '2026-11-23T08:00-05:00']) {
    assert.equal((await runClient(['pulled', '--since', since], env)).code, 0);
  }
  assert.deepEqual(asked, [
    '2026-11-22T23:00:00.000Z',
    '2026-11-23T07:00:00.000Z',
    '2026-07-01T06:00:30.000Z',
    '2026-11-23T08:00:00.000Z',
    '2026-11-23T13:00:00.000Z',
  ]);
});

test('a key comes from a file that its owner alone may read', async (t) => {
  const { runAs, folder, key } = await fresh(t);
  const path = join(folder, 'key');
  await writeFile(path, `${key}\n`);
  await chmod(path, 0o600);
  assert.equal((await runAs({}, 'regions', '--key-file', path)).code, 0);
});

test('a key comes from standard input, which is waited for until somebody interrupts', async (t) => {
  const { key } = await fresh(t);
  const start = () => startClient(['regions', '--key-stdin'], { RELAIS_BASE_URL: server.url });
  const given = start();
  given.child.stdin.end(`${key}\n`);
  assert.equal((await given.ended).code, 0);
  const waiting = start();
  // Whoever reads the pipe is past its start, with its ears open.
  await new Promise((resolve) => waiting.child.stdin.write('a'.repeat(1 << 20), resolve));
  waiting.child.kill('SIGINT');
  assert.equal((await waiting.ended).code, 130);
});

test('a formula of a lead is text in CSV, and a telephone stays what it is', () => {
  const line = csvLine({
    ...exampleContact,
    prospect_nom: '=1+1',
    prospect_prenom: ' "x", y',
    prospect_ville: '-2+3',
    prospect_adresse: '@SUM(A1)',
  });
  assert.ok(line.includes(`'=1+1," ""x"", y",+33612345678,`));
  assert.ok(line.includes(`'@SUM(A1)`) && line.includes(`'-2+3`));
});

test('a field that an older server does not give is empty', async (t) => {
  const { runAs } = await fresh(t);
  const old = await localServer(t, (request, response) => {
    request.resume();
    response.end('[{"action_id":1,"prospect_id":2,"programme_id":3,"prospect_nom":"Dupont"}]');
  });
  const env = { RELAIS_API_KEY: 'key', RELAIS_BASE_URL: old };
  const csv = await runAs(env, 'read', '--format', 'csv');
  assert.match(csv.stdout, /\r\n1,2,3,Dupont,+\r\n$/);
  const table = await runAs(env, 'read', '--format', 'table');
  assert.match(table.stdout, /\n1 +Dupont\n$/);
});

test('every command has a help with what it does', async () => {
  for (const command of ['regions', 'programmes', 'read', 'pull', 'pulled', 'watch']) {
    const { stdout, code } = await runClient([command, '--help'], {});
    assert.equal(code, 0);
    assert.ok(stdout.startsWith(`relais-client ${command}`), stdout);
    assert.ok(stdout.split('\n').every((line) => line.length <= 100));
  }
  assert.match((await runClient([], {})).stdout, /none lost, none twice/);
  assert.match((await runClient(['help', 'pull'], {})).stdout, /^relais-client pull/);
});
