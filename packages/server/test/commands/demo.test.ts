import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { relais, temporaryFolder } from '../support/command.ts';
import { installationFor } from '../support/installation.ts';
import { send } from '../support/server.ts';
import { caller, post } from '../support/staff.ts';

const main = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));

/** What the demo has printed, once it answers. */
interface Welcome {
  readonly url: string;
  readonly email: string;
  readonly password: string;
  readonly key: string;
  readonly text: string;
  readonly said: string;
  readonly child: ChildProcess;
}

function spawnDemo(t: TestContext, dataDir: string, options: string[] = []) {
  const child = spawn(process.execPath, [main, 'demo', '--port', '0', ...options], {
    env: { PATH: process.env.PATH, RELAIS_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

/** Interrupts a demo that has just begun to write its data; gives its exit code and what it said. */
async function interruptedDemo(t: TestContext, dataDir: string) {
  const child = spawnDemo(t, dataDir);
  const exited = once(child, 'exit');
  child.stderr.setEncoding('utf8').once('data', () => child.kill('SIGINT'));
  const said = await text(child.stderr);
  return { code: (await exited)[0], said };
}

async function startDemo(t: TestContext, dataDir: string, ...options: string[]): Promise<Welcome> {
  const child = spawnDemo(t, dataDir, options);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
  });
  let told = '';
  for await (const piece of child.stdout.setEncoding('utf8')) {
    told += piece;
    if (told.includes('Ctrl-C stops it')) break;
  }
  const found = (pattern: RegExp) => pattern.exec(told)?.[1] ?? assert.fail(`${told}\n${said}`);
  return {
    url: found(/Console +(http:\S+[^/\s])/),
    email: found(/Sign in as +(\S+)/),
    password: found(/Password +(\S+)/),
    key: found(/Demo key.*:\s+(\S+)/),
    text: told,
    said,
    child,
  };
}

async function end({ child }: Welcome, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, 'exit');
  child.kill(signal);
  const [code] = await exited;
  return code;
}

test('the demo starts from nothing, also after a start that was interrupted, lives, ends with Ctrl-C, and is found again', async (t) => {
  const dataDir = join(await temporaryFolder(t), 'data');
  assert.deepEqual(await interruptedDemo(t, dataDir), {
    code: 130,
    said: 'Loading the demo data …\nInterrupted.\n',
  });
  const cluster = await readdir(join(dataDir, 'postgres', 'cluster'));
  assert.ok(!cluster.includes('postmaster.pid'));
  const first = await startDemo(t, dataDir);
  const { url, email, password, key } = first;
  const welcome = first.text.slice(first.text.indexOf('Relais is running'));
  assert.ok(welcome.split('\n').every((line) => line.length <= 80 || line.includes(key)));

  const { cookie } = await post(url, undefined, { operation: 'signIn', email, password });
  const { call } = caller(url, cookie);
  const ofDemo = { database: 'demo' };
  const newest = async () => {
    const leads = await call('listRecentLeads', { source: 'demo-site' }, ofDemo);
    const pulls = await call('listPulls', { limit: 1 }, ofDemo);
    return { lead: leads.items[0]?.id, pull: pulls.items[0]?.pull_id };
  };
  const before = await newest();
  for (let now = before; now.lead === before.lead || now.pull === before.pull; ) {
    // The server limits how often a session asks.
    await delay(250);
    now = await newest();
  }
  assert.equal((await send(url, key, { operation: 'getRegions' })).status, 200);
  assert.equal(await end(first, 'SIGINT'), 0);

  const second = await startDemo(t, dataDir, '--still');
  assert.deepEqual([second.key, second.password], [key, password]);
  assert.doesNotMatch(second.said, /Loading|Writing/);
  assert.match(second.text, /stands still/);
  assert.equal((await send(second.url, key, { operation: 'getRegions' })).status, 200);
  assert.equal(await end(second, 'SIGTERM'), 0);
});

test('the demo leaves an installation of others alone', async (t) => {
  const installation = await installationFor(t);
  const env = { DATABASE_URL: installation.catalogUrl };
  const ran = await relais(env, 'demo', '--port', '0');
  assert.equal(ran.code, 1);
  assert.match(
    ran.stderr,
    /CRM databases that are not the demo's \(main\): .* Nothing was changed/,
  );
  const people = await relais(env, 'staff', 'list', '--json');
  assert.deepEqual(JSON.parse(people.stdout), []);
});

test('a demo whose port is taken makes nothing', async (t) => {
  const folder = await temporaryFolder(t);
  const server = createServer().listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const env = { RELAIS_DATA_DIR: join(folder, 'data') };
  const ran = await relais(env, 'demo', '--port', String(port));
  assert.equal(ran.code, 1);
  assert.match(ran.stderr, /Port \d+ is in use/);
  assert.deepEqual(await readdir(folder), []);
});
