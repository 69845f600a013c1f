import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { publishedCrm } from '../../../server/test/support/crm.ts';
import { makeSource, postJson } from '../../../server/test/support/intake.ts';
import { assertGoodScreen, journeys, openConsole } from '../support/console.ts';
import { HOSTILE } from '../support/people.ts';

const bench = journeys(publishedCrm());

/** Gives a file to the page, as a person who chooses one. */
const choose = (page: Page, name: string, content: string) =>
  page
    .getByLabel('Fichier à importer')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content, 'latin1') });

const ROWS = [
  'Nom;Tél bureau;Programme;Avis',
  "Durand;06 11 22 33 44;Les Jardins de l'Aube;déjà venu",
  'Petit;06 22 33 44 55;145;=1+1',
  "Martin;06 55 66 77 88;Les Jardins de l'Aub;à rappeler",
  'Muet;;145;rien',
].join('\r\n');

test('a file with bad rows is mapped, imported, its error file fetched, and taken back', async (t) => {
  const token = await makeSource(bench.server, 'salons', 'json');
  await postJson(bench.server.url, 'salons', token, { nom: 'Sansadresse' });
  const { page, operator } = await openConsole(t, bench, '/import', { role: 'operateur' });
  await page.getByText('Aucun import').waitFor();
  await page.getByRole('link', { name: 'Importer un fichier' }).first().click();
  // What was pressed is gone: the keyboard is on the page that it led to, which is told by that.
  await page.locator('h1:focus', { hasText: 'Importer un fichier' }).waitFor();
  await page.getByRole('combobox', { name: 'Source' }).click();
  await page.getByRole('option', { name: 'salons' }).click();
  await choose(page, 'visiteurs.csv', ROWS);
  await page.getByRole('alert').getByText('Ce fichier ne peut pas encore être importé').waitFor();
  // What is in a column tells what it is.
  await page.getByRole('cell', { name: '06 11 22 33 44' }).waitFor();
  await page.getByRole('combobox', { name: 'Sens de la colonne Tél bureau' }).click();
  await page.getByRole('option', { name: 'Téléphone', exact: true }).click();
  await page.getByText(/2 nouveaux contacts · 2 en quarantaine/).waitFor();
  // What was chosen is in the address.
  await page.reload();
  await page
    .getByRole('row', { name: /Durand/ })
    .getByText('Nouveau contact')
    .waitFor();
  await page
    .getByRole('row', { name: /Martin/ })
    .getByText('Programme inconnu')
    .waitFor();
  await assertGoodScreen(page);
  await page.getByRole('button', { name: 'Importer 4 lignes' }).click();

  await page.getByText('2 lignes attendent en quarantaine').waitFor();
  // Of this file alone, not all that waits of its source.
  await page.getByRole('link', { name: 'Voir la quarantaine' }).click();
  const waiting = page.getByRole('table', { name: 'Quarantaine' });
  await waiting.getByText('Martin').waitFor();
  assert.equal(await waiting.locator('tbody').getByRole('row').count(), 2);
  await assertGoodScreen(page);
  await page.getByRole('button', { name: 'Import visiteurs.csv', exact: true }).click();
  await page.getByText('2 lignes attendent en quarantaine').waitFor();
  await page.reload();
  const link = page.getByRole('main').getByRole('link', { name: 'Lignes à corriger' });
  await link.waitFor();
  await assertGoodScreen(page);
  const downloading = page.waitForEvent('download');
  await link.click();
  const errors = await readFile(await (await downloading).path(), 'utf8');
  assert.match(errors, /relais_reason/);
  assert.match(errors, /Martin/);
  assert.doesNotMatch(errors, /Durand/);

  await page.getByRole('button', { name: 'Défaire l’import' }).click();
  const dialog = page.getByRole('dialog', { name: 'Défaire cet import ?' });
  await dialog.getByText('2 nouveaux contacts sont retirés.').waitFor();
  const confirm = dialog.getByRole('button', { name: 'Défaire l’import' });
  assert.equal(await confirm.isEnabled(), false);
  await dialog.getByRole('textbox').fill('défaire');
  await confirm.click();
  await page.getByRole('link', { name: 'Importer à nouveau' }).waitFor();
  const { items } = await operator.call('searchContacts');
  assert.deepEqual(
    items.map(({ prospect_nom }) => prospect_nom),
    ['Dupont'],
  );
  assert.equal((await operator.call('listQuarantine')).total, 1);
});

test('the same file is not imported twice, and says where it was', async (t) => {
  await makeSource(bench.server, 'foire', 'file');
  const { page } = await openConsole(t, bench, '/import/new?source=foire');
  const rows = 'nom;telephone;programme\r\nDurand;06 11 22 33 66;145';
  await choose(page, 'foire.csv', rows);
  await page.getByRole('button', { name: 'Importer 1 ligne' }).click();
  await page.getByRole('heading', { level: 1, name: 'foire.csv' }).waitFor();
  await page.getByRole('button', { name: 'Défaire l’import' }).waitFor();
  await page.goto('/import/new?source=foire');
  await choose(page, 'encore.csv', rows);
  await page.getByText('Ce fichier a déjà été importé dans cette source').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Importer 1 ligne' }).isEnabled(), false);
});

test('hostile cells and titles are shown as they are, and break nothing', async (t) => {
  await makeSource(bench.server, 'pieges', 'file');
  const { page } = await openConsole(t, bench, '/import/new?source=pieges');
  const cell = HOSTILE.replace(/[^\x20-\xff]/g, '').replaceAll('"', '""');
  await choose(
    page,
    `${'très-long-'.repeat(15)}.csv`,
    [`nom;telephone;programme;"<b>${cell}</b>"`, `"${cell}";06 11 22 33 77;145;"${cell}"`].join(
      '\r\n',
    ),
  );
  await page
    .getByRole('row', { name: /<img src=x onerror=alert\(1\)>/ })
    .last()
    .waitFor();
  await assertGoodScreen(page);
  await page.getByRole('button', { name: 'Importer 1 ligne' }).click();
  await page.getByRole('button', { name: 'Défaire l’import' }).waitFor();
  await assertGoodScreen(page);
});

test('a file that cannot be read is refused in French, with nothing to try again', async (t) => {
  await makeSource(bench.server, 'abimes', 'file');
  const { page } = await openConsole(t, bench, '/import/new?source=abimes');
  await choose(page, 'ouvert.csv', 'nom;telephone\r\nDurand;0611223344\r\n"Petit;0622334455');
  const alert = page.getByRole('alert');
  await alert.getByText('Ligne 3 : un guillemet (") est ouvert').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Réessayer' }).count(), 0);
  await page.getByRole('button', { name: 'Autre fichier' }).click();
  await choose(page, 'vide.csv', 'nom;telephone\r\n');
  await alert.getByText('Le fichier n’a aucune ligne de données.').waitFor();
});

test('who may not import is told so where a link leads, and sends no file', async (t) => {
  const { page } = await openConsole(t, bench, '/import/new', { role: 'lecture' });
  await page.getByText('Votre rôle ne permet pas cette action.').waitFor();
  assert.equal(await page.getByRole('combobox', { name: 'Source' }).count(), 0);
});
