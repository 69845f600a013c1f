import assert from 'node:assert/strict';
import { test } from 'node:test';
import { subscriberOf } from '../../src/http/subscriber.ts';
import { issueFirstLink } from '../../src/staff/links.ts';
import { actsOn } from '../support/audit.ts';
import { serverFor } from '../support/server.ts';
import { caller, PASSWORD, post, signedIn, signIn } from '../support/staff.ts';

const fromAddress = (address: string) => ({ 'x-forwarded-for': address });

test('whoever is invited sets a password by the link, once, and signs in with it', async (t) => {
  const server = await serverFor(t);
  const admin = await signedIn(server);
  const nobody = caller(server.url, undefined);
  const { id, link } = await admin.call('inviteStaff', {
    email: 'Marc@Example.com',
    nom: 'Marc',
    role: 'operateur',
  });
  const [page, token = ''] = link.split('#');
  assert.equal(page, `${server.url}/invitation`);
  const shown = await nobody.call('readInvitation', { token });
  assert.deepEqual(
    { ...shown, expires_at: null },
    {
      email: 'marc@example.com',
      nom: 'Marc',
      role: 'operateur',
      resets_two_factor: false,
      expires_at: null,
    },
  );
  const accept = { operation: 'acceptInvitation', token, password: PASSWORD, nom: 'Marc A.' };
  const accepted = await post(server.url, undefined, accept);
  assert.deepEqual(JSON.parse(accepted.text), { second_factor: false });
  const marc = await caller(server.url, accepted.cookie).call('getSession');
  assert.deepEqual(marc.staff, {
    id,
    email: 'marc@example.com',
    nom: 'Marc A.',
    role: 'operateur',
    two_factor: false,
  });

  const twice = { token, password: PASSWORD };
  await nobody.call('acceptInvitation', twice, { expect: 'record_not_found' });
  await nobody.call('readInvitation', { token }, { expect: 'record_not_found' });
  const entered = await signIn(server, ' MARC@example.com ', PASSWORD);
  assert.equal(entered.status, 200, entered.text);
  assert.equal((await caller(server.url, entered.cookie).call('getSession')).staff.id, id);
  assert.deepEqual(await actsOn(server.databases.catalog, `staff:${id}`), [
    `staff:${admin.staff.id} staff.invite`,
    `staff:${id} staff.accept`,
    `staff:${id} session.start`,
    `staff:${id} session.start`,
  ]);
});

test('of two who use one link at once, one sets the password', async (t) => {
  const server = await serverFor(t);
  const admin = await signedIn(server);
  const order = { email: 'marc@example.com', nom: 'Marc', role: 'lecture' } as const;
  const { link } = await admin.call('inviteStaff', order);
  const token = link.split('#')[1];
  const passwords = ['la première phrase', 'la seconde phrase'];
  const replies = await Promise.all(
    passwords.map((password) =>
      post(server.url, undefined, { operation: 'acceptInvitation', token, password }),
    ),
  );
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 404]);
  const entered = await Promise.all(passwords.map((text) => signIn(server, order.email, text)));
  assert.deepEqual(
    entered.map(({ status }) => status === 200),
    replies.map(({ status }) => status === 200),
  );
});

test('the first admin says who that is; a newer link ends the older, and any person both', async (t) => {
  const server = await serverFor(t);
  const { catalog } = server.databases;
  const nobody = caller(server.url, undefined);
  const older = await issueFirstLink(catalog);
  const newer = await issueFirstLink(catalog);
  assert.ok(older && newer);
  await nobody.call('readInvitation', { token: older.token }, { expect: 'record_not_found' });
  const { token } = newer;
  const shown = await nobody.call('readInvitation', { token });
  assert.deepEqual([shown.email, shown.nom, shown.role], [null, null, 'admin']);
  const password = PASSWORD;
  const missing = { token, password, nom: 'Claire' };
  const said = await nobody.call('acceptInvitation', missing, { expect: 'invalid_parameter' });
  assert.equal(said, 'Invalid parameter "email": is missing.');

  const people = ['claire@example.com', 'marc@example.com'];
  const replies = await Promise.all(
    people.map((email) =>
      post(server.url, undefined, { operation: 'acceptInvitation', ...missing, email }),
    ),
  );
  assert.deepEqual(replies.map(({ status }) => status).sort(), [200, 404]);
  const entered = replies.find(({ status }) => status === 200);
  const first = await caller(server.url, entered?.cookie).call('getSession');
  assert.equal(first.staff.role, 'admin');
  assert.equal(await issueFirstLink(catalog), undefined);
});

