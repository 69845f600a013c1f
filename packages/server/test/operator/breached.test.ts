import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { localServer } from '../support/localServer.ts';
import { serverFor } from '../support/server.ts';
import { caller, PASSWORD, signedIn } from '../support/staff.ts';

const STOLEN = 'le mot de passe volé';
const digest = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase();

/** A list that speaks as Have I Been Pwned does: what it is asked, and whether it answers. */
async function openList(t: TestContext) {
  const list = { asked: [] as string[], answers: true };
  const url = await localServer(t, (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://list');
    list.asked.push(pathname);
    if (!list.answers) {
      response.writeHead(500).end();
      return;
    }
    const own = digest(STOLEN);
    const others = ['0018A45C4D1DEF81644B54AB7F969B88D65:10', `${'F'.repeat(35)}:0`];
    const known = pathname === `/range/${own.slice(0, 5)}` ? [`${own.slice(5)}:3`] : [];
    response.end([...others, ...known].join('\r\n'));
  });
  return Object.assign(list, { url });
}

test('a password that is known from a breach is refused, and the list learns five digits of its hash', async (t) => {
  const list = await openList(t);
  const server = await serverFor(t, { RELAIS_BREACHED_PASSWORDS_URL: `${list.url}/` });
  const admin = await signedIn(server);
  const refused = await admin.call(
    'changePassword',
    // As another keyboard types it.
    { current: PASSWORD, next: STOLEN.normalize('NFD') },
    { expect: 'invalid_parameter' },
  );
  const rule = 'is known from a breach elsewhere: choose another';
  assert.equal(refused, `Invalid parameter "next": ${rule}.`);

  const person = { email: 'm@example.com', nom: 'Marc', role: 'dpo' } as const;
  const token = (await admin.call('inviteStaff', person)).link.split('#')[1] ?? '';
  const nobody = caller(server.url, undefined);
  const given = { token, password: STOLEN };
  const said = await nobody.call('acceptInvitation', given, { expect: 'invalid_parameter' });
  assert.equal(said, `Invalid parameter "password": ${rule}.`);
  await nobody.call('acceptInvitation', { token, password: 'pluie sur les toits' });

  const prefixes = [STOLEN, STOLEN, 'pluie sur les toits'].map((text) => digest(text).slice(0, 5));
  assert.deepEqual(
    list.asked,
    prefixes.map((prefix) => `/range/${prefix}`),
  );
});

test('a list of breached passwords that does not answer keeps nobody out', async (t) => {
  const list = await openList(t);
  const server = await serverFor(t, { RELAIS_BREACHED_PASSWORDS_URL: list.url });
  list.answers = false;
  const { call } = await signedIn(server);
  await call('changePassword', { current: PASSWORD, next: STOLEN });
  assert.equal(list.asked.length, 1);
});
