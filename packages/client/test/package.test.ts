import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { queueCrm } from '../../server/test/support/crm.ts';
import { loadInto } from '../../server/test/support/installation.ts';
import { localServer } from '../../server/test/support/localServer.ts';
import { freshServer, type TestServer } from '../../server/test/support/server.ts';
import { openNode } from './support/nodes.ts';

const run = promisify(execFile);
const home = fileURLToPath(new URL('..', import.meta.url));
const tools = fileURLToPath(new URL('../../../node_modules/.bin/', import.meta.url));

let server: TestServer;
/** A folder of somebody else's, with the packed package installed and nothing of ours beside. */
let folder: string;
let tarball: string;
before(async () => {
  server = await freshServer();
  await loadInto(server.main, queueCrm(1_000));
  folder = await mkdtemp(join(tmpdir(), 'relais-package-'));
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: home });
  const [{ filename }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('['))) as [
    { filename: string },
  ];
  tarball = join(folder, filename);
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder });
});
after(async () => {
  await rm(folder, { recursive: true, force: true });
  await server?.close();
});

const PROGRAM = `
import { AuthenticationError, Relais } from '@relais/client';
import { fileStore } from '@relais/client/node';
const client = new Relais({ apiKey: process.env.KEY, baseUrl: process.env.URL });
const ids = [];
for await (const contact of client.contacts({ limit: 4, store: fileStore(process.env.STORE) })) {
  ids.push(contact.action_id);
  if (ids.length === 9) break;
}
const wrong = new Relais({ apiKey: 'wrong', baseUrl: process.env.URL });
const error = await wrong.getRegions().catch((reason) => reason);
console.log(JSON.stringify({ ids, refused: error instanceof AuthenticationError }));
`;

const REQUIRED = `
const { Relais } = require('@relais/client');
const { fileStore } = require('@relais/client/node');
console.log(typeof Relais, typeof fileStore);
`;

for (const version of [20, 22, 24]) {
  test(`the installed package works on Node ${version}`, async () => {
    const node = await openNode(version);
    const { text } = await server.key(`Promoteur ${version}`);
    await writeFile(join(folder, 'program.js'), PROGRAM);
    const env = {
      KEY: text,
      URL: server.url,
      STORE: `pending-${version}.json`,
      RELAIS_API_KEY: text,
      RELAIS_BASE_URL: server.url,
    };
    const { stdout } = await run(node, ['program.js'], { cwd: folder, env });
    const { ids, refused } = JSON.parse(stdout);
    assert.equal(ids.length, 9);
    assert.equal(refused, true);
    const commonjs = ['--no-experimental-require-module', '--input-type=commonjs', '-e', REQUIRED];
    const required = await run(node, commonjs, { cwd: folder });
    assert.deepEqual(required, { stdout: 'function function\n', stderr: '' });
    const cli = join(folder, 'node_modules', '@relais', 'client', 'dist', 'cli.js');
    const regions = await run(node, [cli, 'regions', '--json'], { env });
    assert.equal(JSON.parse(regions.stdout).length, 2);
  });
}

test('on Node 20, too, a receiver that never answers is given up, and sent the contact again', async (t) => {
  const node = await openNode(20);
  const database = await server.create('silent');
  await loadInto(database, queueCrm(2));
  const { text } = await server.key('Promoteur X', { database });
  const sent: unknown[] = [];
  const receiver = await localServer(t, (request, response) => {
    sent.push(request.headers['webhook-id']);
    if (sent.length > 1) response.writeHead(204).end();
  });
  const cli = join(folder, 'node_modules', '@relais', 'client', 'dist', 'cli.js');
  // As happens in a process that has been waiting for some seconds.
  const collecting = ['--expose-gc', '--import', 'data:text/javascript,setInterval(gc,50).unref()'];
  const env = {
    RELAIS_API_KEY: text,
    RELAIS_BASE_URL: server.url,
    XDG_STATE_HOME: folder,
    RELAIS_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 'k').toString('base64')}`,
  };
  await run(node, [...collecting, cli, 'pull', '--out', receiver, '--timeout', '3'], { env });
  assert.deepEqual(sent, ['1', '1', '2']);
});

test('the commands of the package run as npm installs them', async () => {
  const { text } = await server.key('Promoteur X');
  const bin = join(folder, 'node_modules', '.bin');
  const env = { PATH: `${join(process.execPath, '..')}:${process.env.PATH}`, RELAIS_API_KEY: text };
  const report = await run(join(bin, 'relais-conformance'), [`${server.url}/api/v1`, '--pull'], {
    env,
  });
  assert.match(report.stdout, /18 passed, 0 failed/);
  const version = await run(join(bin, 'relais-client'), ['--version'], { env });
  const manifest = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
  assert.equal(version.stdout.trim(), manifest.version);
});

test('the first example of its README runs as it stands', async () => {
  const database = await server.create('readme');
  await loadInto(database, queueCrm(10));
  const { text } = await server.key('Promoteur X', { database });
  const readme = await readFile(join(home, 'README.md'), 'utf8');
  await writeFile(join(folder, 'readme.js'), /```js\n(.*?)```/s.exec(readme)?.[1] ?? '');
  const env = { RELAIS_API_KEY: text, RELAIS_BASE_URL: server.url };
  const { stdout } = await run(process.execPath, ['readme.js'], { cwd: folder, env });
  assert.equal(stdout.match(/^\d+ \S/gm)?.length, 10);
});

const TYPED = `
import { type Contact, Relais, type RelaisError } from '@relais/client';
import { fileStore } from '@relais/client/node';
const client = new Relais({ apiKey: 'k' });
export const name = async (contact: Contact): Promise<string | null> => contact.prospect_nom;
export async function pull(): Promise<number> {
  let sum = 0;
  for await (const { action_id } of client.contacts({ store: fileStore('p') })) sum += action_id;
  return sum;
}
// What a program may have or not have is given as it is.
export async function pages(options: { limit?: number } = {}): Promise<void> {
  let cursor: string | undefined;
  do ({ next: cursor } = await client.readContacts({ limit: options.limit, cursor }));
  while (cursor);
}
export const other = new Relais({ apiKey: 'k', baseUrl: undefined as string | undefined });
export const code = (error: RelaisError): string | undefined => error.code;
// @ts-expect-error a contact has no such field
export const wrong = (contact: Contact) => contact.prospect_surname;
`;

test('its types hold in a strict project of somebody else', async () => {
  const project = join(folder, 'typed');
  await mkdir(project, { recursive: true });
  await writeFile(join(project, 'program.ts'), TYPED);
  await writeFile(join(project, 'commonjs.cts'), TYPED);
  for (const module of ['node16', 'nodenext', 'esnext']) {
    const compilerOptions = {
      module,
      moduleResolution: module === 'esnext' ? 'bundler' : module,
      target: 'es2022',
      lib: ['es2022', 'dom', 'dom.asynciterable'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      types: [],
    };
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    await run(join(tools, 'tsc'), ['-p', project], { cwd: folder });
  }
});

test('publint and arethetypeswrong find nothing in it, and it depends on nothing', async () => {
  await run(join(tools, 'publint'), ['run', tarball, '--strict']);
  await run(join(tools, 'attw'), [tarball, '--profile', 'node16']);
  const installed = join(folder, 'node_modules', '@relais', 'client', 'package.json');
  const manifest = JSON.parse(await readFile(installed, 'utf8'));
  assert.equal(manifest.dependencies, undefined);
});
