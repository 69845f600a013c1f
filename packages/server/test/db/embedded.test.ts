import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openCluster } from '../../src/db/embedded/cluster.ts';
import { type EmbeddedServer, EngineError, openEmbedded } from '../../src/db/embedded.ts';
import { connect } from '../../src/db/pool.ts';

/** A data directory of a test's own, which PostgreSQL's account can reach. */
async function dataDirectory(t: TestContext): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'relais-engine-'));
  await chmod(parent, 0o755);
  t.after(async () => {
    for (const engine of opened.splice(0)) await engine.close();
    await rm(parent, { recursive: true, force: true, maxRetries: 5 });
  });
  return join(parent, 'data');
}

let kept: string | undefined;
after(() => kept && rm(kept, { recursive: true, force: true, maxRetries: 5 }));

/** A data directory that an earlier start has made: copied, since to make one takes ten times as long. */
async function madeBefore(t: TestContext): Promise<string> {
  if (!kept) {
    kept = await mkdtemp(join(tmpdir(), 'relais-engine-'));
    await chmod(kept, 0o755);
    const first = await openEmbedded({ dataDir: join(kept, 'data'), dataDirIsDefault: false });
    await first.close();
  }
  const dataDir = await dataDirectory(t);
  // As root the data are another account's, and stay so.
  await promisify(execFile)('cp', ['-a', join(kept, 'data'), dataDir]);
  return dataDir;
}

/** What the running test has opened and not closed yet. */
const opened: EmbeddedServer[] = [];

async function open(dataDir: string): Promise<EmbeddedServer> {
  const engine = await openEmbedded({ dataDir, dataDirIsDefault: false });
  opened.push(engine);
  return engine;
}

async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const connection = await connect(url);
  try {
    return (await connection.query<Row>(text)).rows;
  } finally {
    await connection.end();
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** True while a server runs on the data: it removes this file last of all. */
const isServed = (dataDir: string): Promise<boolean> =>
  access(join(dataDir, 'postgres', 'cluster', 'postmaster.pid')).then(
    () => true,
    () => false,
  );

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(20);
}

interface User {
  readonly child: ChildProcess;
  readonly started: boolean;
  readonly postmaster: number;
  /** Lets it close, and waits until it has. */
  leave(): Promise<void>;
  kill(): Promise<void>;
}

const program = fileURLToPath(new URL('../support/engineUser.ts', import.meta.url));

/** Another process that uses the server. */
async function spawnUser(t: TestContext, dataDir: string): Promise<User> {
  const child = spawn(process.execPath, [program, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  t.after(() => child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout })) {
    return {
      child,
      ...(JSON.parse(line) as { started: boolean; postmaster: number }),
      async leave() {
        child.stdin.end();
        await exited;
      },
      async kill() {
        child.kill('SIGKILL');
        await exited;
      },
    };
  }
  throw new Error('the process ended without joining');
}

test('the first start makes the data whatever the umask', async (t) => {
  const dataDir = join(await dataDirectory(t), 'on/the/way');
  const before = process.umask(0o077);
  t.after(() => process.umask(before));
  assert.equal((await open(dataDir)).started, true);
});

test('the first start makes the data, the next one finds it', async (t) => {
  const dataDir = await dataDirectory(t);
  const first = await open(dataDir);
  assert.equal(first.started, true);
  await query(first.url('postgres'), "create table kept as select 'é' as text");
  await first.close();
  const second = await open(dataDir);
  assert.deepEqual(await query(second.url('postgres'), 'select text from kept'), [{ text: 'é' }]);
});

test('durability is on, no network address is open, and names are UTF-8', async (t) => {
  const engine = await open(await madeBefore(t));
  const settings = await query<{ name: string; setting: string }>(
    engine.url('postgres'),
    `select name, setting from pg_settings where name in ('fsync', 'full_page_writes',
      'synchronous_commit', 'listen_addresses', 'server_encoding') order by name`,
  );
  assert.deepEqual(
    settings.map(({ setting }) => setting),
    ['on', 'on', '', 'UTF8', 'on'],
  );
});

test('processes that start at once on an empty directory share one server', async (t) => {
  const dataDir = await dataDirectory(t);
  const users = await Promise.all([1, 2, 3].map(() => spawnUser(t, dataDir)));
  assert.equal(new Set(users.map(({ postmaster }) => postmaster)).size, 1);
  for (const user of users) await user.leave();
});

test('the last process to leave stops the server', async (t) => {
  const dataDir = await madeBefore(t);
  const owner = await spawnUser(t, dataDir);
  const guest = await spawnUser(t, dataDir);
  assert.equal(guest.started, false);
  await owner.leave();
  assert.equal(await isServed(dataDir), true);
  await guest.leave();
  assert.equal(await isServed(dataDir), false);
});

test('a process that comes while another stops the server gets a server', async (t) => {
  const dataDir = await madeBefore(t);
  for (let round = 0; round < 5; round += 1) {
    const engine = await open(dataDir);
    const [next] = await Promise.all([open(dataDir), engine.close()]);
    assert.equal((await query(next.url('postgres'), 'select')).length, 1);
    await next.close();
  }
});

test('a server left behind by kill -9 is taken over, and stopped by who leaves last', async (t) => {
  const dataDir = await madeBefore(t);
  const killed = await spawnUser(t, dataDir);
  await killed.kill();
  assert.ok(isAlive(killed.postmaster));
  const next = await spawnUser(t, dataDir);
  assert.equal(next.postmaster, killed.postmaster);
  await next.leave();
  assert.equal(await isServed(dataDir), false);
});

