import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Page } from 'playwright-core';
import { publishedCrm } from '../../../server/test/support/crm.ts';
import { loadInto } from '../../../server/test/support/installation.ts';
import { makeSource, postJson } from '../../../server/test/support/intake.ts';
import { idsOf } from '../../../server/test/support/server.ts';
import { assertGoodScreen, heldBack, journeys, openConsole } from '../support/console.ts';
import { HOSTILE } from '../support/people.ts';

const bench = journeys();
let name = '';
let token = '';
let databases = 0;

/** A CRM database of each test's own, with a source whose leads are ready at once. */
beforeEach(async () => {
  databases += 1;
  name = `quarantine${databases}`;
  const database = await bench.server.create(name);
  await loadInto(database, publishedCrm());
  token = await makeSource(bench.server, `site${databases}`, 'json', { database });
});

const at = (path: string) => `/@${name}${path}`;
const send = (lead: object) => postJson(bench.server.url, `site${databases}`, token, lead);

async function pulled(): Promise<number> {
  const database = await bench.server.databases.named(name);
  assert.ok(database);
  const { text } = await bench.server.key('Promoteur X', { database });
  return idsOf(await bench.server.send(text, { operation: 'pullContacts', limit: 10 })).length;
}

const likely = { programme: "Les Jardins de l'Aub" };

test('a suggestion is taken with one key, and the client pulls the contact', async (t) => {
  await send({ nom: 'Martin', telephone: '06 12 00 00 01', ...likely });
  await send({ nom: 'Durand', telephone: '06 12 00 00 02', programme: 'ailleurs' });
  const { page } = await openConsole(t, bench, at('/quarantine'));
  await page.getByRole('button', { name: "Libérer Martin avec : Les Jardins de l'Aube" }).waitFor();
  await assertGoodScreen(page);
  await page.keyboard.press('j');
  await page.keyboard.press('s');
  await page.getByText('Libéré : nouveau contact.').waitFor();
  await page.getByText('1 élément', { exact: true }).waitFor();
  // Jean Dupont was ready before.
  assert.equal(await pulled(), 2);
});

/** Counts the requests of a page for an operation. */
function counted(page: Page, operation: string): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.postData()?.includes(`"operation":"${operation}"`)) count += 1;
  });
  return () => count;
}

test('one press releases one lead: not the next one by the second click, nor by a key held down', async (t) => {
  for (const nom of ['Martin', 'Durand', 'Petit', 'Moreau', 'Roux', 'Blanc']) {
    await send({ nom, email: `${nom}@example.com`, ...likely });
  }
  const { page } = await openConsole(t, bench, at('/quarantine'));
  const releases = counted(page, 'releaseLead');
  const take = (nom: string) =>
    page.getByRole('button', { name: `Libérer ${nom} avec : Les Jardins de l'Aube` });
  const box = await take('Martin').boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + 10, box.y + 10);
  await page.mouse.down();
  await page.mouse.up();
  await page.getByText('5 éléments').waitFor();
  // The next row has come under the pointer.
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  assert.equal(await page.getByText('5 éléments').count(), 1);
  assert.equal(releases(), 1);

  const focused = page.locator('tbody tr:focus-within');
  await focused.getByText('Durand', { exact: true }).waitFor();
  await page.keyboard.down('s');
  await page.getByText('4 éléments').waitFor();
  await focused.getByText('Petit', { exact: true }).waitFor();
  await page.keyboard.down('s');
  await page.keyboard.up('s');
  assert.equal(releases(), 2);

  await page.getByRole('button', { name: 'Petit', exact: true }).click();
  await take('Petit').and(page.locator(':focus')).waitFor();
  await page.keyboard.down('Enter');
  await take('Moreau').and(page.locator(':focus')).waitFor();
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  assert.equal(releases(), 3);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });

  const together = counted(page, 'releaseLeads');
  await page.getByRole('checkbox', { name: 'Sélectionner la page' }).check();
  await page.getByRole('button', { name: 'Libérer…' }).focus();
  await page.keyboard.down('Enter');
  await page
    .getByRole('dialog')
    .getByRole('combobox', { name: /Programme/ })
    .and(page.locator(':focus'))
    .waitFor();
  await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  assert.equal(together(), 0);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Compte rendu' }).waitFor();
  assert.equal(together(), 1);
});

