import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { changeKey } from '../../src/changes/keyring.ts';
import { createSqlDatabase } from '../../src/db/administer.ts';
import { type EmbeddedServer, openEmbedded } from '../../src/db/embedded.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { hold } from '../../src/installation/holding.ts';
import { createDatabase } from '../../src/installation/installation.ts';
import { assertTold, relais, temporaryFolder } from '../support/command.ts';
import { PULLED, QUALIFY, queueCrm, READY } from '../support/crm.ts';
import { installationFor, loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { spawnServer } from '../support/server.ts';

async function examine(env: Record<string, string>): Promise<{ code: number; found: Finding[] }> {
  const ran = await relais(env, 'doctor', '--json');
  assert.equal(ran.stderr, '');
  return { code: ran.code, found: JSON.parse(ran.stdout) as Finding[] };
}

/** The one finding whose sentence has this in it; it has to be of this level, with a remedy. */
function assertFound(found: readonly Finding[], level: Finding['level'], what: RegExp): void {
  const matching = found.filter((finding) => what.test(finding.what));
  assert.equal(matching.length, 1, `${what}\n${found.map((one) => one.what).join('\n')}`);
  assert.equal(matching[0]?.level, level, String(what));
  if (level !== 'ok') assert.match(matching[0]?.remedy ?? '', /^\S.*/);
}

test('an installation that is well has nothing to mend', async (t) => {
  const installation = await installationFor(t);
  const server = await spawnServer({ DATABASE_URL: installation.catalogUrl });
  t.after(() => server.end());
  const env = { DATABASE_URL: installation.catalogUrl, RELAIS_PORT: new URL(server.url).port };
  const { code, found } = await examine(env);
  assert.equal(code, 0);
  assert.deepEqual(
    found.filter(({ level }) => level === 'fault'),
    [],
  );
  assertFound(found, 'ok', /a server answers/);
  assertFound(found, 'ok', /connections/);
  const { stdout } = await relais(env, 'doctor');
  assert.match(stdout, /✓ Node\.js/);
  assert.match(stdout, /\n {2}! .*no key is valid.*\n {6}→ Create one/);
  assert.match(stdout, /\n\nNothing to mend, \d+ to look at\.\n$/);
});

test('what waits and what is silent is told, with whose it is', async (t) => {
  const installation = await installationFor(t);
  const { main } = installation;
  await loadInto(main, queueCrm(4));
  const { id: exposed } = await installation.key('Promoteur X', { regions: [30] });
  const { id: ending } = await installation.key('Promoteur Y', {
    regions: [30],
    expires_at: new Date(Date.now() + 3 * 86_400_000),
  });
  await makeSource(installation, 'site', 'json');
  await sql`update api_key set exposed_at = now() where id = ${exposed}`.execute(main.db);
  await sql`update api_key set created_at = now() - interval '20 days'`.execute(main.db);
  await sql`insert into lead (id_source, received_at, draft, reasons)
    select id, now() - interval '3 days', '{}', '[{"code": "no_programme"}]' from source`.execute(
    main.db,
  );
  await sql`insert into job (kind, created_by, request, created_at)
    values ('export', 'staff:1', '{}', now() - interval '1 hour')`.execute(main.db);
  await hold(main, 'restored to yesterday', 'command:test');
  const { code, found } = await examine({ DATABASE_URL: installation.catalogUrl });
  const own = found.filter(({ about }) => about === 'main');
  // Contacts that nobody can pull have to be mended; the rest is to be looked at.
  assert.equal(code, 1);
  assertFound(own, 'fault', /pulls wait, for .*: restored to yesterday/);
  assertFound(own, 'fault', /2 contacts of Région 62 in "À transmettre": no valid key/);
  assertFound(own, 'warning', new RegExp(`${exposed} of Promoteur X was sent in a URL`));
  assertFound(own, 'warning', new RegExp(`${exposed} of Promoteur X .* never used`));
  assertFound(own, 'warning', new RegExp(`${ending} of Promoteur Y ends in`));
  assertFound(own, 'warning', /Promoteur X has never pulled, and 2 contacts wait/);
  assertFound(own, 'warning', /the oldest contact .* ready for \d+ days/);
  assertFound(own, 'warning', /1 lead in quarantine, the oldest for 3 days/);
  assertFound(own, 'warning', /1 job: nobody works on it/);
  assert.doesNotMatch(JSON.stringify(found), /p1@example\.com|Nom 1|key update/);
});

test('contacts of a statut that the last key has left are told of, as nobody can pull them', async (t) => {
  const installation = await installationFor(t);
  const { main } = installation;
  await loadInto(main, queueCrm(4));
  const swapped = { id_statut_ready: PULLED, id_statut_pulled: READY };
  const { id } = await installation.key('Promoteur X', swapped);
  const right = { id_statut_ready: READY, id_statut_pulled: PULLED };
  await changeKey(main, id, right, 'command:test');
  await sql`update action set id_statut = ${PULLED} where id < 3`.execute(main.db);
  const unreached = async () => {
    const { found } = await examine({ DATABASE_URL: installation.catalogUrl });
    return found.flatMap(({ level, what }) => (/no valid key can/.test(what) ? [level, what] : []));
  };
  // What was handed out is no matter, though the key pulled from there by mistake.
  assert.deepEqual(await unreached(), []);
  await changeKey(main, id, { id_statut_ready: QUALIFY }, 'command:test');
  assert.deepEqual(await unreached(), [
    ...['fault', '1 contact of Région 30 in "À transmettre": no valid key can pull them'],
    ...['fault', '1 contact of Région 62 in "À transmettre": no valid key can pull them'],
  ]);
});

test('why no admin can sign in is told, with the command that mends it', async (t) => {
  const installation = await installationFor(t);
  const { catalog } = installation.databases;
  const add = (role: string, email: string) =>
    sql`insert into staff (email, nom, role, password_hash)
      values (${email}, ${email}, ${role}, ${role === 'admin' ? null : 'set'})`.execute(catalog);
  const told = async (what: RegExp, remedy: RegExp) => {
    const { found } = await examine({ DATABASE_URL: installation.catalogUrl });
    assertFound(found, 'warning', what);
    assert.match(found.find((one) => what.test(one.what))?.remedy ?? '', remedy);
    assert.doesNotMatch(JSON.stringify(found), /claire@/);
  };
  await told(/nobody can sign in to the console: there is no admin/, /relais staff create/);
  await add('admin', 'claire@example.com');
  await told(/nobody can sign in .*: 1 admin invited, without a password yet/, /relais staff link/);
  await add('operateur', 'paul@example.com');
  await sql`update staff set disabled_at = now() where role = 'admin'`.execute(catalog);
  await told(/no admin can sign in .*: 1 admin disabled/, /relais staff enable/);
});

test('migrations that are to come are told, and none is made', async (t) => {
  const installation = await installationFor(t);
  const { main } = installation;
  await sql`delete from migration where number = (select max(number) from migration)`.execute(
    main.db,
  );
  const env = { DATABASE_URL: installation.catalogUrl };
  const before = await sql`select number from migration order by number`.execute(main.db);
  const { code, found } = await examine(env);
  assert.equal(code, 0);
  assertFound(found, 'warning', /^1 migration to come: \d{4}_/);
  const after = await sql`select number from migration order by number`.execute(main.db);
  assert.deepEqual(after.rows, before.rows);
  // One that is newer than this program is as it should be during an upgrade.
  await sql`insert into migration (number, name) values (9000, '9000_newer.sql')`.execute(
    installation.databases.catalog,
  );
  const again = await examine(env);
  assert.equal(again.code, 0);
  assertFound(again.found, 'warning', /newer than this program \(9000_newer\.sql\)/);
});

test('a CRM database that may lose what it confirmed, or is away, has to be mended', async (t) => {
  const installation = await installationFor(t);
  const doomed = await installation.create('doomed');
  const nameOf = async (db: typeof doomed.db) =>
    (await sql<{ name: string }>`select current_database() as name`.execute(db)).rows[0]?.name ??
    '';
  const main = sql.id(await nameOf(installation.main.db));
  await sql`alter database ${main} set synchronous_commit = off`.execute(installation.main.db);
  const away = sql.id(await nameOf(doomed.db));
  await sql`alter database ${away} allow_connections false`.execute(installation.main.db);
  const { code, found } = await examine({ DATABASE_URL: installation.catalogUrl });
  assert.equal(code, 1);
  const of = (nom: string) => found.filter(({ about }) => about === nom);
  assertFound(of('main'), 'fault', /synchronous_commit off/);
  assertFound(of('doomed'), 'fault', /does not answer/);
  assertFound(of('catalog'), 'ok', /survives a crash/);
});

test('each PostgreSQL server is looked at, with the connections that its databases may use', async (t) => {
  const installation = await installationFor(t);
  let other: EmbeddedServer | undefined;
  t.after(() => other?.close());
  const folder = await temporaryFolder(t);
  await chmod(folder, 0o755);
  other = await openEmbedded({ dataDir: join(folder, 'data'), dataDirIsDefault: false });
  await createDatabase(installation, 'far', { environment: 'live', url: other.url('postgres') });
  // Beside the catalog, though it has an address of its own.
  const near = new URL(installation.catalogUrl);
  near.pathname += '_near';
  await createSqlDatabase(installation.catalogUrl, near.pathname.slice(1));
  await createDatabase(installation, 'near', { environment: 'live', url: near.href });
  const { found } = await examine({ DATABASE_URL: installation.catalogUrl });
  const of = (name: string) => found.filter(({ about }) => about === name);
  assertFound(of('PostgreSQL'), 'ok', /connections, of which .* may use 30$/);
  assertFound(of('PostgreSQL of far'), 'ok', /connections, of which .* may use 10$/);
  assertFound(of('PostgreSQL of far'), 'ok', /^version /);
});

test('an account that may not migrate or create databases, or has few connections, is told of', async (t) => {
  const installation = await installationFor(t);
  const { catalog } = installation.databases;
  const role = `relais_test_${randomBytes(6).toString('hex')}`;
  await sql`create role ${sql.id(role)} login password 'plain' connection limit 12`.execute(
    catalog,
  );
  await sql`grant select on all tables in schema public to ${sql.id(role)}`.execute(catalog);
  const url = new URL(installation.catalogUrl);
  url.username = role;
  url.password = 'plain';
  const { code, found } = await examine({ DATABASE_URL: url.href });
  await sql`drop owned by ${sql.id(role)}`.execute(catalog);
  await sql`drop role ${sql.id(role)}`.execute(catalog);
  assert.equal(code, 1);
  const own = found.filter(({ about }) => about === 'catalog' || about === 'PostgreSQL');
  assertFound(own, 'fault', /may not change tables: migrations would fail/);
  assertFound(own, 'ok', /may not create SQL databases: .* needs --url/);
  assertFound(own, 'fault', /^12 connections, of which one process of ours may use/);
});

test('faults of the environment are told with the rest unread', async () => {
  const { code, found } = await examine({ RELAIS_PORT: 'x', RELAIS_SECRET: 'short' });
  assert.equal(code, 1);
  assert.deepEqual(
    found.map(({ level }) => level),
    ['fault', 'fault'],
  );
  assertFound(found, 'fault', /RELAIS_PORT/);
});

test('addresses that give clients away have to be mended', async () => {
  const { code, found } = await examine({
    DATABASE_URL: 'postgresql://u:password@127.0.0.1:1/none',
    RELAIS_PUBLIC_URL: 'http://crm.example.com',
    RELAIS_TRUSTED_PROXIES: '0.0.0.0/0',
  });
  assert.equal(code, 1);
  assertFound(found, 'fault', /travel in the clear/);
  assertFound(found, 'fault', /takes in the whole internet/);
  assertFound(found, 'fault', /does not answer at the address of DATABASE_URL \(ECONNREFUSED\)/);
  assert.doesNotMatch(JSON.stringify(found), /u:password/);
});

test('where nothing is installed nothing is made', async (t) => {
  const folder = await temporaryFolder(t);
  const { code, found } = await examine({ RELAIS_DATA_DIR: join(folder, 'data') });
  assert.equal(code, 1);
  assertFound(found, 'fault', /there is no installation in/);
  assert.deepEqual(await readdir(folder), []);
});

test('a directory that this account may not enter is told as that, and not as empty', async (t) => {
  const folder = await temporaryFolder(t);
  const closed = join(folder, 'closed');
  await mkdir(closed, { mode: 0 });
  const asRoot = process.getuid?.() === 0;
  if (asRoot && import.meta.filename.startsWith('/root/')) return t.skip('out of reach of nobody');
  const env = { PATH: process.env.PATH, RELAIS_DATA_DIR: closed };
  const account = asRoot ? { uid: 65_534, gid: 65_534 } : {};
  const main = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [main, 'doctor', '--json'], {
    ...account,
    cwd: '/',
    env,
  }).catch((error: { stdout: string }) => error);
  assertFound(JSON.parse(stdout), 'fault', /this account may not look into \S+closed/);
});

