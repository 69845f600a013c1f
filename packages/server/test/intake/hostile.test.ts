import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { answerOf, makeSource, postJson, sendLead } from '../support/intake.ts';
import { knock } from '../support/knock.ts';
import { contactsOf, freshServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let token: string;
before(async () => {
  server = await freshServer();
  await loadInto(server.main, publishedCrm());
  token = await makeSource(server, 'site', 'json');
});
after(() => server.close());

/** Texts that have broken other systems. */
const nuisance = fc.constantFrom(
  '\0',
  '\ud800',
  'a\0b',
  '<img src=x onerror=alert(1)>',
  "'; drop table lead; --",
  '=HYPERLINK("http://example.com")',
  '@SUM(1+1)*cmd|calc',
  '\u202Egnp.exe\u202C',
  'שלום עולם',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'e\u0301',
  '\ufeff',
  '\u200b',
  '__proto__',
  'constructor',
  '{{7*7}}',
  '\\u0000',
  '%00',
  '../../etc/passwd',
  '9'.repeat(400),
  'x'.repeat(20_000),
  '\r\nBcc: a@example.com',
);
const anyText = fc.oneof(
  nuisance,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);
const telephone = fc.oneof(
  fc.constantFrom('0612345601', '+33 6 12 34 56 01', '06.12.34.56.02', '0692123456', '06 12'),
  anyText,
);
const email = fc.oneof(
  fc.nat(200).map((person) => `p${person}@example.com`),
  fc.constantFrom('a@example.com', 'A@EXAMPLE.COM', 'b@exämple.fr', 'b@', '"a b"@example.com'),
  anyText,
);
const anyValue = fc.oneof(anyText, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
const lead = fc.record(
  {
    externalId: fc.oneof(fc.constantFrom('1', 'x'.repeat(300)), fc.nat(2000), anyText),
    nom: anyValue,
    prenom: anyValue,
    nom_complet: anyText,
    telephone,
    email,
    pays: fc.oneof(fc.constantFrom('Belgique', 'CH', 'France'), anyText),
    programme: fc.oneof(fc.constantFrom(145, '145', "les jardins de l'aube"), anyValue),
    commentaire: anyValue,
    consent: anyValue,
    createdAt: fc.oneof(fc.date().map(String), anyText),
    utm_source: anyText,
    answers: fc.anything(),
    deep: fc.object({ maxDepth: 6 }),
  },
  { requiredKeys: [] },
);

test('a thousand hostile leads are each stored as an action, joined to one, or in quarantine', async () => {
  const outcomes = { accepted: 0, merged: 0, quarantined: 0 };
  let repeated = 0;
  await fc.assert(
    fc.asyncProperty(lead, async (draft) => {
      const reply = await postJson(server.url, 'site', token, draft);
      const answer = answerOf(reply);
      if (reply.headers.get('idempotency-replayed')) repeated += 1;
      else outcomes[answer.outcome] += 1;
      if (answer.outcome === 'quarantined') assert.ok(answer.reasons.length > 0);
    }),
    { numRuns: 1000 },
  );
  const ledger = await sql<{ outcome: string; n: number; ids: number }>`
    select lead.outcome, count(*) as n, count(distinct lead.id_action) as ids
    from lead group by lead.outcome`.execute(server.main.db);
  const kept = Object.fromEntries(ledger.rows.map(({ outcome, n }) => [outcome, n]));
  // One that waits is corrected by a repeat, and counted each time it is answered.
  assert.equal(kept.accepted ?? 0, outcomes.accepted);
  assert.equal(kept.merged ?? 0, outcomes.merged);
  assert.ok((kept.quarantined ?? 0) <= outcomes.quarantined);
  const actions = await sql<{ n: number }>`select count(*) as n from action`.execute(
    server.main.db,
  );
  assert.equal(actions.rows[0]?.n, 1 + outcomes.accepted);
  assert.ok(outcomes.accepted > 20 && outcomes.quarantined > 20, JSON.stringify(outcomes));
  assert.ok(outcomes.merged > 0 && repeated > 0, JSON.stringify({ ...outcomes, repeated }));
  const ids = ledger.rows.find(({ outcome }) => outcome === 'accepted')?.ids;
  assert.equal(ids, outcomes.accepted, 'an accepted lead has an action of its own');
});

test('a lead of half a million marks is taken in as any other', async () => {
  const { outcome } = await sendLead(server.url, 'site', token, {
    nom: `e${'\u0301\u0327'.repeat(220_000)}`,
    email: 'marks@example.com',
    programme: 145,
  });
  assert.equal(outcome, 'accepted');
});

test('leads as large as the door takes them are small contacts, and whole in the ledger', async () => {
  const { text: key } = await server.key('Atlantique', { regions: [30] });
  await server.send(key, { operation: 'pullContacts' });
  const large = (of: string) => of.repeat(60_000);
  for (const [nth, letter] of [...'"\\\nx🏡'].entries()) {
    const reply = await postJson(server.url, 'site', token, {
      ...{ email: `large${nth}@example.com`, programme: 145, externalId: `${nth}${large('i')}` },
      ...{ nom: `n${large(letter)}`, commentaire: `c${large(letter)}` },
    });
    assert.equal(reply.status, 200, reply.text);
  }
  const pulled = await server.send(key, { operation: 'pullContacts' });
  assert.equal(contactsOf(pulled).length, 5);
  assert.ok(pulled.text.length < 5 * 25_000, String(pulled.text.length));
  const kept = await sql<{ n: number }>`
    select count(*) as n from lead where length(lead.draft ->> 'commentaire') > 60000`.execute(
    server.main.db,
  );
  assert.equal(kept.rows[0]?.n, 5);
});

test('whoever sends the id of a form first takes nothing from the one whose id it is', async () => {
  const form = await makeSource(server, 'formulaire', 'form', { id_programme: 145 });
  const { text: key } = await server.key('Atlantique', { regions: [30] });
  await server.send(key, { operation: 'pullContacts' });
  for (const nom of ['Personne', 'Honnête']) {
    const fields = { token: form, id: '4711', nom, email: `${nom}@example.org` };
    const reply = await knock(server.url, 'formulaire', { body: new URLSearchParams(fields) });
    assert.equal(reply.status, 200, reply.text);
  }
  const pulled = contactsOf(await server.send(key, { operation: 'pullContacts' }));
  assert.deepEqual(
    pulled.map((contact) => [contact.prospect_nom, contact.source_reference]),
    [
      ['Personne', '4711'],
      ['Honnête', '4711'],
    ],
  );
});