test('unknown address, wrong password and disabled person get one and the same answer', async (t) => {
  const server = await serverFor(t);
  const admin = await signedIn(server);
  const { staff: out } = await signedIn(server, 'lecture');
  await admin.call('updateStaff', { id: out.id, disabled: true });
  const { id: invited } = await admin.call('inviteStaff', {
    email: 'invited@example.com',
    nom: 'Invited',
    role: 'lecture',
  });
  const replies = [
    await signIn(server, 'nobody@example.com', PASSWORD),
    await signIn(server, admin.staff.email, 'a wrong password'),
    await signIn(server, out.email, PASSWORD),
    await signIn(server, out.email, 'a wrong password'),
    await signIn(server, 'invited@example.com', PASSWORD),
  ];
  for (const { status, code, text, cookie } of replies) {
    assert.deepEqual(
      [status, code, text, cookie],
      [401, 'wrong_credentials', replies[0]?.text, undefined],
    );
  }
  const failures = await server.databases.catalog
    .selectFrom('audit')
    .select(['audit.actor', 'audit.target', 'audit.detail'])
    .where('audit.act', '=', 'session.refuse')
    .orderBy('audit.id')
    .execute();
  const address = '127.0.0.1';
  assert.deepEqual(failures, [
    {
      actor: 'anyone',
      target: `staff:${admin.staff.id}`,
      detail: { because: 'password', address },
    },
    { actor: 'anyone', target: `staff:${out.id}`, detail: { because: 'disabled', address } },
    { actor: 'anyone', target: `staff:${out.id}`, detail: { because: 'password', address } },
    { actor: 'anyone', target: `staff:${invited}`, detail: { because: 'password', address } },
  ]);
});

test('one address guesses 15 times, however fast, and keeps nobody else out', async (t) => {
  const server = await serverFor(t, { RELAIS_TRUSTED_PROXIES: '127.0.0.1' });
  const { staff } = await signedIn(server);
  // Each time from another address of its network.
  const guess = (_: unknown, at: number) =>
    signIn(server, staff.email, 'a wrong password', fromAddress(`2001:db8:0:1::${at}`));
  const replies = await Promise.all(Array.from({ length: 25 }, guess));
  assert.equal(replies.filter(({ code }) => code === 'wrong_credentials').length, 15);
  const refused = replies.filter(({ code }) => code === 'rate_limited');
  assert.equal(refused.length, 10);
  for (const { status, headers } of refused) {
    assert.equal(status, 429);
    const seconds = Number(headers.get('retry-after'));
    assert.ok(seconds > 0 && seconds <= 900, String(seconds));
  }
  const own = await signIn(server, staff.email, PASSWORD, fromAddress('2001:db8:0:1::99'));
  assert.equal(own.status, 429, 'the right password tells nothing either');
  const other = await signIn(server, staff.email, PASSWORD, fromAddress('2001:db8:0:2::1'));
  assert.equal(other.status, 200, other.text);
});

test('a person is guessed at 40 times from wherever, whether it exists or not', async (t) => {
  const server = await serverFor(t, { RELAIS_TRUSTED_PROXIES: '127.0.0.1' });
  const { staff } = await signedIn(server);
  for (const email of [staff.email, 'nobody@example.com']) {
    const replies = [];
    for (let at = 0; at < 41; at += 1) {
      replies.push(
        await signIn(server, email, 'a wrong password', fromAddress(`2001:db8:0:${at}::1`)),
      );
    }
    const codes = replies.map(({ code }) => code);
    assert.deepEqual(codes, [...Array(40).fill('wrong_credentials'), 'rate_limited']);
  }
});

test('of an IPv6 address the network of 64 bits counts, of an IPv4 address the address', () => {
  for (const [address, subscriber] of [
    ['198.51.100.1', '198.51.100.1'],
    ['::ffff:198.51.100.1', '198.51.100.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:2::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::198.51.100.1', '64:ff9b:0:0::/64'],
    ['unknown', 'unknown'],
  ] as const) {
    assert.equal(subscriberOf(address), subscriber);
  }
});

test('right passwords are not counted as guesses', async (t) => {
  const server = await serverFor(t);
  const { staff } = await signedIn(server);
  for (let at = 0; at < 42; at += 1) {
    assert.equal((await signIn(server, staff.email, PASSWORD)).status, 200);
  }
});

test('hostile text at the door is refused with a reason, never with a failure of ours', async (t) => {
  const server = await serverFor(t);
  const hostile = ['', '\0', '\ud800', "' or 1=1 --", 'é'.repeat(300), '__proto__', '{}'];
  for (const text of hostile) {
    const bodies = [
      { operation: 'signIn', email: text, password: text },
      { operation: 'signIn', email: 'a@example.com', password: text },
      { operation: 'confirmSignIn', code: text },
      { operation: 'readInvitation', token: text },
      { operation: 'acceptInvitation', token: text, password: text, nom: text },
      { operation: text },
    ];
    for (const body of bodies) {
      const { status } = await post(server.url, undefined, body);
      assert.ok([400, 401, 404, 429].includes(status), `${status} ${JSON.stringify(body)}`);
    }
  }
});
