import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { type OperatorOperationName, operatorOperations } from '@relais/contract';
import { sql } from 'kysely';
import { generate } from 'otplib';
import { newTotpSecret, stepOf } from '../../src/staff/totp.ts';
import { serverFor, type TestServer } from '../support/server.ts';
import { caller, openSession, PASSWORD, post, type SignedIn, signedIn } from '../support/staff.ts';

/** Turns the second factor of somebody on. */
async function withSecondFactor(person: SignedIn) {
  const { secret, uri } = await person.call('beginTwoFactor', { password: PASSWORD });
  const code = await generate({ secret });
  const { recovery_codes } = await person.call('confirmTwoFactor', { code });
  return { secret, uri, code, recovery_codes };
}

/** The cookie of a browser that has given the password and not yet the code. */
async function pending(server: TestServer, email: string): Promise<string | undefined> {
  const body = { operation: 'signIn', email, password: PASSWORD };
  const reply = await post(server.url, undefined, body);
  assert.deepEqual(JSON.parse(reply.text), { second_factor: true });
  return reply.cookie;
}

const confirm = (server: TestServer, cookie: string | undefined, code: string) =>
  post(server.url, cookie, { operation: 'confirmSignIn', code });

/** Lets the app's code of now count again, as if the time step of the last one were long past. */
const forgetSteps = (server: TestServer) =>
  sql`update staff set totp_last_step = 0`.execute(server.databases.catalog);

test('a code counts in its time step, the one before and the one after', async () => {
  const key = randomBytes(32);
  const { secret, sealed } = newTotpSecret(key, 7);
  const step = 59_000_000;
  const now = step * 30 + 12;
  for (const [distance, counts] of [
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ] as const) {
    const code = await generate({ secret, epoch: now + distance * 30 });
    const expected = counts ? step + distance : undefined;
    assert.equal(await stepOf(key, 7, sealed, code, now), expected, String(distance));
  }
  const code = await generate({ secret, epoch: now });
  assert.equal(await stepOf(key, 8, sealed, code, now), undefined, "another person's secret");
  assert.equal(await stepOf(randomBytes(32), 7, sealed, code, now), undefined, 'another key');
  assert.equal(await stepOf(key, 7, sealed, `${code}0`, now), undefined, 'seven digits');
});

test('the factor is on once the app has shown a code, and then the password alone opens nothing', async (t) => {
  const server = await serverFor(t);
  const person = await signedIn(server, 'operateur');
  const { email } = person.staff;
  const elsewhere = caller(server.url, await openSession(server, person.staff.id));
  await person.call('confirmTwoFactor', { code: '000000' }, { expect: 'changed_meanwhile' });
  const { secret, uri } = await person.call('beginTwoFactor', { password: PASSWORD });
  const url = new URL(uri);
  assert.equal(url.protocol, 'otpauth:');
  assert.equal(url.searchParams.get('secret'), secret);
  assert.equal(url.searchParams.get('issuer'), 'Relais');
  assert.match(decodeURIComponent(url.pathname), new RegExp(`Relais:${email}$`));
  const wrong = String((Number(await generate({ secret })) + 1) % 1_000_000).padStart(6, '0');
  await person.call('confirmTwoFactor', { code: wrong }, { expect: 'invalid_parameter' });
  assert.equal((await person.call('getSession')).staff.two_factor, false);

  const code = await generate({ secret });
  const { recovery_codes } = await person.call('confirmTwoFactor', { code });
  assert.equal(new Set(recovery_codes).size, 10);
  assert.equal((await person.call('getSession')).staff.two_factor, true);
  await elsewhere.call('getSession', {}, { expect: 'not_signed_in' });
  await person.call('beginTwoFactor', { password: PASSWORD }, { expect: 'changed_meanwhile' });

  await forgetSteps(server);
  const half = await pending(server, email);
  const browser = caller(server.url, half);
  await browser.call('getSession', {}, { expect: 'not_signed_in' });
  await browser.call('signOut', {}, { expect: 'not_signed_in' });
  assert.equal((await confirm(server, half, wrong)).code, 'wrong_credentials');
  const whole = await confirm(server, half, await generate({ secret }));
  assert.deepEqual(JSON.parse(whole.text), { recovery_codes: 10 });
  assert.notEqual(whole.cookie, half, 'the session goes on under another token');
  await browser.call('getSession', {}, { expect: 'not_signed_in' });
  assert.equal((await caller(server.url, whole.cookie).call('getSession')).staff.email, email);
});