test('an embedded server that does not run is looked at, and stopped again', async (t) => {
  const env = { RELAIS_DATA_DIR: join(await temporaryFolder(t), 'data') };
  await relais(env, 'database', 'create', 'main');
  const { code, found } = await examine(env);
  assert.equal(code, 0);
  assertFound(found, 'ok', /did not run: it was started .* and stopped again/);
  const cluster = await readdir(join(env.RELAIS_DATA_DIR, 'postgres', 'cluster'));
  assert.ok(!cluster.includes('postmaster.pid'));
});

test('a secret that opens nothing, or that others may read, has to be mended', async (t) => {
  const installation = await installationFor(t, { RELAIS_SECRET: 'a'.repeat(32) });
  await loadInto(installation.main, queueCrm(0));
  await makeSource(installation, 'annonces', 'meta', {
    meta: { secrets: { appSecret: 'x'.repeat(32), accessToken: 'y'.repeat(32) }, forms: ['1'] },
  });
  const folder = await temporaryFolder(t);
  const env = { DATABASE_URL: installation.catalogUrl, RELAIS_DATA_DIR: join(folder, 'data') };
  const right = await examine({ ...env, RELAIS_SECRET: 'a'.repeat(32) });
  assertFound(right.found, 'ok', /its secret opens what was sealed/);
  const wrong = await examine({ ...env, RELAIS_SECRET: 'b'.repeat(32) });
  assert.equal(wrong.code, 1);
  assertFound(wrong.found, 'fault', /does not open .* another: the secrets of annonces$/);
  // What comes later is sealed with the new one, and tells nothing of what was there.
  const secrets = join(folder, 'meta.json');
  await writeFile(secrets, '{"app_secret":"a","access_token":"b"}');
  const later = { ...env, RELAIS_SECRET: 'b'.repeat(32) };
  const made = await relais(
    later,
    ...['source', 'create', 'meta', '--channel', 'meta', '--statut', 'À transmettre'],
    ...['--meta-secrets', secrets, '--meta-forms', '2'],
  );
  assert.equal(made.code, 0, made.stderr);
  const half = await examine(later);
  assertFound(half.found, 'fault', /does not open .* another: the secrets of annonces$/);
  const given = ['source', 'secrets', 'annonces', secrets];
  assert.equal((await relais(later, ...given)).code, 0);
  assertFound((await examine(later)).found, 'ok', /its secret opens what was sealed/);
  const none = await examine(env);
  assertFound(none.found, 'fault', /a secret that is not on this host/);
  await mkdir(env.RELAIS_DATA_DIR);
  await writeFile(join(env.RELAIS_DATA_DIR, 'secret'), 'a'.repeat(32));
  await chmod(join(env.RELAIS_DATA_DIR, 'secret'), 0o644);
  const open = await examine(env);
  assert.equal(open.code, 1);
  assertFound(open.found, 'fault', /may be read or changed by other accounts \(mode 644\)/);
});

