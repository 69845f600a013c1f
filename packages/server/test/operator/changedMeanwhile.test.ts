import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { publishedCrm, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';

let server: TestServer;
let one: SignedIn;
let two: SignedIn;

before(async () => {
  server = await freshServer();
  await loadInto(server.main, publishedCrm());
  one = await signedIn(server, 'operateur');
  two = await signedIn(server, 'operateur');
});
after(() => server.close());

const meanwhile = { expect: 'changed_meanwhile' } as const;

test('a region that was taken from a key is not given back by whoever adds another one', async () => {
  const { id } = await server.key('Promoteur X', { regions: [30, 62] });
  const shown = { regionIds: [62, 30], ipRanges: null };
  await one.call('updateKey', { id, regionIds: [30], before: shown });
  const { id: third } = await one.call('saveRegion', { nom: 'Bretagne' });
  const own = { id, regionIds: [30, 62, third], before: shown };
  const said = await two.call('updateKey', own, meanwhile);
  assert.equal(said, 'Somebody else has changed the same field of this key meanwhile: look again.');
  const [key] = (await two.call('listKeys')).items.filter((listed) => listed.id === id);
  assert.deepEqual(
    key?.regions?.map((region) => region.id),
    [30],
  );
  // What another has changed besides is no obstacle, nor what both have changed in the same way.
  const rest = { ipRanges: ['203.0.113.7'], expiresAt: '2999-01-01T00:00:00Z' };
  const changed = await two.call('updateKey', {
    ...{ id, ...rest, regionIds: [30] },
    before: { ...shown, expiresAt: null },
  });
  assert.equal(changed.expires_at, '2999-01-01T00:00:00.000Z');
  const later = { id, expiresAt: null, before: { expiresAt: changed.expires_at } };
  assert.equal((await one.call('updateKey', later)).expires_at, null);
});

test('of two who change one rule of a source, the second is told', async () => {
  await makeSource(server, 'site', 'form', { id_programme: null });
  const before = { programmeId: null, origins: null, statutId: READY };
  await one.call('updateSource', { nom: 'site', programmeId: 145, before });
  const { id: other } = await two.call('saveProgramme', { regionId: 62, nom: 'Villa' });
  const own = { nom: 'site', programmeId: other, before };
  await two.call('updateSource', own, meanwhile);
  assert.equal((await two.call('getSource', { nom: 'site' })).programme_id, 145);
  const changed = await two.call('updateSource', {
    ...{ nom: 'site', origins: ['https://www.example.com'], before },
  });
  assert.deepEqual([changed.programme_id, changed.origins], [145, ['https://www.example.com']]);
});

test('of two who change name and town of a programme, both are heard; of two names the first', async () => {
  const before = { nom: 'Le Parc', ville: 'Nice' };
  const { id } = await one.call('saveProgramme', { regionId: 62, ...before });
  await one.call('saveProgramme', { id, nom: 'Le Grand Parc', ville: 'Nice', before });
  const both = await two.call('saveProgramme', { id, nom: 'Le Parc', ville: 'Antibes', before });
  assert.deepEqual([both.nom, both.ville], ['Le Grand Parc', 'Antibes']);
  await two.call('saveProgramme', { id, nom: 'Le Petit Parc', ville: 'Nice', before }, meanwhile);
  const same = { id, nom: 'Le Grand Parc', ville: 'Nice', before };
  assert.equal((await two.call('saveProgramme', same)).ville, 'Antibes');
});

/** A person, and how two operators see and change them. */
async function person() {
  lastPerson += 1;
  const prospectId = lastPerson;
  await loadInto(server.main, { prospects: [{ id: prospectId, nom: 'Seul', ville: 'Toulouse' }] });
  return {
    correction: (fields: object) => ({ prospectId, reason: 'called back', ...fields }),
    read: async () => (await one.call('getProspect', { prospectId })).prospect,
  };
}
let lastPerson = 76;

test('of two operators who saw the same person, the second is told which field the first changed', async () => {
  const { correction, read } = await person();
  const seen = { ville: 'Toulouse', nom: 'Seul' };
  await one.call('correctProspect', correction({ ville: 'Nice', before: seen }));
  const own = { ville: 'Lyon', nom: 'Seule', before: seen };
  const said = await two.call('correctProspect', correction(own), meanwhile);
  assert.equal(said, 'Somebody else has changed this person meanwhile (ville): look again.');
  const { prospect_nom, prospect_ville } = await read();
  assert.deepEqual([prospect_nom, prospect_ville], ['Seul', 'Nice']);

  const again = { ...own, before: { ...seen, ville: 'Nice' } };
  const { changed } = await two.call('correctProspect', correction(again));
  assert.deepEqual(changed, ['nom', 'ville']);
});

test('a field that was empty as it was shown, and is not now, is not written over', async () => {
  const { correction, read } = await person();
  await one.call('correctProspect', correction({ prenom: 'Ana', before: { prenom: null } }));
  const own = { prenom: 'Anna', before: { prenom: null } };
  await two.call('correctProspect', correction(own), meanwhile);
  assert.equal((await read()).prospect_prenom, 'Ana');
});

test('what somebody else changed in another field, or in the same way, is no obstacle', async () => {
  const { correction, read } = await person();
  const seen = { ville: 'Toulouse', nom: 'Seul' };
  await one.call('correctProspect', correction({ ville: 'Nice', before: seen }));
  const same = correction({ ville: 'Nice', nom: 'Seule', before: seen });
  assert.deepEqual((await two.call('correctProspect', same)).changed, ['nom']);
  const { prospect_nom, prospect_ville } = await read();
  assert.deepEqual([prospect_nom, prospect_ville], ['Seule', 'Nice']);
});
