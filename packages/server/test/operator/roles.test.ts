import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type OperatorOperation, operatorOperations, type Role, roles } from '@relais/contract';
import { queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { post, signedIn } from '../support/staff.ts';

let server: TestServer;
before(async () => {
  // Each call comes from an address of its own: what is counted by address is not tested here.
  server = await freshServer({ RELAIS_TRUSTED_PROXIES: '127.0.0.1' });
  await loadInto(server.main, queueCrm(20));
});
after(() => server.close());

let calls = 0;
/** Calls an operation with the parameters of its example. */
const callAs = (cookie: string | undefined, operation: OperatorOperation) => {
  calls += 1;
  const body = { operation: operation.name, ...operation.example.request };
  return post(server.url, cookie, body, {
    'x-forwarded-for': `2001:db8:0:${calls.toString(16)}::1`,
  });
};

const operations: OperatorOperation[] = Object.values(operatorOperations);

for (const operation of operations.filter(({ access }) => access !== 'anyone')) {
  const allowed = operation.access;

  test(`${operation.name} is open to ${allowed} alone (security 19)`, async () => {
    const nobody = await callAs(undefined, operation);
    assert.deepEqual([nobody.status, nobody.code], [401, 'not_signed_in'], nobody.text);
    for (const role of roles) {
      // Somebody new each time: an operation may end the session.
      const { cookie } = await signedIn(server, role);
      const { status, code, text } = await callAs(cookie, operation);
      const told = `${role}: ${status} ${text}`;
      if (allowed.includes(role)) {
        assert.ok(![401, 403, 500, 503].includes(status), told);
      } else {
        assert.deepEqual([status, code], [403, 'role_not_allowed'], told);
      }
    }
  });
}

for (const operation of operations.filter(({ access }) => access === 'anyone')) {
  test(`${operation.name} is open before sign-in, and refuses only as it declares`, async () => {
    const cookies = [
      undefined,
      ...(await Promise.all(roles.map((role) => signedIn(server, role)))),
    ];
    for (const caller of cookies) {
      const { code, status, text } = await callAs(caller?.cookie, operation);
      assert.ok(code === null || operation.errors.includes(code as never), `${status} ${text}`);
    }
  });
}

test('what each role may do is what the glossary says of it', () => {
  const may = (role: Role) =>
    operations.filter(({ access }) => access !== 'anyone' && access.includes(role));
  const beyond = (role: Role, other: Role) =>
    may(role)
      .filter((operation) => !may(other).includes(operation))
      .map(({ name }) => name)
      .sort();
  const changes = may('lecture').filter(({ name }) => !/^(get|list|search)[A-Z]/.test(name));
  // Nothing but their own account: a trial of a key changes nothing.
  assert.deepEqual(changes.map(({ name }) => name).sort(), [
    ...['beginTwoFactor', 'changePassword', 'confirmTwoFactor', 'endSession', 'endTwoFactor'],
    ...['signOut', 'tryKey'],
  ]);
  assert.deepEqual(beyond('dpo', 'lecture'), [
    ...['cancelJob', 'eraseProspect', 'exportContacts', 'getJob', 'listAudit', 'listJobs'],
  ]);
  assert.deepEqual(beyond('admin', 'operateur'), [
    ...['eraseProspect', 'inviteStaff', 'listAudit', 'listStaff', 'renewInvitation', 'updateStaff'],
  ]);
});

test('nobody without a session learns which operations there are', async () => {
  const operation = 'noSuchOperation';
  const nobody = await post(server.url, undefined, { operation });
  assert.deepEqual([nobody.status, nobody.code], [401, 'not_signed_in']);
  const { cookie } = await signedIn(server, 'lecture');
  for (const name of [operation, 'constructor', '__proto__', 5, null, undefined]) {
    const { code } = await post(server.url, cookie, { operation: name });
    assert.equal(code, 'unknown_operation', String(name));
  }
});

test('a role can not be had by naming it', async () => {
  const { cookie } = await signedIn(server, 'lecture');
  for (const member of ['role', 'staff', 'session', 'access', 'actor']) {
    const body = { operation: 'listStaff', [member]: 'admin' };
    assert.equal((await post(server.url, cookie, body)).code, 'role_not_allowed');
  }
});
