import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { connect as connectTo } from '../../src/db/pool.ts';
import { assertTold, commandsIn, type Ran, relais, temporaryFolder } from '../support/command.ts';
import { publishedCrm } from '../support/crm.ts';
import { installationFor, loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';

async function installed(t: TestContext) {
  const installation = await installationFor(t);
  const env = { DATABASE_URL: installation.catalogUrl };
  const named = (suffix: string) => new URL(installation.catalogUrl).pathname.slice(1) + suffix;
  return { installation, env, named, ...commandsIn(env) };
}

const main = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));

/** Runs `relais` with its standard output where a shell puts it. */
const shell = (env: Record<string, string>, redirected: string, ...args: string[]) =>
  new Promise<Ran>((resolve) => {
    const line = `"$0" "$@" ${redirected}`;
    execFile(
      'bash',
      ['--norc', '-c', line, process.execPath, main, ...args],
      { env: { PATH: process.env.PATH, ...env } },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });

test('a result that could not be written is a failure, and a key that nobody has is named', async (t) => {
  const { installation, env } = await installed(t);
  await loadInto(installation.main, publishedCrm());
  await installation.key('Promoteur X');
  const mapping = ['-r', 'all', '--ready', 'À transmettre', '--pulled', 'Transmis'];
  const created = await shell(
    env,
    '>/dev/full',
    ...['key', 'create', '-c', 'Promoteur X', ...mapping, '--json'],
  );
  assertTold(created, /could not be written: the disk is full\..*: relais key revoke \w{12}\n/);
  assertTold(await shell(env, '>/dev/full', 'dump', 'main'), /^The output could not .* full\.\n$/);
  assertTold(await shell(env, '>&-', 'dump', 'main'), /output is closed: nothing was dumped/);
});

test('where nobody reads what is shown once, nothing is made, or it is named', async (t) => {
  const { installation, env } = await installed(t);
  await loadInto(installation.main, publishedCrm());
  await makeSource(installation, 'site', 'json');
  const { id } = await installation.key('Promoteur X');
  const mapping = ['-r', 'all', '--ready', 'À transmettre', '--pulled', 'Transmis'];
  const create = ['key', 'create', '-c', 'Promoteur X', ...mapping];
  const person = ['--nom', 'Claire', '--role', 'admin'];
  const lists = async () => {
    const { catalog } = installation.databases;
    const made = [
      await sql`select id, expires_at from api_key`.execute(installation.main.db),
      await sql`select nom, token_hash from source`.execute(installation.main.db),
      await sql`select nom from staff union all select nom from crm_database`.execute(catalog),
    ];
    return made.map(({ rows }) => rows);
  };
  const before = await lists();
  for (const command of [
    create,
    ['key', 'rotate', id],
    ['staff', 'create', 'claire@example.com', ...person],
    ['staff', 'link', 'claire@example.com'],
    ['source', 'create', 'page', '--channel', 'json', '--statut', 'Nouveau'],
    ['source', 'rotate', 'site'],
    ['sandbox', 'create', 'sandbox'],
  ]) {
    assertTold(await shell(env, '>&-', ...command), /^Standard output is closed: nothing was made/);
  }
  assert.deepEqual(await lists(), before);
  const unread = spawn(process.execPath, [main, ...create], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Whoever reads has gone before there is anything to read.
  unread.stdout.destroy();
  const [said, [code]] = await Promise.all([text(unread.stderr), once(unread, 'exit')]);
  assertTold({ code, stdout: '', stderr: said }, /nobody reads it\..*: relais key revoke \w{12}\n/);
});

test('a dump to a terminal waits for nothing to be typed', async (t) => {
  const { installation, env } = await installed(t);
  await loadInto(installation.main, publishedCrm());
  const inTerminal =
    'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';
  const child = spawn('python3', ['-c', inTerminal, process.execPath, main, 'dump', 'main'], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
    signal: t.signal,
  });
  const [shown, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  assert.equal(code, 0);
  assert.match(shown, /"regions"/);
});

/** Runs `relais` without the right of root to open every file. */
const without = (env: Record<string, string>, ...args: string[]) =>
  new Promise<Ran>((resolve) => {
    const line = [process.execPath, main, ...args];
    if (process.getuid?.() === 0) line.unshift('setpriv', '--bounding-set=-all', '--inh-caps=-all');
    const [program = '', ...rest] = line;
    execFile(program, rest, { env: { PATH: process.env.PATH, ...env } }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });

test('a file that the account may not open is named, and nothing begins', async (t) => {
  const nowhere = { DATABASE_URL: 'postgresql://127.0.0.1:1/none' };
  const file = join(await temporaryFolder(t), 'closed');
  await writeFile(file, '', { mode: 0 });
  for (const command of [
    ['load', 'main', file],
    ['source', 'secrets', 'meta', file],
  ]) {
    assertTold(await without(nowhere, ...command), /closed may not be opened by this account/);
  }
});

test('a PostgreSQL that refuses its service is told in a sentence that says why', async (t) => {
  const { installation, env, named, run } = await installed(t);
  const { catalog } = installation.databases;
  const list = (change: (url: URL) => void) => {
    const url = new URL(env.DATABASE_URL);
    change(url);
    return relais({ DATABASE_URL: url.href }, 'database', 'list');
  };
  assertTold(
    await list((url) => url.searchParams.set('host', '/nowhere')),
    /PostgreSQL does not answer at the address of DATABASE_URL/,
  );
  assertTold(
    await list((url) => url.searchParams.set('sslmode', 'require')),
    /speaks no TLS: set it up there, or leave sslmode out/,
  );
  await sql`create database ${sql.id(named('_latin'))}
    encoding 'LATIN1' locale_provider libc locale 'C' template template0`.execute(catalog);
  assertTold(
    await list((url) => {
      url.pathname += '_latin';
    }),
    /has the encoding LATIN1: create it anew with encoding UTF8/,
  );
  const role = `relais_test_${randomBytes(6).toString('hex')}`;
  await sql`create role ${sql.id(role)} login password 'plain' connection limit 0`.execute(catalog);
  const crowded = await list((url) => {
    url.username = role;
    url.password = 'plain';
  });
  await sql`drop role ${sql.id(role)}`.execute(catalog);
  assertTold(crowded, /has no connection left: raise max_connections/);
  await sql`alter database ${sql.id(named('_main'))} set default_transaction_read_only = on`.execute(
    catalog,
  );
  assertTold(await run('client', 'create', 'Promoteur X'), /can only be read, as a standby/);
});

test('a PostgreSQL that is too old is told as that, before anything is changed', async (t) => {
  const { installation, env, named, run } = await installed(t);
  const { catalog } = installation.databases;
  const age = async (database: string) => {
    const url = new URL(env.DATABASE_URL);
    url.pathname = `/${database}`;
    const connection = await connectTo(url.href);
    // What PostgreSQL itself says of its settings is found behind this.
    await connection.query(`
      create schema older;
      create function older.current_setting(name text) returns text language sql as $$
        select case name when 'server_version_num' then '150018' when 'server_version'
          then '15.18' else pg_catalog.current_setting(name) end $$;
      alter database "${database}" set search_path = older, pg_catalog, public`);
    await connection.end();
    return url.href;
  };
  const old =
    /^PostgreSQL 15\.18 is too old: upgrade it to 16 or newer\. Nothing was changed\.\n$/m;
  const main = await age(named('_main'));
  assertTold(await run('database', 'move', 'main', '--url', main), old);
  // One that has an address of its own.
  await sql`update crm_database set url = ${main}, sql_name = null`.execute(catalog);
  assertTold(await run('serve', '--port', '0'), old);
  await age(named(''));
  assertTold(await run('database', 'list'), old);
  const { stdout } = await run('doctor');
  assert.match(stdout, /✗ version 15\.18 is too old\n.*the server does not start before\./);
});

test('a pooler before PostgreSQL is told as that, whether it refuses settings or drops them', async (t) => {
  const { env } = await installed(t);
  const server = new URL(env.DATABASE_URL);
  const socket = server.searchParams.get('host');
  const open = () =>
    socket
      ? connect(`${socket}/.s.PGSQL.${server.port || 5432}`)
      : connect(Number(server.port || 5432), server.hostname);
  const pooler = createServer((client) => {
    client.once('data', (startup: Buffer) => {
      const upstream = open();
      for (const end of [client, upstream]) end.on('error', () => client.destroy());
      // Under another name of the same length PostgreSQL takes them for a setting of nobody's.
      upstream.write(startup.toString('latin1').replace('options\0', 'no.used\0'), 'latin1');
      client.pipe(upstream).pipe(client);
    });
  }).listen(0, '127.0.0.1');
  t.after(() => pooler.close());
  await once(pooler, 'listening');
  const url = new URL(env.DATABASE_URL);
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String((pooler.address() as AddressInfo).port);
  const behind = { DATABASE_URL: url.href };
  const dropped =
    /A pooler such as PgBouncer stands before .* name PostgreSQL itself\. Nothing was/;
  assertTold(await relais(behind, 'database', 'list'), dropped);
  const { stdout } = await relais(behind, 'doctor');
  assert.match(stdout, /✗ a pooler such as PgBouncer stands before it and drops the settings/);

  const refusing = createServer((client) => {
    client.on('error', () => {});
    client.once('data', () => {
      const said = 'SFATAL\0C08P01\0Munsupported startup parameter: options\0\0';
      const size = Buffer.alloc(4);
      size.writeInt32BE(said.length + 4);
      client.end(Buffer.concat([Buffer.from('E'), size, Buffer.from(said)]));
    });
  }).listen(0, '127.0.0.1');
  t.after(() => refusing.close());
  await once(refusing, 'listening');
  url.port = String((refusing.address() as AddressInfo).port);
  assertTold(
    await relais({ DATABASE_URL: url.href }, 'database', 'list'),
    /A pooler such as PgBouncer stands at the address of DATABASE_URL and refuses .* itself there\.\n$/,
  );
});

test('a CRM database that is gone is named, and not taken for the catalog', async (t) => {
  const { installation, named, run } = await installed(t);
  await loadInto(installation.main, publishedCrm());
  const { id } = await installation.key('Promoteur X');
  await makeSource(installation, 'site', 'json');
  await installation.main.close();
  await sql`drop database ${sql.id(named('_main'))}`.execute(installation.databases.catalog);
  const commands = [
    ['client', 'list'],
    ['key', 'rotate', id],
    ['key', 'revoke', id],
    ['source', 'rotate', 'site'],
  ];
  for (const command of commands) {
    assertTold(await run(...command), /SQL database of the CRM database "main" does not exist/);
  }
});

test('a folder that is gone is told as that', async (t) => {
  const folder = await temporaryFolder(t);
  const env = { PATH: process.env.PATH };
  const line = 'mkdir gone && cd gone && rmdir ../gone && "$0" "$1" database list';
  const ran = await promisify(execFile)('bash', ['-c', line, process.execPath, main], {
    cwd: folder,
    env,
  }).catch((error: Ran) => error);
  assert.match(ran.stderr, /^This folder is gone: change to one that exists\.$/m);
});

test('an address that is not to be had is the last word, also of a server of several processes', async (t) => {
  const { run } = await installed(t);
  for (const workers of ['1', '2']) {
    const ran = await run('serve', '--host', 'nosuch.invalid', '--port', '0', '--workers', workers);
    assertTold(ran, /This machine has no address nosuch\.invalid: see --host and RELAIS_HOST\.\n$/);
  }
});

test('a load that is interrupted says so, and leaves no embedded server behind', async (t) => {
  const env = { RELAIS_DATA_DIR: join(await temporaryFolder(t), 'data') };
  assert.equal((await relais(env, 'database', 'create', 'main')).code, 0);
  const child = spawn(process.execPath, [main, 'load', 'main', '-'], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const said = text(child.stderr);
  const exited = once(child, 'exit');
  child.stdin.on('error', () => {});
  // More than a pipe holds: when it has been taken, the load is under way.
  child.stdin.write(`{"regions":[${' '.repeat(1_000_000)}`);
  await once(child.stdin, 'drain');
  child.kill('SIGTERM');
  assert.deepEqual(await exited, [130, null]);
  assert.match(await said, /^Interrupted: nothing was loaded, .*\n$/);
  const cluster = await readdir(join(env.RELAIS_DATA_DIR, 'postgres', 'cluster'));
  assert.ok(!cluster.includes('postmaster.pid'));
});

test('a server of several processes that is interrupted while they start leaves nothing behind', async (t) => {
  const folder = await temporaryFolder(t);
  const env = { RELAIS_DATA_DIR: join(folder, 'data') };
  // The first worker answers, the other one hangs: the server is still about to start.
  const hangs = `
    import cluster from 'node:cluster';
    if (cluster.worker?.id === 2) await new Promise(() => setInterval(() => {}, 60_000));`;
  await writeFile(join(folder, 'hangs.mjs'), hangs);
  const child = spawn(
    process.execPath,
    ['--import', join(folder, 'hangs.mjs'), main, 'serve', '--port', '0', '--workers', '2'],
    { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said = text(child.stderr);
  const exited = once(child, 'exit');
  const workers: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, worker } = JSON.parse(line) as { msg: string; worker?: number };
    if (worker) workers.push(worker);
    if (msg === 'a worker answers') child.kill('SIGINT');
  }
  assert.deepEqual(await exited, [130, null]);
  assert.equal(await said, 'Interrupted.\n');
  assert.equal(new Set(workers).size, 2);
  for (const pid of workers) assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  const cluster = await readdir(join(env.RELAIS_DATA_DIR, 'postgres', 'cluster'));
  assert.ok(!cluster.includes('postmaster.pid'));
});
