import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { freshServer, type TestServer } from '../../server/test/support/server.ts';
import { Relais } from '../src/index.ts';
import { runClient, runShell } from './support/cli.ts';
import { idsIn, openQueue } from './support/queue.ts';

const COUNT = 437;

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

/** A queue of its own, and a file for it. */
async function fresh(t: TestContext, name: string) {
  const { folder, env } = await openQueue(server, t, COUNT);
  return { folder, env, out: join(folder, name), lock: join(folder, '.relais-client.json.lock') };
}

const everyId = Array.from({ length: COUNT }, (_, index) => index + 1);

test('a batch that a full disk takes in part is a failure, and whole after the next run', async (t) => {
  const { out, env } = await fresh(t, 'contacts.jsonl');
  // A limit on the size of files: the write that reaches it is cut short, as on a full disk.
  const limited = await runShell('ulimit -f 100; exec "$NODE" "$cli" pull --out "$out"', {
    ...env,
    out,
  });
  assert.equal(limited.code, 1, limited.stderr);
  assert.match(limited.stderr, /The disk is full. Nothing is lost/);
  const again = await runClient(['pull', '--out', out], env);
  assert.equal(again.code, 0, again.stderr);
  assert.deepEqual(await idsIn(out), everyId);
});

test('standard output into a file on a full disk is a failure, and whole after the next run', async (t) => {
  const { out, env } = await fresh(t, 'contacts.jsonl');
  const pull = 'exec "$NODE" "$cli" pull --out - >"$out"';
  const limited = await runShell(`ulimit -f 100; ${pull}`, { ...env, out });
  assert.equal(limited.code, 1, limited.stderr);
  assert.match(limited.stderr, /The disk is full. Nothing is lost/);
  const again = await runShell(pull, { ...env, out });
  assert.equal(again.code, 0, again.stderr);
  assert.deepEqual(await idsIn(out), everyId);
  if (process.platform !== 'linux') return;
  const full = await runShell('exec "$NODE" "$cli" regions >/dev/full', env);
  assert.deepEqual([full.code, /The disk is full/.test(full.stderr)], [1, true]);
});

test('standard output goes on with a file on a line of its own, where half a line was left', async (t) => {
  const { out, env } = await fresh(t, 'contacts.jsonl');
  const pull = 'exec "$NODE" "$cli" pull --out - >>"$out"';
  const limited = await runShell(`ulimit -f 100; ${pull}`, { ...env, out });
  assert.equal(limited.code, 1, limited.stderr);
  const whole = await readFile(out, 'utf8');
  assert.ok(!whole.endsWith('\n'));
  const again = await runShell(pull, { ...env, out });
  assert.equal(again.code, 0, again.stderr);
  const added = (await readFile(out, 'utf8')).slice(whole.length);
  assert.ok(added.startsWith('\n{'), added.slice(0, 80));
  assert.ok(
    added
      .slice(1)
      .trimEnd()
      .split('\n')
      .every((line) => JSON.parse(line).action_id),
  );
});

test('a standard output that nobody reads takes nothing', async (t) => {
  const { env } = await fresh(t, 'unused');
  for (const nowhere of ['>&-', '>/dev/null']) {
    const closed = await runShell(`exec "$NODE" "$cli" pull --out - ${nowhere}`, env);
    assert.equal(closed.code, 2, closed.stderr);
    assert.match(closed.stderr, /Nobody reads standard output/);
  }
  const client = new Relais({ apiKey: env.RELAIS_API_KEY, baseUrl: server.url });
  assert.equal((await client.getPulledContacts()).contacts.length, 0);
});

test('a pipe or a device takes nothing, and /dev/stdout is standard output', async (t) => {
  const { folder, out, env } = await fresh(t, 'contacts.jsonl');
  const pipe = join(folder, 'pipe.jsonl');
  await runShell('mkfifo "$pipe"', { pipe });
  for (const place of [pipe, '/dev/null', '/dev/full']) {
    const args = ['pull', '--out', place, '--format', 'jsonl', '--journal', `${out}.journal`];
    const { code, stderr } = await runClient(args, env);
    assert.equal(code, 2, stderr);
    assert.match(stderr, / is a device or a pipe, and no file: --out - is standard output\.\n$/);
  }
  const client = new Relais({ apiKey: env.RELAIS_API_KEY, baseUrl: server.url });
  assert.equal((await client.getPulledContacts()).contacts.length, 0);

  const { code, stdout, stderr } = await runClient(['pull', '--out', '/dev/stdout'], env);
  assert.equal(code, 0, stderr);
  assert.equal(stdout.split('\n').length - 1, COUNT);
});

test('a full disk leaves no lock in the way of the next run', async (t) => {
  const { out, env, lock } = await fresh(t, 'contacts.jsonl');
  const pull = 'exec "$NODE" "$cli" pull --out "$out" --limit 3';
  // No file may hold a byte, the lock neither.
  const full = await runShell(`ulimit -f 0; ${pull}`, { ...env, out });
  assert.equal(full.code, 1, full.stderr);
  assert.match(full.stderr, /The disk is full. Nothing is lost/);
  await assert.rejects(readFile(lock), { code: 'ENOENT' });
  const again = await runShell(pull, { ...env, out });
  assert.equal(again.code, 0, again.stderr);
});

/** Run before a program: no folder can be brought to the disk, as on some file systems. */
const NO_FOLDER_SYNC = `
import { open } from 'node:fs/promises';
const file = await open('.');
const handle = Object.getPrototypeOf(file);
await file.close();
const { sync } = handle;
handle.sync = async function () {
  const isFolder = (await this.stat()).isDirectory();
  if (isFolder) throw Object.assign(new Error('EINVAL: invalid argument, fsync'), { code: 'EINVAL' });
  return sync.call(this);
};`;

test('a file system that brings no folder to the disk takes contacts all the same', async (t) => {
  const { out, env } = await fresh(t, 'contacts.jsonl');
  const NODE_OPTIONS = `--import data:text/javascript,${encodeURIComponent(NO_FOLDER_SYNC)}`;
  const pulled = await runClient(['pull', '--out', out], { ...env, NODE_OPTIONS });
  assert.equal(pulled.code, 0, pulled.stderr);
  assert.deepEqual(await idsIn(out), everyId);
});
