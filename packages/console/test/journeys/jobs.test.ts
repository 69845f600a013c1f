import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { QUALIFY } from '../../../server/test/support/crm.ts';
import { assertGoodScreen, journeys, openConsole } from '../support/console.ts';
import { peopleCrm } from '../support/people.ts';

const bench = journeys(peopleCrm());

const panelOf = (page: Page) => page.getByRole('dialog', { name: 'Traitements' });

/** Runs something while no other can change an action: a bulk change waits. */
async function whileLocked(action: number, run: () => Promise<void>): Promise<void> {
  await bench.server.main.db.transaction().execute(async (trx) => {
    await trx.selectFrom('action').select('id').where('id', '=', action).forUpdate().execute();
    await run();
  });
}

test('a bulk change is seen under way, survives a reload of the page, and reports', async (t) => {
  const { page, operator } = await openConsole(t, bench, `/contacts?statutIds=${QUALIFY}`);
  await whileLocked(2002, async () => {
    await page.getByRole('button', { name: 'Changer le statut des 2 trouvés' }).click();
    const dialog = page.getByRole('dialog', { name: 'Changer le statut de 2 contacts' });
    await dialog.getByRole('combobox', { name: 'Nouveau statut' }).click();
    await page.getByRole('option', { name: 'À transmettre' }).click();
    await dialog.getByRole('textbox', { name: 'Motif' }).fill('vérifiés au salon');
    const confirm = dialog.getByRole('button', { name: 'Changer tout' });
    assert.equal(await confirm.isEnabled(), false);
    await dialog.getByRole('textbox', { name: /tapez « 2 »/ }).fill('2');
    await confirm.click();
    await panelOf(page).getByRole('listitem', { name: 'Passage en « À transmettre »' }).waitFor();
    await page.reload();
    await panelOf(page).getByText('0 sur 2').waitFor();
    await panelOf(page).getByRole('button', { name: 'Arrêter' }).waitFor();
  });
  await panelOf(page).getByText('2 modifiés · 0 inchangé · 0 refusé').waitFor();
  await page.getByText('Passage en « À transmettre » : terminé.').waitFor();
  const found = await operator.call('searchContacts', { statutIds: [QUALIFY] });
  assert.equal(found.total, 0);

  const downloading = page.waitForEvent('download');
  await panelOf(page).getByRole('link', { name: 'Compte rendu' }).click();
  const report = await readFile(await (await downloading).path(), 'utf8');
  assert.match(report, /2001;changé/);
  await assertGoodScreen(page);
});

test('an export waits in the panel after a reload, and no cell of it is a formula', async (t) => {
  const { page } = await openConsole(t, bench, '/contacts?search=hyperlink', { role: 'dpo' });
  await page.getByText('1 élément', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Exporter' }).click();
  const dialog = page.getByRole('dialog', { name: 'Exporter les contacts' });
  await dialog.getByRole('button', { name: 'Exporter' }).click();
  await panelOf(page).getByRole('listitem', { name: 'Export de contacts' }).waitFor();
  await page.reload();
  const link = panelOf(page).getByRole('link', { name: 'Télécharger' });
  await link.waitFor();
  const downloading = page.waitForEvent('download');
  await link.click();
  const download = await downloading;
  assert.match(download.suggestedFilename(), /^contacts-\d{4}-\d\d-\d\d\.csv$/);
  const [titles = '', row = ''] = (await readFile(await download.path(), 'utf8')).split('\r\n');
  assert.equal(
    titles.replace('\ufeff', ''),
    'Date de la demande;Nom;Prénom;Téléphone;E-mail;Programme;Statut;Client;Source',
  );
  assert.match(row, /;"'=HYPERLINK/);
  assert.match(row, /;'@SUM\(A1\);/);
});

test('the jobs of others are shown, for whoever asks, and are theirs to stop', async (t) => {
  const { page } = await openConsole(t, bench, '/contacts', { role: 'operateur' });
  await page.getByRole('button', { name: 'Traitements' }).click();
  await panelOf(page).getByText('Aucun traitement récent').waitFor();
  await panelOf(page).getByText('Tous', { exact: true }).click();
  await panelOf(page).getByRole('listitem', { name: 'Export de contacts' }).waitFor();
  // What others have asked for is theirs to stop and to download.
  assert.equal(await panelOf(page).getByRole('button', { name: 'Arrêter' }).count(), 0);
  await page.keyboard.press('Escape');
  await panelOf(page).waitFor({ state: 'detached' });
});
