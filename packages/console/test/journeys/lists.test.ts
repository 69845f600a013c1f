import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publishedCrm } from '../../../server/test/support/crm.ts';
import { idsOf } from '../../../server/test/support/server.ts';
import { signedIn } from '../../../server/test/support/staff.ts';
import { assertGoodScreen, journeys, openConsole } from '../support/console.ts';
import { HOSTILE } from '../support/people.ts';

const bench = journeys(publishedCrm());

test('moving a programme tells first which clients lose it, and their keys see it no longer', async (t) => {
  const operator = await signedIn(bench.server, 'operateur');
  const { id } = await operator.call('createClient', { nom: 'Nexity' });
  const { key } = await operator.call('createKey', {
    ...{ clientId: id, regionIds: [30], readyStatutId: 2, pulledStatutId: 3 },
  });
  const read = () => bench.server.send(key, { operation: 'readContacts', limit: 10 });
  assert.deepEqual(idsOf(await read()), [1045]);

  const { page } = await openConsole(t, bench, '/lists', { as: operator });
  await page.getByRole('button', { name: "Les Jardins de l'Aube" }).click();
  await page.getByText('Ne peut pas être supprimé : 1 demande s’y réfère.').waitFor();
  await assertGoodScreen(page);
  await page.getByRole('button', { name: 'Changer de région' }).click();
  const dialog = page.getByRole('dialog', { name: /Changer la région/ });
  await dialog.getByRole('combobox', { name: 'Nouvelle région' }).click();
  await page.getByRole('option', { name: "Provence-Alpes-Côte d'Azur" }).click();
  await dialog.getByText('1 demande change de région avec lui.').waitFor();
  await dialog.getByText('Ne le verront plus : Nexity.').waitFor();
  await assertGoodScreen(page);
  assert.deepEqual(idsOf(await read()), [1045]);
  await dialog.getByRole('button', { name: 'Changer de région' }).click();
  await page.getByText('Région changée.').waitFor();
  assert.deepEqual(idsOf(await read()), []);
});

test('a programme is created in a region, found by its town, and deleted while nothing needs it', async (t) => {
  const { page } = await openConsole(t, bench, '/lists');
  await page.getByRole('button', { name: 'Nouveau programme' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Nom' }).fill(HOSTILE.slice(0, 200));
  await dialog.getByRole('textbox', { name: 'Ville' }).fill('Sète');
  await dialog.getByRole('combobox', { name: 'Région' }).fill('Atlantide');
  await page.getByText('Aucun résultat').waitFor();
  await dialog.getByRole('combobox', { name: 'Région' }).fill('occi');
  await page.getByRole('option', { name: 'Occitanie' }).click();
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('2 éléments').waitFor();
  await assertGoodScreen(page);
  await page.getByRole('searchbox').fill('sete');
  await page.getByText('1 élément', { exact: true }).waitFor();
  await page.getByRole('row', { name: /Sète/ }).press('Enter');
  await page.getByRole('button', { name: 'Supprimer' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).last().click();
  await page.getByText('Rien ne correspond').waitFor();
});

test('a region is not created twice for a letter case or an accent', async (t) => {
  const { page } = await openConsole(t, bench, '/lists?tab=regions');
  await page.getByRole('button', { name: 'Nouvelle région' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Nom' }).fill('occitànie');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await dialog.getByText(/porte déjà ce nom\s: «\sOccitanie\s»\.$/).waitFor();
});

test('an entry of a list is renamed for clients too, and one that is needed cannot be deleted', async (t) => {
  const { page, operator } = await openConsole(t, bench, '/lists?tab=types_action');
  await page.getByRole('button', { name: 'Contact request' }).click();
  await page.getByRole('button', { name: 'Renommer' }).click();
  await page.getByRole('textbox', { name: 'Désignation' }).fill('Demande de contact');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Demande de contact' }).waitFor();
  const { text: key } = await bench.server.key('Kaufman');
  const [first] = JSON.parse(
    (await bench.server.send(key, { operation: 'readContacts', limit: 1 })).text,
  );
  assert.equal(first.type_action_designation, 'Demande de contact');

  await page.getByRole('button', { name: 'Supprimer' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).last().click();
  const refusal = page.getByRole('alert');
  await refusal.getByText('Cet élément est encore utilisé.').waitFor();
  await refusal.getByText(/Encore utilisé par\s: 1 demande/).waitFor();
  const { items } = await operator.call('listDesignations', { list: 'types_action' });
  assert.deepEqual(
    items.map(({ designation }) => designation),
    ['Demande de contact'],
  );
});

test('the statuts say which of them is handed to clients, and tabs are part of the address', async (t) => {
  await bench.server.key('Pichet');
  const { page } = await openConsole(t, bench, '/lists', { role: 'lecture' });
  await page.getByRole('tab', { name: 'Statuts' }).click();
  await page.getByRole('row', { name: /À transmettre.*Oui, par une clé/ }).waitFor();
  assert.equal(new URL(page.url()).search, '?tab=statuts');
  assert.equal(await page.getByRole('button', { name: 'Nouveau statut' }).count(), 0);
  await assertGoodScreen(page);
  await page.getByRole('tab', { name: 'Régions' }).click();
  await page.getByRole('row', { name: /Occitanie/ }).waitFor();
  await page.goBack();
  await page.getByRole('tab', { name: 'Statuts', selected: true }).waitFor();
});

test('who may only read is offered no change of a list, and the server refuses it', async (t) => {
  for (const role of ['lecture', 'dpo'] as const) {
    const { page, operator } = await openConsole(t, bench, '/lists?selected=145', { role });
    await page.getByRole('dialog').getByText('Demandes').waitFor();
    for (const name of ['Nouveau programme', 'Modifier', 'Changer de région', 'Supprimer']) {
      assert.equal(await page.getByRole('button', { name }).count(), 0, `${role}: ${name}`);
    }
    const expect = 'role_not_allowed';
    await operator.call('deleteProgramme', { id: 145 }, { expect });
    await operator.call('moveProgramme', { id: 145, regionId: 62, preview: true }, { expect });
    await operator.call('saveRegion', { nom: 'Autre' }, { expect });
  }
});

test('who puts the town of a programme right does not give it back a name that a colleague has changed', async (t) => {
  const { page, operator } = await openConsole(t, bench, '/lists');
  const { id } = await operator.call('saveProgramme', { regionId: 62, nom: 'Villa Verde' });
  await page.goto(`${bench.server.url}/lists?selected=${id}`);
  await page.getByRole('button', { name: 'Modifier' }).click();
  await page.getByRole('textbox', { name: 'Ville' }).fill('Nice');
  await operator.call('saveProgramme', { id, nom: 'Villa Verde II' });
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('heading', { name: 'Villa Verde II' }).waitFor();
  const { items } = await operator.call('listProgrammes', { regionIds: [62] });
  const saved = items.find((programme) => programme.id === id);
  assert.deepEqual([saved?.nom, saved?.ville], ['Villa Verde II', 'Nice']);
});