test('a secret that a full disk left empty seals nothing, and has to be mended', async (t) => {
  const installation = await installationFor(t);
  await loadInto(installation.main, queueCrm(0));
  const folder = await temporaryFolder(t);
  const env = { DATABASE_URL: installation.catalogUrl, RELAIS_DATA_DIR: folder };
  const file = join(folder, 'secret');
  await writeFile(join(folder, 'meta.json'), '{"app_secret":"a","access_token":"b"}');
  const create = (nom: string) =>
    relais(
      env,
      ...['source', 'create', nom, '--channel', 'meta', '--statut', 'À transmettre'],
      ...['--meta-secrets', join(folder, 'meta.json'), '--meta-forms', '1811616845554330'],
    );
  await writeFile(file, '', { mode: 0o600 });
  assertTold(await create('annonces'), /secret is empty, and seals nothing: bring it back/);
  const { code, found } = await examine(env);
  assert.equal(code, 1);
  assertFound(found, 'fault', /secret is empty/);
  await rm(file);
  const made = await create('annonces');
  assert.equal(made.code, 0, made.stderr);
  assert.match(await readFile(file, 'utf8'), /^[0-9a-f]{64}$/);
  assert.deepEqual((await readdir(folder)).sort(), ['meta.json', 'secret']);
});
