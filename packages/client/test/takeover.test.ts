import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, writeFileSync } from 'node:fs';
import { readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { localServer } from '../../server/test/support/localServer.ts';
import { freshServer, type TestServer } from '../../server/test/support/server.ts';
import { runClient, runShell, startClient } from './support/cli.ts';
import { openProxy } from './support/proxy.ts';
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
  const out = join(folder, name);
  const lock = join(folder, '.relais-client.json.lock');
  return { folder, env, out, lock, locks: [lock, `${out}.lock`] };
}

/** A proxy that does something while the first answer is on its way. */
async function meanwhile(t: TestContext, act: () => void) {
  let first = true;
  const proxy = await openProxy({
    target: () => server.url,
    mischief: { refused: 0, lost: 0, torn: 0, altered: 0, late: 0 },
    random: () => 1,
    onMoment(moment) {
      if (moment !== 'answering' || !first) return;
      first = false;
      act();
    },
  });
  t.after(() => proxy.close());
  return proxy.url;
}

const everyId = Array.from({ length: COUNT }, (_, index) => index + 1);

test('a run that was asleep while another took its place writes nothing', async (t) => {
  const { out, env, locks } = await fresh(t, 'contacts.jsonl');
  let sleeper: ChildProcess | undefined;
  const asleep = Promise.withResolvers<void>();
  const url = await meanwhile(t, () => {
    sleeper?.kill('SIGSTOP');
    asleep.resolve();
  });
  const started = startClient(['pull', '--out', out], { ...env, RELAIS_BASE_URL: url });
  sleeper = started.child;
  await asleep.promise;
  // As after half a minute: its locks have no beat.
  for (const lock of locks) await utimes(lock, 0, 0);
  const other = await runClient(['pull', '--out', out], env);
  assert.equal(other.code, 0, other.stderr);
  assert.deepEqual(await idsIn(out), everyId);
  sleeper.kill('SIGCONT');
  const woken = await started.ended;
  assert.equal(woken.code, 5, woken.stderr);
  assert.match(woken.stderr, /taken over/);
  assert.deepEqual(await idsIn(out), everyId);
});

test('of two runs with a journal each, one at a time writes to a file', async (t) => {
  const { folder, out, env } = await fresh(t, 'contacts.jsonl');
  const link = join(folder, 'link.jsonl');
  await writeFile(out, '');
  await symlink(out, link);
  let first: ChildProcess | undefined;
  const asleep = Promise.withResolvers<void>();
  const url = await meanwhile(t, () => {
    first?.kill('SIGSTOP');
    asleep.resolve();
  });
  const started = startClient(['pull', '--out', out], { ...env, RELAIS_BASE_URL: url });
  first = started.child;
  await asleep.promise;
  const second = ['pull', '--out', link, '--journal', join(folder, 'second.json')];
  const refused = await runClient(second, env);
  assert.equal(refused.code, 5, refused.stderr);
  assert.match(refused.stderr, /Another process is writing to .+link\.jsonl/);
  first.kill('SIGCONT');
  const { code, stderr } = await started.ended;
  assert.equal(code, 0, stderr);
  assert.equal((await runClient(second, env)).code, 0);
  assert.deepEqual(await idsIn(out), everyId);
});

/** A receiver of contacts that does something while it takes the first; gives what it took. */
async function receiving(t: TestContext, act: () => Promise<void>) {
  const taken: string[] = [];
  const url = await localServer(t, async (request, response) => {
    taken.push(String(request.headers['idempotency-key']));
    request.resume();
    if (taken.length === 1) await act();
    response.end();
  });
  return { taken, url: `${url}/` };
}

