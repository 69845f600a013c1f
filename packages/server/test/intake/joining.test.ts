import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { LeadAnswer } from '@relais/contract';
import { sql } from 'kysely';
import { changeStatut } from '../../src/changes/changeStatut.ts';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { publishedCrm, QUALIFY, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, type SourceOptions, sendLead } from '../support/intake.ts';
import { freshServer, idsOf, type TestServer } from '../support/server.ts';
import { crossing, untilWaiting, whileHeld } from '../support/waiting.ts';

// Which action a further lead of the same person and programme joins, and what becomes of it.

/** A statut in which no key and no rule of `publishedCrm` has anything wait. */
const CALL_BACK = 4;

let server: TestServer;
let database: CrmDatabase;
let key: string;

before(async () => {
  server = await freshServer();
});
after(() => server.close());
beforeEach(async () => {
  database = await server.create();
  const { actions: _, statuts = [], ...crm } = publishedCrm();
  const statut = { id: CALL_BACK, designation: 'À rappeler' };
  await loadInto(database, { ...crm, statuts: [...statuts, statut] });
  key = (await server.key('Promoteur X', { database })).text;
});

type Send = (lead?: object) => Promise<LeadAnswer>;

/** A source of these statuts, and what sends leads of one person to it. */
async function source(
  id_statut: number,
  rules: Pick<SourceOptions, 'id_statut_review'> = {},
): Promise<Send> {
  const nom = `source-${id_statut}-${database.nom}`;
  const own = { database, id_programme: 145, id_statut, id_statut_review: id_statut, ...rules };
  const token = await makeSource(server, nom, 'json', own);
  return (lead) => sendLead(server.url, nom, token, { email: 'marie@example.com', ...lead });
}

const pull = async (text = key) =>
  idsOf(await server.send(text, { operation: 'pullContacts', limit: 10 }));

/** Gives an action a statut by hand. */
async function give(action: number | null, statut: number): Promise<void> {
  const actions = new Map([[action ?? 0, undefined]]);
  const change = { actions, statut, reason: 'a test', by: 'command:test' };
  const [changed] = await changeStatut(database, change);
  assert.equal(changed?.outcome, 'changed', changed?.problem);
}

async function assertJoins(send: Promise<LeadAnswer>, action: number | null): Promise<void> {
  const { outcome, action_id } = await send;
  assert.deepEqual([outcome, action_id], ['merged', action]);
}

async function assertApart(send: Promise<LeadAnswer>, action: number | null): Promise<void> {
  const { outcome, action_id } = await send;
  assert.equal(outcome, 'accepted');
  assert.notEqual(action_id, action);
}

test('what an operator has closed takes in no more', async () => {
  const send = await source(READY);
  const { action_id } = await send();
  await give(action_id, CALL_BACK);
  await assertApart(send(), action_id);
});

test('what a client has received takes in no more, in whatever statut it stands since', async () => {
  await source(QUALIFY);
  const send = await source(READY);
  const { action_id } = await send();
  assert.deepEqual(await pull(), [action_id]);
  await give(action_id, QUALIFY);
  await assertApart(send(), action_id);
});

test('what waits for a look, or stands ready by hand, takes in more', async () => {
  const send = await source(CALL_BACK, { id_statut_review: QUALIFY });
  const { action_id } = await send({ telephone: '06 12' });
  await assertJoins(send({ telephone: '06 12' }), action_id);
  await give(action_id, READY);
  await assertJoins(send(), action_id);
  assert.deepEqual(await pull(), [action_id]);
});

test('a lead of a day ago joins nothing that came since', async () => {
  const send = await source(READY);
  const { action_id } = await send();
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  await assertJoins(send({ createdAt: ago(23.5) }), action_id);
  await assertApart(send({ createdAt: ago(24.5) }), action_id);
});

test('of two actions that are open a lead joins the later one', async () => {
  const send = await source(READY);
  const first = await send();
  await give(first.action_id, CALL_BACK);
  const second = await send();
  await give(first.action_id, READY);
  await assertJoins(send(), second.action_id);
});

