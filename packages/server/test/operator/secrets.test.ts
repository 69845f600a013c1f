import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { operatorOperations } from '@relais/contract';
import { generate } from 'otplib';
import { sha256 } from '../../src/keys/encoding.ts';
import { installationFor } from '../support/installation.ts';
import { post } from '../support/staff.ts';

const main = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));

/** A server in a process of its own that logs all it logs, and the link it prints. */
async function loggingServer(databaseUrl: string) {
  const child = spawn(process.execPath, [main, 'serve', '--port', '0'], {
    env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, RELAIS_LOG_LEVEL: 'debug' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stdout.on('data', (chunk) => {
    log += chunk;
  });
  const ended = once(child, 'close');
  for await (const line of createInterface({ input: child.stderr })) {
    const found = /(http:\S+)\/invitation#(\w+)/.exec(line);
    if (!found) continue;
    child.stderr.resume();
    const [, url = '', token = ''] = found;
    const end = async () => {
      child.kill('SIGTERM');
      await ended;
      return log;
    };
    return { url, token, end };
  }
  throw new Error('no link was printed');
}

test('no password, token, secret or hash is in an answer, the log or the audit', async (t) => {
  const installation = await installationFor(t);
  const server = await loggingServer(installation.catalogUrl);
  const answers: { operation: string; text: string }[] = [];
  let cookie: string | undefined;
  const canaries = new Set<string>();
  const send = async (operation: string, parameters: object = {}) => {
    const reply = await post(server.url, cookie, { operation, ...parameters });
    answers.push({ operation, text: reply.text });
    if (reply.cookie) {
      cookie = reply.cookie;
      canaries.add(cookie.split('=')[1] ?? '');
    }
    return JSON.parse(reply.text);
  };

  const password = 'canari-mot-de-passe-1';
  const wrong = 'canari-mot-de-passe-2';
  const email = 'claire@example.com';
  await send('acceptInvitation', { token: server.token, email, nom: 'Claire', password });
  const { link } = await send('inviteStaff', { email: 'm@example.com', nom: 'Marc', role: 'dpo' });
  const { secret } = await send('beginTwoFactor', { password });
  const { recovery_codes } = await send('confirmTwoFactor', { code: await generate({ secret }) });
  await send('signIn', { email, password: wrong });
  await send('signIn', { email, password });
  await send('confirmSignIn', { code: wrong });
  await send('confirmSignIn', { code: recovery_codes[0] });
  await send('changePassword', { current: wrong, next: wrong });
  await send('listAudit', { scope: 'installation' });
  for (const { name, changes, example } of Object.values(operatorOperations)) {
    if (!changes) await send(name, example.request);
  }
  await send('signOut');
  const log = await server.end();

  const { catalog } = installation.databases;
  const staff = await catalog.selectFrom('staff').select('staff.password_hash').execute();
  const invited = link.split('#')[1];
  for (const text of [password, wrong, server.token, invited, secret, ...recovery_codes]) {
    canaries.add(text);
  }
  for (const { password_hash } of staff) if (password_hash) canaries.add(password_hash);
  canaries.delete('');
  assert.ok(canaries.size > 15, 'the canaries are there');
  const hashes = [...canaries]
    .map(sha256)
    .flatMap((hash) => [
      hash.toString('hex'),
      hash.toString('base64'),
      JSON.stringify(hash).slice(1, -1),
    ]);

  // Each of these is shown once, by the operation that makes it.
  const shown: Record<string, string[]> = {
    inviteStaff: [invited],
    beginTwoFactor: [secret],
    confirmTwoFactor: recovery_codes,
  };
  const audit = JSON.stringify(await catalog.selectFrom('audit').selectAll().execute());
  assert.match(audit, /session\.refuse/);
  assert.match(log, /"operation":"confirmSignIn"/);
  const places = [...answers, { operation: 'audit', text: audit }, { operation: 'log', text: log }];
  for (const { operation, text } of places) {
    for (const canary of [...canaries, ...hashes]) {
      const expected = shown[operation]?.includes(canary) ?? false;
      assert.equal(text.includes(canary), expected, `${operation}: ${canary}`);
    }
  }
  assert.doesNotMatch(log, /example\.com|Claire/, 'and nobody’s address or name in the log');
});