const webhook = { RELAIS_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}` };
const ANOTHER = '4194305 another';

test('a run whose place was taken sends an address no further contact', async (t) => {
  const { folder, env } = await fresh(t, 'unused');
  const journal = join(folder, 'journal.json');
  const takeOver = () => writeFile(`${journal}.lock`, ANOTHER);
  const { taken, url } = await receiving(t, takeOver);
  const sleeper = ['pull', '--out', url, '--journal', journal];
  const during = await runClient(sleeper, { ...env, ...webhook });
  assert.equal(during.code, 5, during.stderr);
  assert.match(during.stderr, /taken over/);
  assert.deepEqual(taken, ['1']);

  // Before the first contact, too: the answer of the server was on its way meanwhile.
  await rm(`${journal}.lock`);
  const slow = await meanwhile(t, () => writeFileSync(`${journal}.lock`, ANOTHER));
  const before = await runClient(sleeper, { ...env, ...webhook, RELAIS_BASE_URL: slow });
  assert.equal(before.code, 5, before.stderr);
  assert.deepEqual(taken, ['1']);
});

test('a run whose place was taken while its reader was slow leaves journal and lock to the other', async (t) => {
  const { folder, env } = await fresh(t, 'unused');
  const journal = join(folder, 'journal.json');
  // A batch is more than a pipe holds: it waits for its reader.
  const piped = `
    "$NODE" "$cli" pull --out - --journal "$journal" | {
      head -c 1 >/dev/null
      printf '${ANOTHER}' >"$journal.lock"
      printf theirs >"$journal"
      wc -l
    }`;
  const { stdout, stderr } = await runShell(piped, { ...env, journal });
  assert.match(stderr, /taken over/);
  assert.equal(stdout.trim(), '200');
  assert.equal(await readFile(journal, 'utf8'), 'theirs');
  assert.equal(await readFile(`${journal}.lock`, 'utf8'), ANOTHER);
});

test('what another has written into the file meanwhile is not cut off', async (t) => {
  const { folder, out, env } = await fresh(t, 'contacts.jsonl');
  const url = await meanwhile(t, () => appendFileSync(out, '{"action_id":0}\n'));
  const slow = { ...env, RELAIS_BASE_URL: url };
  const { code, stderr } = await runClient(['pull', '--out', out], slow);
  assert.equal(code, 1, stderr);
  assert.match(stderr, /did not write.*move the file away/);
  const aside = join(folder, 'aside.jsonl');
  await rename(out, aside);
  assert.deepEqual(await idsIn(aside), [0]);
  const again = await runClient(['pull', '--out', out], env);
  assert.equal(again.code, 0, again.stderr);
  assert.deepEqual(await idsIn(out), everyId);
});

test('a limit counts what an earlier run had begun', async (t) => {
  const { folder, out, env } = await fresh(t, 'contacts.jsonl');
  let client: ChildProcess | undefined;
  const url = await meanwhile(t, () => client?.kill('SIGKILL'));
  const killed = startClient(['pull', '--out', out, '--limit', '5'], {
    ...env,
    RELAIS_BASE_URL: url,
  });
  client = killed.child;
  assert.equal((await killed.ended).signal, 'SIGKILL');
  assert.ok(await readFile(join(folder, '.relais-client.json')));
  const again = await runClient(['pull', '--out', out, '--limit', '5'], env);
  assert.equal(again.code, 0, again.stderr);
  assert.deepEqual(await idsIn(out), [1, 2, 3, 4, 5]);
});

test('the lock of a run elsewhere that ended before the clock was set back is in nobody’s way', async (t) => {
  const { out, env, lock } = await fresh(t, 'contacts.jsonl');
  await writeFile(lock, '1 of-a-container another-host');
  const args = ['pull', '--out', out, '--limit', '3'];
  assert.equal((await runClient(args, env)).code, 5);
  const later = new Date(Date.now() + 3_600_000);
  await utimes(lock, later, later);
  const { code, stderr } = await runClient(args, env);
  assert.equal(code, 0, stderr);
});

test('the lock of a killed run whose parent has not noticed is in nobody’s way', async (t) => {
  const { out, env, lock } = await fresh(t, 'contacts.jsonl');
  // A parent that never asks how its child ended.
  const fork =
    'import os, sys; pid = os.fork() or os._exit(0); print(pid, flush=True); sys.stdin.read()';
  const parent = spawn('python3', ['-c', fork], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => parent.kill());
  const [said] = await once(parent.stdout, 'data');
  const pid = Number(String(said));
  const isZombie = async () => /\) Z /.test(await readFile(`/proc/${pid}/stat`, 'utf8'));
  while (!(await isZombie())) await delay(5);
  await writeFile(lock, `${pid} of-a-zombie`);
  const { code, stderr } = await runClient(['pull', '--out', out, '--limit', '3'], env);
  assert.equal(code, 0, stderr);
});
