import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startServer } from '../../src/serve.ts';
import { temporaryFolder } from '../support/command.ts';
import { queueCrm } from '../support/crm.ts';
import { installationFor, loadInto } from '../support/installation.ts';
import { makeSource, postJson } from '../support/intake.ts';
import { idsOf, send } from '../support/server.ts';
import { PASSWORD, post, signedIn } from '../support/staff.ts';
import { checkOut, olderCommit } from './olderServer.ts';

/** Runs `serve` of another tree; gives its URL. */
async function serve(t: TestContext, main: string, env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [main, 'serve', '--port', '0'], {
    env: { ...process.env, RELAIS_LOG_LEVEL: 'silent', RELAIS_RATE_LIMIT: '1000000', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exit = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const url = /answers at (http:\S+),/.exec(line)?.[1];
    if (!url) continue;
    child.stderr.resume();
    return url;
  }
  throw new Error(`the older server did not start: ${said.join('\n')}`);
}

test('the server from before the schema last changed works on the schema of now', async (t) => {
  const commit = await olderCommit();
  if (!commit) return t.skip('this checkout has no history from before the schema last changed');
  const main = await checkOut(commit, await temporaryFolder(t));
  const installation = await installationFor(t);
  await loadInto(installation.main, queueCrm(6));
  const older = await serve(t, main, { DATABASE_URL: installation.catalogUrl });
  const { text: key } = await installation.key('Promoteur X');
  const call = async (url: string, operation: string, more: object = {}, name?: string) => {
    const headers: Record<string, string> = name ? { 'Idempotency-Key': name } : {};
    const reply = await send(url, key, { operation, ...more }, headers);
    assert.equal(reply.status, 200, `${operation}: ${reply.text}`);
    return reply;
  };

  // The five operations.
  assert.equal(JSON.parse((await call(older, 'getRegions')).text).length, 2);
  assert.equal(JSON.parse((await call(older, 'getProgrammes')).text).length, 2);
  assert.deepEqual(idsOf(await call(older, 'readContacts')), [1, 2, 3, 4, 5, 6]);
  const pulled = await call(older, 'pullContacts', { limit: 2 }, 'older');
  assert.deepEqual(idsOf(pulled), [1, 2]);
  assert.deepEqual(idsOf(await call(older, 'getPulledContacts')).toSorted(), [1, 2]);

  // A pull of either version is repeated by the other.
  const present = await startServer(installation.config);
  t.after(() => present.close());
  assert.equal((await call(present.url, 'pullContacts', { limit: 2 }, 'older')).text, pulled.text);
  const next = await call(present.url, 'pullContacts', { limit: 2 }, 'present');
  assert.deepEqual(idsOf(next), [3, 4]);
  assert.equal((await call(older, 'pullContacts', { limit: 2 }, 'present')).text, next.text);

  // A lead.
  const token = await makeSource(installation, 'site', 'json', { id_programme: 130 });
  const lead = {
    nom: 'Durand',
    prenom: 'Anne',
    telephone: '0612345678',
    email: 'anne@example.com',
  };
  const taken = await postJson(older, 'site', token, lead);
  assert.equal(taken.status, 200, taken.text);
  const action = JSON.parse(taken.text).action_id;
  assert.deepEqual(idsOf(await call(older, 'pullContacts')), [5, 6, action]);

  // A sign-in, a job.
  const { staff } = await signedIn({ ...installation, url: older });
  const body = { operation: 'signIn', email: staff.email, password: PASSWORD };
  const { status, cookie, text } = await post(older, undefined, body);
  assert.equal(status, 200, text);
  const ask = async (operation: string, parameters: object) => {
    const reply = await post(older, cookie, { operation, ...parameters });
    assert.equal(reply.status, 200, reply.text);
    return JSON.parse(reply.text);
  };
  const { job_id: id } = await ask('exportContacts', { format: 'csv' });
  let job = await ask('getJob', { id });
  while (['queued', 'running'].includes(job.state)) {
    await delay(50);
    job = await ask('getJob', { id });
  }
  assert.equal(job.state, 'done', JSON.stringify(job));
});
