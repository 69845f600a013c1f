import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverFor } from '../support/server.ts';
import { caller, openSession, PASSWORD, signedIn, signIn } from '../support/staff.ts';

test('a changed password ends the other sessions and an open link', async (t) => {
  const server = await serverFor(t);
  const admin = await signedIn(server);
  const { call, staff } = await signedIn(server, 'operateur');
  const elsewhere = caller(server.url, await openSession(server, staff.id));
  const { link } = await admin.call('renewInvitation', { id: staff.id });
  const next = 'Une autre phrase, à moi';
  const said = await call(
    'changePassword',
    { current: 'a wrong password', next },
    { expect: 'invalid_parameter' },
  );
  assert.equal(said, 'Invalid parameter "current": is not your password.');
  await elsewhere.call('getSession');
  assert.deepEqual(await call('changePassword', { current: PASSWORD, next }), {
    ended_sessions: 1,
  });
  await elsewhere.call('getSession', {}, { expect: 'not_signed_in' });
  await call('getSession');
  const token = link.split('#')[1] ?? '';
  const nobody = caller(server.url, undefined);
  await nobody.call('readInvitation', { token }, { expect: 'record_not_found' });
  assert.equal((await signIn(server, staff.email, PASSWORD)).status, 401);
  assert.equal((await signIn(server, staff.email, next)).status, 200);
  // Whoever sits down at an open console guesses no longer than at the door. Three were wrong above.
  const guess = { current: 'a wrong password', next };
  for (let at = 3; at < 15; at += 1) {
    await call('changePassword', guess, { expect: 'invalid_parameter' });
  }
  await call('changePassword', guess, { expect: 'rate_limited' });
});

test('a password is the same however its accents are encoded', async (t) => {
  const server = await serverFor(t);
  const { call, staff } = await signedIn(server);
  const next = 'déjà vu à l’été';
  await call('changePassword', { current: PASSWORD.normalize('NFD'), next });
  assert.equal((await signIn(server, staff.email, next.normalize('NFD'))).status, 200);
});

test('a password that is short, the person’s own name or one pattern is refused with its reason', async (t) => {
  const server = await serverFor(t);
  const admin = await signedIn(server);
  const nom = 'Anne-Sophie Dupont';
  const email = 'anne.sophie.dupont@example.com';
  const { link } = await admin.call('inviteStaff', { email, nom, role: 'lecture' });
  const token = link.split('#')[1] ?? '';
  const nobody = caller(server.url, undefined);
  const cases: [password: string, rule: string][] = [
    ['elevenchars', 'must be a text of 12 to 200 characters'],
    ['x'.repeat(201), 'must be a text of 12 to 200 characters'],
    ['ANNE-sophie dupont', 'must not be the e-mail address or the name'],
    [email.toUpperCase(), 'must not be the e-mail address or the name'],
    ['Anne.Sophie.Dupont', 'must not be the e-mail address or the name'],
    ['abababababab', 'must have at least 5 different characters'],
  ];
  for (const [password, rule] of cases) {
    const said = await nobody.call(
      'acceptInvitation',
      { token, password },
      { expect: 'invalid_parameter' },
    );
    assert.equal(said, `Invalid parameter "password": ${rule}.`);
  }
  await nobody.call('acceptInvitation', { token, password: 'pluie sur les toits' });
});

test('passwords are kept as argon2id with the parameters of OWASP', async (t) => {
  const server = await serverFor(t);
  const { call, staff } = await signedIn(server);
  await call('changePassword', { current: PASSWORD, next: 'une autre phrase à moi' });
  const row = await server.databases.catalog
    .selectFrom('staff')
    .select('staff.password_hash')
    .where('staff.id', '=', staff.id)
    .executeTakeFirst();
  assert.match(row?.password_hash ?? '', /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});