test('a lead is put right by the keyboard alone, and the next one opens', async (t) => {
  await send({ nom: 'Sans', telephone: '06 12', programme: '145' });
  await send({ nom: 'Durand', telephone: '06 12 00 00 02', programme: 'ailleurs' });
  const { page } = await openConsole(t, bench, at('/quarantine'));
  await page.getByText('2 éléments').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const first = page.getByRole('dialog', { name: 'Sans' });
  await first.getByText('1 sur 2').waitFor();
  await assertGoodScreen(page);
  const telephone = first.getByRole('textbox', { name: 'Téléphone' });
  await telephone.and(page.locator(':focus')).waitFor();
  await telephone.fill('06 12 34');
  await page.keyboard.press('Enter');
  await first.getByText(/ce qui le retient encore\s: Sans coordonnées/).waitFor();
  await telephone.fill('06 12 34 56 99');
  await page.keyboard.press('Enter');
  const second = page.getByRole('dialog', { name: 'Durand' });
  await second.getByRole('combobox', { name: 'Programme' }).click();
  await page.getByRole('option', { name: "Les Jardins de l'Aube" }).click();
  await second.getByRole('button', { name: 'Libérer', exact: true }).click();
  await second.waitFor({ state: 'detached' });
  await page.getByText('Rien n’attend').waitFor();
  assert.equal(await pulled(), 3);
});

