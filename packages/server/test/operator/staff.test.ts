import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { serverFor } from '../support/server.ts';
import { caller, PASSWORD, post, signedIn, signIn } from '../support/staff.ts';
import { crossing, leaveCircles } from '../support/waiting.ts';

const tokenOf = (link: string): string => link.split('#')[1] ?? '';

test('admins see everybody with state and link, and no secret of anybody', async (t) => {
  const server = await serverFor(t);
  const admin = await signedIn(server);
  const out = await signedIn(server, 'dpo');
  await admin.call('updateStaff', { id: out.staff.id, disabled: true });
  const { id, expires_at } = await admin.call('inviteStaff', {
    email: 'marc@example.com',
    nom: 'Marc',
    role: 'lecture',
  });
  const { items } = await admin.call('listStaff');
  const states = items.map(({ nom, state }) => `${nom} ${state}`);
  assert.deepEqual(states, [
    `${admin.staff.nom} active`,
    `${out.staff.nom} disabled`,
    'Marc invited',
  ]);
  const marc = items.find((item) => item.id === id);
  assert.deepEqual([marc?.link_expires_at, marc?.last_seen_at], [expires_at, null]);
  assert.ok(items.find((item) => item.id === admin.staff.id)?.last_seen_at);
});

test('an address names one person, whatever its capitals', async (t) => {
  const server = await serverFor(t);
  const { call, staff } = await signedIn(server);
  const order = { email: staff.email.toUpperCase(), nom: 'Other', role: 'lecture' } as const;
  await call('inviteStaff', order, { expect: 'name_taken' });
  const twice = await Promise.allSettled(
    [1, 2].map(() => call('inviteStaff', { ...order, email: 'marc@example.com' })),
  );
  assert.deepEqual(twice.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  const mistyped = { ...order, email: 'marc' };
  const said = await call('inviteStaff', mistyped, { expect: 'invalid_parameter' });
  assert.equal(said, 'Invalid parameter "email": must be an e-mail address.');
});

test('hostile text in a name comes back as it is', async (t) => {
  const server = await serverFor(t);
  const { call } = await signedIn(server);
  const nom = `<img src=x onerror=alert(1)> "'; drop table staff; -- é`;
  const { id } = await call('inviteStaff', { email: 'x@example.com', nom, role: 'lecture' });
  const { items } = await call('listStaff');
  assert.equal(items.find((item) => item.id === id)?.nom, nom);
});

test('a change of role holds from the next request on', async (t) => {
  const server = await serverFor(t);
  const admin = await signedIn(server);
  const person = await signedIn(server, 'lecture');
  await person.call('listStaff', {}, { expect: 'role_not_allowed' });
  const { id } = person.staff;
  const changed = await admin.call('updateStaff', { id, role: 'admin', nom: 'Renamed' });
  assert.deepEqual([changed.role, changed.nom, changed.state], ['admin', 'Renamed', 'active']);
  await person.call('listStaff');
  await admin.call('updateStaff', { id, role: 'lecture' });
  await person.call('listStaff', {}, { expect: 'role_not_allowed' });
});

test('who is disabled is out at once, with sessions and link, and comes back by the password alone', async (t) => {
  const server = await serverFor(t);
  const admin = await signedIn(server);
  const person = await signedIn(server, 'operateur');
  const { id, email } = person.staff;
  const { link } = await admin.call('renewInvitation', { id });
  await admin.call('updateStaff', { id, disabled: true });
  await person.call('getSession', {}, { expect: 'not_signed_in' });
  const nobody = caller(server.url, undefined);
  const token = tokenOf(link);
  await nobody.call('readInvitation', { token }, { expect: 'record_not_found' });
  await nobody.call(
    'acceptInvitation',
    { token, password: PASSWORD },
    { expect: 'record_not_found' },
  );
  await admin.call('renewInvitation', { id }, { expect: 'changed_meanwhile' });
  assert.equal((await signIn(server, email, PASSWORD)).code, 'wrong_credentials');

  await admin.call('updateStaff', { id, disabled: false });
  await person.call('getSession', {}, { expect: 'not_signed_in' });
  await nobody.call('readInvitation', { token }, { expect: 'record_not_found' });
  assert.equal((await signIn(server, email, PASSWORD)).status, 200);
});

test('a sign-in that meets a disabling leaves no session behind', async (t) => {
  const server = await serverFor(t);
  const admin = await signedIn(server);
  const { staff } = await signedIn(server, 'operateur');
  const { id, email } = staff;
  for (let round = 0; round < 10; round += 1) {
    const [entered] = await Promise.all([
      signIn(server, email, PASSWORD),
      admin.call('updateStaff', { id, disabled: true }),
    ]);
    await admin.call('updateStaff', { id, disabled: false });
    await caller(server.url, entered.cookie).call('getSession', {}, { expect: 'not_signed_in' });
  }
});

test('the last admin who can sign in stays one', async (t) => {
  const server = await serverFor(t);
  const { call, staff } = await signedIn(server);
  const { id } = staff;
  await call('updateStaff', { id, role: 'lecture' }, { expect: 'record_in_use' });
  await call('updateStaff', { id, disabled: true }, { expect: 'record_in_use' });
  // Somebody who has set no password yet can't help.
  await call('inviteStaff', { email: 'marc@example.com', nom: 'Marc', role: 'admin' });
  await call('updateStaff', { id, disabled: true }, { expect: 'record_in_use' });
  await call('updateStaff', { id, role: 'admin', nom: 'Claire' });
  const second = await signedIn(server);
  await call('updateStaff', { id, role: 'lecture' });
  await call('listStaff', {}, { expect: 'role_not_allowed' });
  const last = { id: second.staff.id, role: 'dpo' } as const;
  await second.call('updateStaff', last, { expect: 'record_in_use' });
});

test('of admins who put each other out at once, one stays', async (t) => {
  const server = await serverFor(t);
  for (let round = 0; round < 5; round += 1) {
    const [one, other] = [await signedIn(server), await signedIn(server)];
    // Whoever was left by the round before goes first.
    for (const { id, role, state } of (await one.call('listStaff')).items) {
      const old = id !== one.staff.id && id !== other.staff.id;
      if (old && role === 'admin' && state === 'active') {
        await one.call('updateStaff', { id, disabled: true });
      }
    }
    const codes = await Promise.all(
      [
        { by: one, id: other.staff.id, change: { disabled: true } },
        { by: other, id: one.staff.id, change: { role: 'lecture' } },
      ].map(async ({ by, id, change }) => {
        const body = { operation: 'updateStaff', id, ...change };
        return (await post(server.url, by.cookie, body)).code;
      }),
    );
    // The loser was put out or demoted before its own request, or is told that it is the last.
    assert.equal(codes.filter((code) => code === null).length, 1, String(codes));
  }
});

test('a person is renamed while they change their password', async (t) => {
  const server = await serverFor(t);
  const { catalog } = server.databases;
  await leaveCircles(catalog);
  const admin = await signedIn(server);
  const marc = await signedIn(server, 'lecture');
  const { id } = marc.staff;
  const [changed, renamed] = await crossing(
    catalog,
    sql`select from staff where staff.id = ${id} for update`,
    () => marc.call('changePassword', { current: PASSWORD, next: 'une autre phrase à moi' }),
    () => admin.call('updateStaff', { id, nom: 'Marc' }),
  );
  assert.deepEqual([changed.ended_sessions, renamed.nom], [0, 'Marc']);
});

test('a sign-in by a password that is changed meanwhile is refused', async (t) => {
  const server = await serverFor(t);
  const { catalog } = server.databases;
  await leaveCircles(catalog);
  const marc = await signedIn(server, 'lecture');
  const [, entered] = await crossing(
    catalog,
    sql`select from staff where staff.id = ${marc.staff.id} for update`,
    () => marc.call('changePassword', { current: PASSWORD, next: 'une autre phrase à moi' }),
    () => signIn(server, marc.staff.email, PASSWORD),
  );
  assert.deepEqual([entered.status, entered.code], [401, 'wrong_credentials']);
});

test('what is unknown is told by its id', async (t) => {
  const server = await serverFor(t);
  const { call } = await signedIn(server);
  const id = 999_999;
  for (const operation of ['updateStaff', 'renewInvitation'] as const) {
    const said = await call(operation, { id }, { expect: 'record_not_found' });
    assert.equal(said, 'There is no person 999999.');
  }
});

test('each change of somebody is in the audit, with who did it, and a change of nothing is not', async (t) => {
  const server = await serverFor(t);
  const { call, staff } = await signedIn(server);
  const { id } = await call('inviteStaff', {
    email: 'marc@example.com',
    nom: 'Marc',
    role: 'lecture',
  });
  await call('updateStaff', { id, role: 'operateur', nom: 'Marc A.' });
  await call('updateStaff', { id, role: 'operateur', nom: 'Marc A.', disabled: false });
  await call('updateStaff', { id, disabled: true });
  await call('updateStaff', { id, disabled: false });
  await call('renewInvitation', { id, resetTwoFactor: true });
  const entries = await server.databases.catalog
    .selectFrom('audit')
    .select(['audit.actor', 'audit.act', 'audit.target', 'audit.detail'])
    .orderBy('audit.id')
    .execute();
  const expected = [
    { act: 'staff.invite', detail: { role: 'lecture' } },
    { act: 'staff.role', detail: { from: 'lecture', to: 'operateur' } },
    { act: 'staff.rename', detail: {} },
    { act: 'staff.disable', detail: {} },
    { act: 'staff.enable', detail: {} },
    { act: 'staff.renew', detail: { resetTwoFactor: true } },
  ];
  assert.deepEqual(
    entries,
    expected.map((entry) => ({ actor: `staff:${staff.id}`, target: `staff:${id}`, ...entry })),
  );
});