test('a code works once, also for two who show it at the same moment', async (t) => {
  const server = await serverFor(t);
  const person = await signedIn(server);
  const { email } = person.staff;
  const { secret, code } = await withSecondFactor(person);
  const again = await confirm(server, await pending(server, email), code);
  assert.equal(again.code, 'wrong_credentials', 'it was used to turn the factor on');
  await forgetSteps(server);
  const cookies = await Promise.all(Array.from({ length: 6 }, () => pending(server, email)));
  const fresh = await generate({ secret });
  const replies = await Promise.all(cookies.map((cookie) => confirm(server, cookie, fresh)));
  assert.equal(replies.filter(({ status }) => status === 200).length, 1);
  assert.equal(replies.filter(({ code }) => code === 'wrong_credentials').length, 5);
});

test('a recovery code stands in for a code, once, however it is typed', async (t) => {
  const server = await serverFor(t);
  const person = await signedIn(server);
  const { email } = person.staff;
  const { recovery_codes } = await withSecondFactor(person);
  const [first = '', second = ''] = recovery_codes;
  const used = await confirm(server, await pending(server, email), first);
  assert.deepEqual(JSON.parse(used.text), { recovery_codes: 9 });
  const cookies = await Promise.all([pending(server, email), pending(server, email)]);
  assert.equal((await confirm(server, cookies[0], first)).code, 'wrong_credentials');
  const typed = second.replaceAll('-', ' ').toUpperCase();
  const replies = await Promise.all(cookies.map((cookie) => confirm(server, cookie, typed)));
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 401]);
});

test('a code of somebody else opens nothing', async (t) => {
  const server = await serverFor(t);
  const one = await signedIn(server);
  const other = await signedIn(server);
  await withSecondFactor(one);
  const { secret, recovery_codes } = await withSecondFactor(other);
  await forgetSteps(server);
  const cookie = await pending(server, one.staff.email);
  for (const code of [await generate({ secret }), recovery_codes[0] ?? '']) {
    assert.equal((await confirm(server, cookie, code)).code, 'wrong_credentials');
  }
  const none = await confirm(server, undefined, await generate({ secret }));
  assert.equal(none.code, 'not_signed_in');
  const complete = await confirm(server, one.cookie, await generate({ secret }));
  assert.equal(complete.code, 'not_signed_in');
});

test('ten wrong codes an hour, then even the right one has to wait', async (t) => {
  const server = await serverFor(t);
  const person = await signedIn(server);
  const { secret } = await withSecondFactor(person);
  await forgetSteps(server);
  const cookie = await pending(server, person.staff.email);
  const wrong = Array.from({ length: 10 }, () => confirm(server, cookie, 'not-a-code'));
  for (const { code } of await Promise.all(wrong)) assert.equal(code, 'wrong_credentials');
  const right = await confirm(server, cookie, await generate({ secret }));
  assert.equal(right.status, 429);
  assert.ok(Number(right.headers.get('retry-after')) > 0);
});

test('the second factor is waited for ten minutes', async (t) => {
  const server = await serverFor(t);
  const person = await signedIn(server);
  const { secret } = await withSecondFactor(person);
  await forgetSteps(server);
  const cookie = await pending(server, person.staff.email);
  await sql`update staff_session set expires_at = expires_at - interval '10 minutes'
    where not complete`.execute(server.databases.catalog);
  const late = await confirm(server, cookie, await generate({ secret }));
  assert.equal(late.code, 'not_signed_in');
});

