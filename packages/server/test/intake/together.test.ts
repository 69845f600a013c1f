import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LeadAnswer } from '@relais/contract';
import { sql } from 'kysely';
import { admitRows } from '../../src/intake/admitRows.ts';
import { columnsOf, suggestMapping } from '../../src/intake/file/mapping.ts';
import { inTransaction } from '../../src/intake/inTransaction.ts';
import { findSource } from '../../src/store/sources.ts';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, postForm, postJson, sendLead } from '../support/intake.ts';
import { contactsOf, freshServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let key: string;
let json: string;
let form: string;
let google: string;
before(async () => {
  server = await freshServer();
  await loadInto(server.main, publishedCrm());
  await sql`insert into programme (id, id_region, nom) values (146, 62, 'Le Clos')`.execute(
    server.main.db,
  );
  key = (await server.key('Promoteur X')).text;
  await server.send(key, { operation: 'pullContacts' });
  json = await makeSource(server, 'json', 'json');
  form = await makeSource(server, 'form', 'form', { id_programme: 145 });
  google = await makeSource(server, 'google', 'google', { programmes: { 4000: 145, 4001: 146 } });
});
after(() => server.close());

const pull = () => server.send(key, { operation: 'pullContacts' });
const count = async (table: string, where = 'true'): Promise<number> => {
  const found = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(table)} where ${sql.raw(where)}`.execute(server.main.db);
  return found.rows[0]?.n ?? 0;
};

test('fifty posts of one person at once, by three doors, are one prospect, and every message is kept', async () => {
  const before = await count('prospect');
  const told = (index: number) => `message n° ${index}.`;
  const posts = Array.from({ length: 50 }, (_, index) => {
    const at145 = index % 5 !== 0;
    // Each knows the person by one of the two, or by both, and types them in another way.
    const telephone = index % 3 === 0 ? '06 12 34 55 01' : '+33 (0)6.12.34.55.01';
    const email = index % 2 === 0 ? 'Marie@Example.com' : 'marie@example.com ';
    if (index % 3 === 0) {
      return postJson(server.url, 'json', json, {
        ...{ nom: 'Curie', telephone, email, commentaire: told(index) },
        programme: at145 ? 145 : 146,
      });
    }
    if (index % 3 === 1 && at145) {
      const fields = { token: form, nom: 'Curie', telephone, message: told(index), email };
      return postForm(server.url, 'form', fields);
    }
    const column = (column_id: string, string_value: string) => ({ column_id, string_value });
    return postJson(server.url, 'google', '', {
      google_key: google,
      lead_id: `g${index}`,
      form_id: at145 ? 4000 : 4001,
      user_column_data: [
        ...[column('PHONE_NUMBER', telephone), column('EMAIL', email)],
        column('message', told(index)),
      ],
    });
  });
  for (const reply of await Promise.all(posts)) assert.equal(reply.status, 200, reply.text);

  assert.equal(await count('prospect'), before + 1);
  const contacts = contactsOf(await pull());
  assert.deepEqual(
    contacts.map(({ programme_id }) => programme_id).sort(),
    [145, 146],
    'one action for each programme',
  );
  const messages = contacts.map(({ action_commentaire }) => action_commentaire).join('\n');
  for (let index = 0; index < 50; index += 1) assert.ok(messages.includes(told(index)), messages);
  assert.equal(await count('lead'), 50);
  assert.equal(await count('lead', `outcome = 'accepted'`), 2);
});

test('one lead that is sent many times at once is one lead', async () => {
  const lead = {
    externalId: 'twin',
    email: 'twin@example.com',
    programme: 145,
    commentaire: 'Oui',
  };
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => postJson(server.url, 'json', json, lead)),
  );
  assert.equal(new Set(replies.map(({ text }) => text)).size, 1, replies[0]?.text);
  assert.equal(replies.filter(({ headers }) => !headers.get('idempotency-replayed')).length, 1);
  const [contact, ...others] = contactsOf(await pull());
  assert.equal(others.length, 0);
  assert.equal(contact?.action_commentaire, 'Oui');
});

test('leads and pulls at once: no contact is handed out twice, none is left, no message is lost', async () => {
  const people = 40;
  const rounds = 3;
  const answers: LeadAnswer[] = [];
  const post = async (index: number) => {
    const answer = await sendLead(server.url, 'json', json, {
      ...{ email: `p${index % people}@example.com`, programme: 145 },
      commentaire: `<${index}>`,
    });
    answers.push(answer);
  };
  const pulled: ReturnType<typeof contactsOf> = [];
  let posting = true;
  const pulling = (async () => {
    while (posting) pulled.push(...contactsOf(await pull()));
  })();
  await Promise.all(Array.from({ length: people * rounds }, (_, index) => post(index)));
  posting = false;
  await pulling;
  pulled.push(...contactsOf(await pull()));

  const ids = pulled.map(({ action_id }) => action_id);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(new Set(ids), new Set(answers.map(({ action_id }) => action_id)));
  const told = pulled.map(({ action_commentaire }) => action_commentaire).join(' ');
  for (let index = 0; index < people * rounds; index += 1) assert.ok(told.includes(`<${index}>`));
  assert.equal(new Set(pulled.map(({ prospect_id }) => prospect_id)).size, people);
});

test('batches that take the same persons in opposite orders both come in', async () => {
  const source = await findSource(server.main.db, 'json');
  if (!source) throw new Error('no source');
  const titles = ['email', 'programme', 'message'];
  const columns = columnsOf(suggestMapping(titles), titles);
  const hash = Buffer.alloc(32);
  const people = Array.from({ length: 30 }, (_, index) => `order${index}@example.com`);
  const batch = async (emails: readonly string[], message: string) => {
    let rest = emails.map((email, index) => ({ line: index + 1, cells: [email, '145', message] }));
    // On a slow machine a batch ends before its last row.
    while (rest.length > 0) {
      const admitted = await inTransaction(server.main.db, (trx) =>
        admitRows(trx, source, { columns, hash }, rest),
      );
      rest = rest.slice(admitted.length);
    }
  };
  await Promise.all([batch(people, 'down'), batch(people.toReversed(), 'up')]);
  const contacts = contactsOf(await pull());
  assert.equal(contacts.length, people.length);
  for (const { action_commentaire } of contacts) {
    assert.deepEqual(action_commentaire?.split('\n\n').sort(), ['down', 'up']);
  }
});