test('after kill -9 of owner and server the data is there', async (t) => {
  const dataDir = await madeBefore(t);
  const killed = await spawnUser(t, dataDir);
  const guest = await open(dataDir);
  await query(guest.url('postgres'), 'create table kept as select generate_series(1, 1000) as n');
  process.kill(killed.postmaster, 'SIGKILL');
  await killed.kill();
  await guest.close();
  const next = await open(dataDir);
  assert.deepEqual(await query(next.url('postgres'), 'select count(*) as n from kept'), [
    { n: 1000 },
  ]);
});

test('a server that is killed under its users is started again', async (t) => {
  const dataDir = await madeBefore(t);
  const engine = await open(dataDir);
  const user = await spawnUser(t, dataDir);
  process.kill(user.postmaster, 'SIGKILL');
  await until(() =>
    query(engine.url('postgres'), 'select').then(
      () => true,
      () => false,
    ),
  );
  await user.leave();
});

test('data that are taken away under a running server end it, and not the process that uses it', async (t) => {
  const dataDir = await madeBefore(t);
  const engine = await open(dataDir);
  const user = await spawnUser(t, dataDir);
  const pid = user.postmaster;
  await rm(join(dataDir, 'postgres'), { recursive: true, maxRetries: 5 });
  process.kill(pid, 'SIGQUIT');
  await until(() => !isAlive(pid));
  await engine.close();
  await user.leave();
});

test('a stale postmaster.pid with the number of another process is no obstacle', async (t) => {
  const dataDir = await madeBefore(t);
  const cluster = join(dataDir, 'postgres', 'cluster');
  await writeFile(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n0\n5432\n\n\n`);
  const engine = await open(dataDir);
  assert.equal(engine.started, true);
  await engine.close();
});

test('a path that is too long for a socket works all the same', async (t) => {
  const dataDir = join(await dataDirectory(t), 'x'.repeat(120));
  const engine = await open(dataDir);
  assert.equal((await query(engine.url('postgres'), 'select')).length, 1);
});

test('a file in the place of the directory is told in a sentence', async (t) => {
  const dataDir = await dataDirectory(t);
  await writeFile(dataDir, '');
  await assert.rejects(open(dataDir), (error) => {
    assert.ok(error instanceof EngineError);
    assert.match(error.message, /^\S+ can't hold the data \(a file is in its place\): choose/);
    return true;
  });
});

test('why the data could not be set up is told in a sentence, and nothing of it is left', async (t) => {
  const dataDir = await dataDirectory(t);
  await mkdir(dataDir);
  const initdb = join(dataDir, '../initdb');
  for (const [said, told] of [
    [
      '2026 UTC [7] FATAL:  could not write: No space left on device',
      /: the disk is full\. Make room/,
    ],
    [
      'initdb: could not look up user ID 7',
      /data: could not look up user ID 7\. Mend that, or set DA/,
    ],
    [
      'initdb: error: no rights\ninitdb: removing it',
      /data: no rights\. Mend that, or set DATABASE/,
    ],
  ] as const) {
    await writeFile(initdb, `#!/bin/sh\nprintf '${said}\n' >&2\nexit 1\n`, { mode: 0o755 });
    const account = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
    await assert.rejects(openCluster(dataDir, { initdb, postgres: '' }, account), told);
  }
  assert.deepEqual(await readdir(dataDir), []);
});

test('what a killed first start has left is in the way of nobody, even where it can not be removed', async (t) => {
  const dataDir = await dataDirectory(t);
  const killed = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(killed, 'exit');
  const left = join(dataDir, `.new-${killed.pid}-0`);
  await mkdir(left, { recursive: true });
  // As an initdb that goes on without its parent does: deeper than a path may be long.
  const deepen = `import os
for name in ['x' * 250] * 20: os.mkdir(name); os.chdir(name)`;
  await promisify(execFile)('python3', ['-c', deepen], { cwd: left });
  const { started } = await open(dataDir).finally(() => promisify(execFile)('rm', ['-r', left]));
  assert.equal(started, true);
});

test('data of another PostgreSQL version is told in a sentence, and left alone', async (t) => {
  const dataDir = await madeBefore(t);
  const version = join(dataDir, 'postgres', 'cluster', 'PG_VERSION');
  await writeFile(version, '12\n');
  await assert.rejects(open(dataDir), /was made by PostgreSQL 12, and this is 18/);
  assert.equal(await readFile(version, 'utf8'), '12\n');
});

test('data that are not whole are told as that, and no server is left to run on them', async (t) => {
  const dataDir = await madeBefore(t);
  const password = join(dataDir, 'postgres', 'password');
  const kept = await readFile(password, 'utf8');
  await writeFile(password, 'another');
  await assert.rejects(open(dataDir), /refuses the password .*: restore the file "password"/);
  assert.equal(await isServed(dataDir), false);
  await rm(password);
  await assert.rejects(open(dataDir), /postgres\/password is missing: bring it back from a backup/);
  await writeFile(password, kept);
  await rm(join(dataDir, 'postgres', 'cluster', 'PG_VERSION'));
  await assert.rejects(open(dataDir), /cluster holds no whole data of PostgreSQL: bring them back/);
});

test("as root, a directory that is closed to nobody is refused; otherwise it is one's own", async (t) => {
  const parent = await dataDirectory(t);
  await mkdir(parent, { mode: 0o700 });
  const opened = open(join(parent, 'data'));
  if (process.getuid?.() === 0) await assert.rejects(opened, /may not enter/);
  else await (await opened).close();
});

test('as root, data of another account are told as that', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('only root can give data to another account');
  const dataDir = await madeBefore(t);
  const home = join(dataDir, 'postgres');
  await promisify(execFile)('chown', ['-R', '1:1', join(home, 'cluster'), join(home, 'run')]);
  await assert.rejects(open(dataDir), /belongs to another account: run Relais as the account that/);
});
