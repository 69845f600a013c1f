import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { loadInto } from '../support/installation.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';

let server: TestServer;
let one: SignedIn;
let two: SignedIn;
let at = { database: '' };

before(async () => {
  server = await freshServer();
  one = await signedIn(server, 'operateur');
  two = await signedIn(server, 'operateur');
});
after(() => server.close());
beforeEach(async () => {
  const database = await server.create();
  at = { database: database.nom };
  await loadInto(database, { prospects: [{ id: 77, nom: 'Seul', ville: 'Toulouse' }] });
});

const reason = 'called back';
const correction = (fields: object) => ({ prospectId: 77, reason, ...fields });
const meanwhile = () => ({ ...at, expect: 'changed_meanwhile' }) as const;
const read = async () => (await one.call('getProspect', { prospectId: 77 }, at)).prospect;

test('of two operators who saw the same person, the second is told which field the first changed', async () => {
  const seen = { ville: 'Toulouse', nom: 'Seul' };
  await one.call('correctProspect', correction({ ville: 'Nice', before: seen }), at);
  const own = { ville: 'Lyon', nom: 'Seule', before: seen };
  const said = await two.call('correctProspect', correction(own), meanwhile());
  assert.equal(said, 'Somebody else has changed this person meanwhile (ville): look again.');
  const { prospect_nom, prospect_ville } = await read();
  assert.deepEqual([prospect_nom, prospect_ville], ['Seul', 'Nice']);

  const again = { ...own, before: { ...seen, ville: 'Nice' } };
  const { changed } = await two.call('correctProspect', correction(again), at);
  assert.deepEqual(changed, ['nom', 'ville']);
});

test('a field that was empty as it was shown, and is not now, is not written over', async () => {
  await one.call('correctProspect', correction({ prenom: 'Ana', before: { prenom: null } }), at);
  const own = { prenom: 'Anna', before: { prenom: null } };
  await two.call('correctProspect', correction(own), meanwhile());
  assert.equal((await read()).prospect_prenom, 'Ana');
});

test('what somebody else changed in another field, or in the same way, is no obstacle', async () => {
  const seen = { ville: 'Toulouse', nom: 'Seul' };
  await one.call('correctProspect', correction({ ville: 'Nice', before: seen }), at);
  const same = correction({ ville: 'Nice', nom: 'Seule', before: seen });
  assert.deepEqual((await two.call('correctProspect', same, at)).changed, ['nom']);
  const { prospect_nom, prospect_ville } = await read();
  assert.deepEqual([prospect_nom, prospect_ville], ['Seule', 'Nice']);
});