test('after a lead without anything to put right the keyboard is in the one that opens', async (t) => {
  for (const nom of ['Martin', 'Durand']) {
    await send({ nom, email: `${nom}@example.com`, programme: '145', test: true });
  }
  const { page } = await openConsole(t, bench, at('/quarantine'));
  await page.getByText('2 éléments').waitFor();
  await page.getByRole('button', { name: 'Martin', exact: true }).click();
  const first = page.getByRole('dialog', { name: 'Martin' });
  await first.getByRole('button', { name: 'Écarter' }).click();
  const asks = page.getByRole('dialog', { name: 'Écarter 1 lead ?' });
  await asks.getByRole('textbox', { name: 'Motif' }).fill('essai');
  await page.keyboard.press('Enter');
  const second = page.getByRole('dialog', { name: 'Durand' });
  await second.locator(':focus').waitFor({ state: 'attached' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await second.getByRole('button', { name: 'Écarter' }).and(page.locator(':focus')).waitFor();
});

test('a list that can no longer be asked for says that it is not of now', async (t) => {
  await send({ nom: 'Martin', telephone: '06 12 00 00 01', ...likely });
  const { page } = await openConsole(t, bench, at('/quarantine'));
  const take = page.getByRole('button', { name: "Libérer Martin avec : Les Jardins de l'Aube" });
  await take.waitFor();
  await page.route('/operator/v1', (route) => route.abort());
  await take.click();
  await page.getByRole('status').getByText('Pas à jour. Le serveur ne répond pas.').waitFor();
  await assertGoodScreen(page);
});

test('a refusal that comes when its form was left is told nonetheless', async (t) => {
  await send({ nom: 'Durand', telephone: '06 12', programme: '145' });
  const { page, operator } = await openConsole(t, bench, at('/quarantine'));
  await page.getByRole('button', { name: 'Durand', exact: true }).click();
  const answer = await heldBack(page, 'releaseLead');
  const lead = page.getByRole('dialog', { name: 'Durand' });
  await lead.getByRole('button', { name: 'Libérer', exact: true }).click();
  await page.keyboard.press('Escape');
  await lead.waitFor({ state: 'hidden' });
  const on = { database: name };
  const [{ id = 0 } = {}] = (await operator.call('listQuarantine', {}, on)).items;
  await operator.call('discardLead', { ids: [id], reason: 'essai' }, on);
  answer();
  await page
    .getByRole('alert')
    .getByText(/n’attend plus\s: écarté/)
    .waitFor();
});

test('a lead that a release has left in quarantine is not told as one that was let in', async (t) => {
  await send({ nom: 'Muet', ...likely });
  const { page, operator } = await openConsole(t, bench, at('/quarantine'));
  const on = { database: name };
  const [{ id = 0 } = {}] = (await operator.call('listQuarantine', {}, on)).items;
  await operator.call('releaseLead', { id, programmeId: 145 }, on);
  await page.getByRole('button', { name: 'Muet', exact: true }).click();
  const lead = page.getByRole('dialog', { name: 'Muet' });
  await lead
    .getByRole('listitem')
    .filter({ hasText: /^Libération/ })
    .waitFor();
  await lead.getByText('Reste en quarantaine', { exact: true }).waitFor();
  await page.goto(`${bench.server.url}${at('/audit')}`);
  const said = /^Libération d’un lead\s: il reste en quarantaine$/;
  await page.getByRole('table', { name: 'Audit' }).getByText(said).waitFor();
});

test('a programme for all tells that it replaces one which is known, and for another client', async (t) => {
  await send({ nom: 'Martin', telephone: '06 12 00 00 01', ...likely });
  await send({ nom: 'Muet', programme: '145' });
  const { page } = await openConsole(t, bench, at('/quarantine'));
  await page.getByRole('checkbox', { name: 'Sélectionner la page' }).check();
  await page.getByRole('button', { name: 'Libérer…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Libérer 2 leads' });
  const told = dialog.getByText(/1 lead a déjà un programme connu/);
  assert.equal(await told.count(), 0);
  await dialog.getByRole('combobox', { name: /Programme/ }).click();
  await page.getByRole('option', { name: "Les Jardins de l'Aube" }).click();
  await told.waitFor();
  await assertGoodScreen(page);
});

test('leads are released together with a report on each, and discarded with a reason', async (t) => {
  await send({ nom: 'Martin', telephone: '06 12 00 00 01', ...likely });
  await send({ nom: 'Muet', ...likely });
  const { page, operator } = await openConsole(t, bench, at('/quarantine'));
  await page.getByRole('checkbox', { name: 'Sélectionner la page' }).check();
  await page.getByRole('button', { name: 'Libérer…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Libérer 2 leads' });
  await dialog.getByRole('combobox', { name: /Programme/ }).click();
  await page.getByRole('option', { name: "Les Jardins de l'Aube" }).click();
  await dialog.getByRole('button', { name: 'Libérer', exact: true }).click();
  const report = page.getByRole('dialog', { name: 'Compte rendu' });
  await report.getByRole('row', { name: /Martin.*Libéré : nouveau contact/ }).waitFor();
  await report.getByRole('row', { name: /Muet.*Reste en quarantaine.*Sans coordonnées/ }).waitFor();
  await assertGoodScreen(page);
  await report.getByRole('button', { name: 'Fermer' }).last().click();

  await page.getByRole('checkbox', { name: 'Sélectionner Muet' }).check();
  await page.getByRole('button', { name: 'Écarter…' }).click();
  const confirm = page.getByRole('dialog', { name: 'Écarter 1 lead ?' });
  await confirm.getByRole('textbox', { name: 'Motif' }).fill('essai');
  await confirm.getByRole('button', { name: 'Écarter' }).click();
  await page.getByText('1 lead écarté.').waitFor();
  const { total } = await operator.call('listQuarantine', {}, { database: name });
  assert.equal(total, 0);
});

test('of programmes of one name the operator sees which one a lead goes to', async (t) => {
  const { page, operator } = await openConsole(t, bench, at('/quarantine'));
  const on = { database: name };
  const twin = { regionId: 62, nom: "Les Jardins de l'Aube", ville: 'Nice' };
  const { id } = await operator.call('saveProgramme', twin, on);
  await send({ nom: 'Martin', telephone: '06 12 00 00 01', programme: twin.nom });
  await send({ nom: 'Durand', telephone: '06 12 00 00 02', programme: 'ailleurs' });
  await page.reload();
  const there = `Les Jardins de l'Aube · Nice, Provence-Alpes-Côte d'Azur (${id})`;
  await page.getByRole('button', { name: 'Durand', exact: true }).click();
  await page.getByRole('dialog').getByRole('combobox', { name: 'Programme' }).click();
  await page.getByRole('option', { name: there }).waitFor();
  await page.getByRole('option', { name: "Les Jardins de l'Aube · Occitanie (145)" }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: `Libérer Martin avec : ${there}` }).click();
  await page.getByText('Libéré : nouveau contact.').waitFor();
  await assertGoodScreen(page);
  const { items } = await operator.call('searchContacts', { search: 'Martin' }, on);
  assert.deepEqual(
    items.map((row) => row.region_id),
    [62],
  );
});

test('hostile text is shown as it is, breaks nothing, and "lecture" may only look', async (t) => {
  const text = HOSTILE.slice(0, 180);
  await send({ nom: text, telephone: '06 12 00 00 03', programme: text, commentaire: HOSTILE });
  const { page } = await openConsole(t, bench, at('/quarantine'), { role: 'lecture' });
  const row = page.getByRole('button', { name: '=HYPERLINK' });
  await row.waitFor();
  await assertGoodScreen(page);
  await row.click();
  await page.getByRole('dialog').getByText('Ce que dit le lead').waitFor();
  assert.equal(await page.getByRole('button', { name: /Libérer|Écarter/ }).count(), 0);
  await assertGoodScreen(page);
});