test('it takes the password to turn the factor on, and off', async (t) => {
  const server = await serverFor(t);
  const person = await signedIn(server);
  const wrong = { password: 'a wrong password' };
  await person.call('beginTwoFactor', wrong, { expect: 'invalid_parameter' });
  const { recovery_codes } = await withSecondFactor(person);
  await person.call('endTwoFactor', wrong, { expect: 'invalid_parameter' });
  await pending(server, person.staff.email);
  await person.call('endTwoFactor', { password: PASSWORD });
  const body = { operation: 'signIn', email: person.staff.email, password: PASSWORD };
  const entered = await post(server.url, undefined, body);
  assert.deepEqual(JSON.parse(entered.text), { second_factor: false });
  const anew = await withSecondFactor(person);
  assert.equal(anew.recovery_codes.includes(recovery_codes[0] ?? ''), false);
  const old = await confirm(
    server,
    await pending(server, person.staff.email),
    recovery_codes[0] ?? '',
  );
  assert.equal(old.code, 'wrong_credentials', 'the codes from before have ended');
});

test('a new link leaves the factor on unless it says otherwise, and takes it off only when used', async (t) => {
  const server = await serverFor(t);
  const admin = await signedIn(server);
  const person = await signedIn(server, 'lecture');
  await withSecondFactor(person);
  const { id, email } = person.staff;
  const accept = async (link: string) => {
    const token = link.split('#')[1];
    return post(server.url, undefined, {
      operation: 'acceptInvitation',
      token,
      password: PASSWORD,
    });
  };

  const plain = await admin.call('renewInvitation', { id });
  const half = await accept(plain.link);
  assert.deepEqual(JSON.parse(half.text), { second_factor: true });
  await caller(server.url, half.cookie).call('getSession', {}, { expect: 'not_signed_in' });
  // Whoever had a session of this account has it no longer.
  await person.call('getSession', {}, { expect: 'not_signed_in' });

  const reset = await admin.call('renewInvitation', { id, resetTwoFactor: true });
  await pending(server, email);
  const whole = await accept(reset.link);
  assert.deepEqual(JSON.parse(whole.text), { second_factor: false });
  const session = await caller(server.url, whole.cookie).call('getSession');
  assert.equal(session.staff.two_factor, false);
});

test('where a second factor is required, nobody without one can do anything but turn it on', async (t) => {
  const server = await serverFor(t, { RELAIS_TWO_FACTOR: 'required' });
  const person = await signedIn(server);
  const left: OperatorOperationName[] = ['getSession', 'beginTwoFactor', 'confirmTwoFactor'];
  const open = Object.values(operatorOperations).filter(({ beforeTwoFactor }) => beforeTwoFactor);
  assert.deepEqual(new Set(open.map(({ name }) => name)), new Set([...left, 'signOut']));
  for (const { name, access, beforeTwoFactor } of Object.values(operatorOperations)) {
    if (access === 'anyone' || beforeTwoFactor) continue;
    const { code } = await post(server.url, person.cookie, { operation: name });
    assert.equal(code, 'two_factor_required', name);
  }
  for (const [method, path] of [
    ['PUT', 'files?name=a.csv'],
    ['GET', 'files/00000000-0000-0000-0000-000000000000'],
  ] as const) {
    const body = method === 'PUT' ? { body: 'a;b' } : {};
    const headers = { cookie: person.cookie, origin: server.url };
    const reply = await fetch(`${server.url}/operator/v1/${path}`, { method, headers, ...body });
    assert.equal(reply.headers.get('error-code'), 'two_factor_required', method);
  }
  assert.equal((await person.call('getSession')).two_factor_required, true);

  await withSecondFactor(person);
  assert.deepEqual((await person.call('listStaff')).items.length, 1);
  await person.call('endTwoFactor', { password: PASSWORD });
  await person.call('listStaff', {}, { expect: 'two_factor_required' });
});

test('the secret of a factor is stored sealed, and recovery codes as hashes', async (t) => {
  const server = await serverFor(t);
  const { secret, recovery_codes } = await withSecondFactor(await signedIn(server));
  const { catalog } = server.databases;
  const rows = JSON.stringify([
    await catalog.selectFrom('staff').selectAll().execute(),
    await catalog.selectFrom('staff_recovery_code').selectAll().execute(),
  ]);
  const asText = (text: string) => [text, JSON.stringify(Buffer.from(text)).slice(25, -2)];
  for (const text of [secret, ...recovery_codes].flatMap(asText)) {
    assert.equal(rows.includes(text), false);
  }
});
