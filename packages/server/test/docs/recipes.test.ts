import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import type { Recipe } from '../../src/docs/recipes/index.ts';
import { localServer } from '../support/localServer.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { COUNT, everyId, openRecipe, sorted } from './recipe.ts';

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

const fresh = (id: Recipe['id']) => openRecipe(server, folder, id);

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
  const lines = code.split('\n');
  const variables = Object.fromEntries(lines.slice(0, -1).map((each) => each.split(/=(.*)/, 2)));
  const command = (lines.at(-1) ?? '').replace(/^(\S+ ){5}/, '').replaceAll('\\%', '%');
  const path = `${bin}:${join(process.execPath, '..')}:${variables.PATH}`;
  await run('sh', ['-c', command], { env: { ...variables, HOME: own, PATH: path } });
  const [file = ''] = (await readdir(own)).filter((entry) => entry.endsWith('.csv'));
  assert.match(file, /^contacts-\d{4}-\d\d-\d\d\.csv$/);
  const rows: { action_id: string }[] = parse(await readFile(join(own, file)), { columns: true });
  assert.deepEqual(sorted(rows.map(({ action_id }) => Number(action_id))), everyId);
});

test('the Node recipe puts each contact into the CRM', async (t) => {
  const { key, own, file, close } = await fresh('sdk');
  t.after(close);
  const put = new Map<string, string>();
  const url = await localServer(t, async (request, response) => {
    put.set(String(request.url), await text(request));
    response.writeHead(request.method === 'PUT' ? 204 : 405).end();
  });
  await mkdir(join(own, 'node_modules', '@relais'), { recursive: true });
  await symlink(client, join(own, 'node_modules', '@relais', 'client'));
  const env = { RELAIS_API_KEY: key, CRM_URL: url };
  // From wherever it is started, its store is beside it.
  const pending = join(own, 'pending.json');
  await writeFile(pending, '{}');
  await assert.rejects(
    run(process.execPath, [file], { env }),
    /pending\.json .* holds something else/,
  );
  await rm(pending);
  const { stdout } = await run(process.execPath, [file], { env });
  assert.equal(stdout.trim(), `${COUNT} contacts`);
  assert.deepEqual(sorted([...put.keys()].map((path) => Number(path.split('/').at(-1)))), everyId);
  assert.ok(JSON.parse([...put.values()][0] ?? '').project);
});

interface HttpNode {
  readonly name: string;
  readonly type: string;
  readonly parameters: {
    readonly method: string;
    readonly url: string;
    readonly jsonBody: string;
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
  const body = node.parameters.jsonBody.replace(/^=/, '').replace('{{ $execution.id }}', '231');
  const ask = () =>
    fetch(node.parameters.url, {
      method: node.parameters.method,
      headers: { 'x-api-key': key },
      body,
    });
  assert.ok(node.parameters.url.startsWith(url));
  await assert.rejects(ask());
  const answer = await ask();
  assert.equal(answer.headers.get('idempotency-replayed'), 'true');
  assert.equal(((await answer.json()) as unknown[]).length, 200);
});
