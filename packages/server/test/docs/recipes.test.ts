import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { type Recipe, recipes } from '../../src/docs/recipes/index.ts';
import { queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { freshServer, type TestServer } from '../support/server.ts';

const COUNT = 450;
const run = promisify(execFile);
const client = fileURLToPath(new URL('../../../client/', import.meta.url));

let server: TestServer;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-recipes-'));
  server = await freshServer();
  await run('npm', ['run', 'build'], { cwd: client });
});
after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/**
 * A queue that only this test's key sees, behind a proxy that loses the first answer of each pull,
 * and the recipe as a reader has it, in a folder of its own.
 */
async function fresh(id: Recipe['id']) {
  const database = await server.create(id);
  await loadInto(database, queueCrm(COUNT));
  const { text: key } = await server.key('Promoteur X', { database });
  const seen = new Set<unknown>();
  const proxy = createServer(async (request, response) => {
    const body = await text(request);
    const headers = { 'x-api-key': String(request.headers['x-api-key']) };
    const name = request.headers['idempotency-key'];
    const answer = await fetch(`${server.url}${request.url}`, {
      method: 'POST',
      headers: { ...headers, ...(name ? { 'idempotency-key': String(name) } : {}) },
      body,
    });
    const given = await answer.text();
    if (seen.has(name)) response.writeHead(answer.status, [...answer.headers].flat()).end(given);
    else response.destroy();
    seen.add(name);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const own = join(folder, id);
  await mkdir(own);
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const recipe = recipes.find((one) => one.id === id);
  const code = recipe?.code(url) ?? '';
  const file = join(own, recipe?.file ?? '');
  await writeFile(file, code);
  return { key, own, code, file, url, close: () => proxy.close() };
}

const everyId = Array.from({ length: COUNT }, (_, index) => index + 1);
const sorted = (ids: readonly number[]) => [...ids].sort((left, right) => left - right);

test('the line for cron leaves each contact in a CSV file once', async (t) => {
  const { key, own, code, close } = await fresh('cron');
  t.after(close);
  await writeFile(join(own, 'relais-key'), key);
  await chmod(join(own, 'relais-key'), 0o600);
  const bin = join(own, 'bin');
  await mkdir(bin);
  await symlink(join(client, 'dist', 'cli.js'), join(bin, 'relais-client'));
  await chmod(join(client, 'dist', 'cli.js'), 0o755);
  // As cron does: variables, then what follows the five fields, with escaped per cent signs.
  const [variable = '', line = ''] = code.split('\n');
  const [name = '', value = ''] = variable.split('=');
  const command = line.replace(/^(\S+ ){5}/, '').replaceAll('\\%', '%');
  const path = `${bin}:${join(process.execPath, '..')}:/usr/bin:/bin`;
  await run('sh', ['-c', command], { env: { [name]: value, HOME: own, PATH: path } });
  const [file = ''] = (await readdir(own)).filter((entry) => entry.endsWith('.csv'));
  assert.match(file, /^contacts-\d{4}-\d\d-\d\d\.csv$/);
  const rows: { action_id: string }[] = parse(await readFile(join(own, file)), { columns: true });
  assert.deepEqual(sorted(rows.map(({ action_id }) => Number(action_id))), everyId);
});

test('the Node recipe puts each contact into the CRM', async (t) => {
  const { key, own, file, close } = await fresh('sdk');
  t.after(close);
  const put = new Map<string, string>();
  const crm = createServer(async (request, response) => {
    put.set(String(request.url), await text(request));
    response.writeHead(request.method === 'PUT' ? 204 : 405).end();
  });
  await new Promise<void>((resolve) => crm.listen(0, '127.0.0.1', resolve));
  t.after(() => crm.close());
  await mkdir(join(own, 'node_modules', '@relais'), { recursive: true });
  await symlink(client, join(own, 'node_modules', '@relais', 'client'));
  const url = `http://127.0.0.1:${(crm.address() as AddressInfo).port}`;
  const env = { RELAIS_API_KEY: key, CRM_URL: url };
  const { stdout } = await run(process.execPath, [file], { cwd: own, env });
  assert.equal(stdout.trim(), `${COUNT} contacts`);
  assert.deepEqual(sorted([...put.keys()].map((path) => Number(path.split('/').at(-1)))), everyId);
  assert.ok(JSON.parse([...put.values()][0] ?? '').project);
});

test('the PHP recipe stores each contact, and goes on with the pull it had begun', async (t) => {
  const { key, own, file, close } = await fresh('php');
  t.after(close);
  const env = { ...process.env, RELAIS_API_KEY: key };
  // As a run leaves it that was killed after its pull.
  await writeFile(join(own, 'pending.txt'), 'begun-before');
  await server.send(key, { operation: 'pullContacts' }, { 'Idempotency-Key': 'begun-before' });
  await run('php', [file], { cwd: own, env });
  const stored = await readdir(join(own, 'contacts'));
  assert.deepEqual(sorted(stored.map((name) => Number.parseInt(name, 10))), everyId);
  assert.ok(!(await readdir(own)).includes('pending.txt'));
});

test('the Python recipe stores each contact, and goes on with the pull it had begun', async (t) => {
  const { key, own, file, close } = await fresh('python');
  t.after(close);
  const env = { ...process.env, RELAIS_API_KEY: key };
  await server.send(key, { operation: 'pullContacts' }, { 'Idempotency-Key': 'begun-before' });
  const begin =
    'import sqlite3; db = sqlite3.connect("contacts.db"); db.execute("create table pending (idempotency_key text)"); db.execute("insert into pending values (\'begun-before\')"); db.commit()';
  await run('python3', ['-c', begin], { cwd: own, env });
  await run('python3', [file], { cwd: own, env });
  const list =
    'import sqlite3; print([row[0] for row in sqlite3.connect("contacts.db").execute("select action_id from contact")])';
  const { stdout } = await run('python3', ['-c', list], { cwd: own, env });
  assert.deepEqual(sorted(JSON.parse(stdout)), everyId);
});

interface HttpNode {
  readonly name: string;
  readonly type: string;
  readonly parameters: {
    readonly method: string;
    readonly url: string;
    readonly jsonBody: string;
    readonly headerParameters?: { readonly parameters: { name: string; value: string }[] };
  };
}

test('what the n8n workflow sends is a pull, whose retry is the same pull', async (t) => {
  const { key, code, url, close } = await fresh('n8n');
  t.after(close);
  const workflow = JSON.parse(code);
  const names = workflow.nodes.map(({ name }: HttpNode) => name);
  for (const [from, { main }] of Object.entries<{ main: { node: string }[][] }>(
    workflow.connections,
  )) {
    assert.ok(names.includes(from) && main.flat().every(({ node }) => names.includes(node)));
  }
  const node: HttpNode = workflow.nodes.find(({ name }: HttpNode) => name === 'Pull contacts');
  // n8n replaces what is in double braces in a value that begins with "=".
  const headers = Object.fromEntries(
    (node.parameters.headerParameters?.parameters ?? []).map(({ name, value }) => [
      name,
      value.replace(/^=/, '').replace('{{ $execution.id }}', '231'),
    ]),
  );
  const ask = () =>
    fetch(node.parameters.url, {
      method: node.parameters.method,
      headers: { ...headers, 'x-api-key': key },
      body: node.parameters.jsonBody,
    });
  assert.ok(node.parameters.url.startsWith(url));
  await assert.rejects(ask());
  const answer = await ask();
  assert.equal(answer.headers.get('idempotency-replayed'), 'true');
  assert.equal(((await answer.json()) as unknown[]).length, 200);
});
