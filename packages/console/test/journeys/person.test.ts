import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signedIn } from '../../../server/test/support/staff.ts';
import { assertGoodScreen, journeys, openConsole } from '../support/console.ts';
import { HOSTILE, peopleCrm } from '../support/people.ts';

const bench = journeys(peopleCrm());

test('a person is found by a fragment, and their page tells who received them and when', async (t) => {
  const { text } = await bench.server.key('Promoteur X');
  await bench.server.send(text, { operation: 'pullContacts', limit: 10 });
  const { page } = await openConsole(t, bench, '/contacts');
  await page.getByRole('searchbox').fill('12 34 56');
  await page.getByRole('link', { name: 'Jean Dupont' }).click();
  await page.getByRole('heading', { level: 1, name: 'Jean Dupont' }).waitFor();

  await page.getByText('Transmise à Promoteur X.').waitFor();
  const receipt = page.getByRole('table', { name: 'Transmissions' }).getByRole('row').last();
  const told = await receipt.textContent();
  assert.match(told ?? '', /^Promoteur XLes Jardins de l'Aube.*\d{4}.*n°\s1Réponse écrite$/);
  await page.getByText('Transmis à Promoteur X', { exact: true }).waitFor();
  await assertGoodScreen(page);
  // Beside the navigation, where the details of the person would leave no room for them.
  await page.setViewportSize({ width: 1024, height: 768 });
  const rightOf = async (place: typeof receipt) => {
    const { x = 0, width = 0 } = (await place.boundingBox()) ?? {};
    return x + width;
  };
  const section = page.locator('section').filter({ has: receipt });
  assert.ok((await rightOf(receipt.getByText('Réponse écrite'))) < (await rightOf(section)));
});

test('a correction is refused where it leads to another person, and else is in the history', async (t) => {
  const { page, operator } = await openConsole(t, bench, '/contacts/5003', { role: 'operateur' });
  await page.getByRole('button', { name: 'Corriger' }).click();
  const dialog = page.getByRole('dialog', { name: 'Corriger les coordonnées' });
  await dialog.getByLabel('Téléphone').fill('06 55 44 33 22');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await dialog.getByText('À remplir').waitFor();
  await dialog.getByLabel('Motif').fill('mal entendu');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await dialog.getByText('C’est celui d’une autre personne : la n° 5004.').waitFor();
  await dialog.getByLabel('Téléphone').fill('appelez-moi');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await dialog.getByText('Ce numéro de téléphone est illisible.').waitFor();
  await dialog.getByLabel('Téléphone').fill('06 12 00 00 01');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Coordonnées corrigées : téléphone').waitFor();
  await page.getByText('« mal entendu »').waitFor();
  const { prospect } = await operator.call('getProspect', { prospectId: 5003 });
  assert.equal(prospect.prospect_telephone, '+33612000001');
});

test('a correction keeps what a colleague changed meanwhile, tells it, and keeps what was typed', async (t) => {
  const { page, operator } = await openConsole(t, bench, '/contacts/5003', { role: 'operateur' });
  const colleague = await signedIn(bench.server, 'operateur');
  await page.getByRole('button', { name: 'Corriger' }).click();
  const dialog = page.getByRole('dialog', { name: 'Corriger les coordonnées' });
  await dialog.getByLabel('Ville').fill('Lyon');
  await dialog.getByLabel('Motif').fill('mal compris');
  const reason = 'rappelé';
  const theirs = { prospectId: 5003, ville: 'Nice', prenom: 'Célia', reason };
  await colleague.call('correctProspect', theirs);
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await dialog.getByText('Quelqu’un l’a modifié entre-temps.').waitFor();
  await dialog.getByText(/^Entre-temps\s: «\sNice\s»$/).waitFor();
  await dialog.getByText(/^Entre-temps\s: «\sCélia\s»$/).waitFor();
  assert.equal(await dialog.getByLabel('Ville').inputValue(), 'Lyon');
  await assertGoodScreen(page);

  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Coordonnées corrigées : ville', { exact: true }).waitFor();
  const { prospect } = await operator.call('getProspect', { prospectId: 5003 });
  assert.deepEqual([prospect.prospect_ville, prospect.prospect_prenom], ['Lyon', 'Célia']);
});

test('who comes back to the window sees what a colleague changed, and keeps what was typed', async (t) => {
  const { page } = await openConsole(t, bench, '/contacts/5004', { role: 'operateur' });
  await page.getByRole('button', { name: 'Corriger' }).click();
  const city = page.getByRole('dialog').getByLabel('Ville');
  await city.fill('Lyon');
  const colleague = await signedIn(bench.server, 'operateur');
  await colleague.call('correctProspect', { prospectId: 5004, prenom: 'Loan', reason: 'rappelé' });
  // Past the seconds for which an answer counts as fresh.
  await page.clock.install();
  await page.clock.fastForward('00:30');
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await page.locator('h1', { hasText: 'Loan Nguyễn' }).waitFor();
  assert.equal(await city.inputValue(), 'Lyon');
});

test('one contact of a person gets a statut, with its reason in the history', async (t) => {
  const { page } = await openConsole(t, bench, '/contacts/5004', { role: 'operateur' });
  await page.getByRole('button', { name: 'Changer le statut' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Nouveau statut' }).click();
  await page.getByRole('option', { name: /^Transmis/ }).click();
  await dialog.getByRole('textbox', { name: 'Motif' }).fill('donné de vive voix');
  await dialog.getByRole('button', { name: 'Changer le statut' }).click();
  await page.getByText('Passé en « Transmis »', { exact: true }).waitFor();
  await page.getByText('« donné de vive voix »').waitFor();
});

test('a hostile person is shown as text', async (t) => {
  const { page } = await openConsole(t, bench, '/contacts/5005');
  const heading = page.getByRole('heading', { level: 1 });
  await heading.getByText('HYPERLINK').waitFor();
  assert.equal(await heading.textContent(), `@SUM(A1) ${HOSTILE}`);
  await assertGoodScreen(page);
});

test('an unknown person leads back to the list', async (t) => {
  const { page } = await openConsole(t, bench, '/contacts/77');
  await page.getByRole('heading', { level: 1, name: 'Cette personne n’existe pas' }).waitFor();
  await page.getByRole('link', { name: 'Revenir aux contacts' }).click();
  await page.getByRole('table', { name: 'Contacts' }).waitFor();
});

test('data protection erases a person for good, and sees who has to be told', async (t) => {
  const { page } = await openConsole(t, bench, '/contacts/5002', { role: 'dpo' });
  await page.getByRole('button', { name: 'Effacer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Effacer la personne n° 5002 ?' });
  await dialog.getByText('prévenez Promoteur X').waitFor();
  const erase = dialog.getByRole('button', { name: 'Effacer' });
  assert.equal(await erase.isDisabled(), true);
  await dialog.getByLabel('Motif').fill('demande du 20 novembre');
  await dialog.getByLabel('5002').fill('5002');
  await assertGoodScreen(page);
  await erase.click();

  await page.getByRole('heading', { level: 1, name: 'Personne effacée' }).waitFor();
  await page.getByText('Transmise à Promoteur X.').waitFor();
  await page.getByText('« demande du 20 novembre »').waitFor();
  // What was pressed is gone: the keyboard stays on the page.
  await page.locator('main:focus').waitFor();
  assert.equal(await page.getByText('Dupont').count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Effacer' }).count(), 0);
  await assertGoodScreen(page);
  await page.getByRole('link', { name: 'Qui a consulté cette personne' }).click();
  await page.getByRole('button', { name: 'Effacement d’une personne' }).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: 'n° 1', exact: true }).click();
  await page.getByRole('table').getByText('Personne effacée depuis').waitFor();
});