test('a lead that is ready makes ready what it joins, behind all that was ready before', async () => {
  const slow = await source(QUALIFY);
  const send = await source(READY);
  const { action_id } = await slow();
  const other = await send({ email: 'other@example.com' });
  await assertJoins(send(), action_id);
  assert.deepEqual(await pull(), [other.action_id, action_id]);
});

test('a lead that is ready takes back no hand of an operator: what they hold back stays with them', async () => {
  await source(QUALIFY);
  const send = await source(READY);
  const { action_id } = await send();
  await give(action_id, QUALIFY);
  await assertJoins(send({ commentaire: 'Rappelez-moi' }), action_id);
  assert.deepEqual(await pull(), []);
  await give(action_id, READY);
  assert.deepEqual(await pull(), [action_id]);
});

test('a lead that waits while an operator holds a contact back leaves it with them', async () => {
  const review = await source(QUALIFY);
  const send = await source(READY);
  const { action_id } = await send();
  const [, joined] = await crossing(
    database.db,
    // The operator has the contact, and waits to write what was done.
    sql`lock table audit in share mode`,
    () => give(action_id, QUALIFY),
    () => send({ commentaire: 'Encore' }),
  );
  assert.equal(joined.action_id, action_id);
  assert.deepEqual(await pull(), []);
  await assertJoins(review({ commentaire: 'Et encore' }), action_id);
});

test('a lead that waits adds nothing to a contact that comes back and is handed out meanwhile', async () => {
  const send = await source(READY);
  const aside = await send();
  await give(aside.action_id, CALL_BACK);
  const { action_id } = await send();
  const handedOut = await server.send(key, { operation: 'pullContacts' });
  assert.deepEqual(idsOf(handedOut), [action_id]);
  const { db } = database;
  const pulling = sql`lock table pull_item in share mode`;
  const [late, pulled] = await whileHeld(db, pulling, async () => {
    const rowOfAside = sql`select from action where id = ${aside.action_id} for update`;
    let isOver = false;
    const work = await whileHeld(db, rowOfAside, async () => {
      const lead = send({ commentaire: 'Encore' }).finally(() => {
        isOver = true;
      });
      await untilWaiting(db);
      await server.send(key, {
        operation: 'releasePull',
        pullId: handedOut.headers.get('pull-id'),
        reason: 'a test',
      });
      const again = pull();
      await untilWaiting(db, 2);
      return [lead, again] as const;
    });
    await untilWaiting(db, 2, () => isOver);
    return work;
  });
  assert.deepEqual(await pulled, [action_id]);
  const { outcome, action_id: own } = await late;
  assert.equal(outcome, 'accepted');
  assert.deepEqual(await pull(), [own]);
});

test('a lead that is not ready leaves what it joins in its statut', async () => {
  const send = await source(QUALIFY);
  const { action_id } = await send();
  const later = await source(CALL_BACK);
  await assertJoins(later(), action_id);
  const { text } = await server.key('Promoteur Y', { database, id_statut_ready: QUALIFY });
  assert.deepEqual(await pull(text), [action_id]);
});

test('a lead that is ready for one client takes nothing from another', async () => {
  const send = await source(READY);
  const { action_id } = await send();
  const { text } = await server.key('Promoteur Y', { database, id_statut_ready: CALL_BACK });
  const theirs = await source(CALL_BACK);
  await assertJoins(theirs(), action_id);
  assert.deepEqual([await pull(text), await pull()], [[], [action_id]]);
});

test('whoever has not seen what a lead added changes nothing', async () => {
  const send = await source(READY);
  const { action_id } = await send();
  await assertJoins(send({ commentaire: 'Je ne cherche plus.' }), action_id);
  const actions = new Map([[action_id ?? 0, 1]]);
  const change = { actions, statut: CALL_BACK, reason: 'a test', by: 'command:test' };
  const [changed] = await changeStatut(database, change);
  assert.equal(changed?.outcome, 'refused');
});
