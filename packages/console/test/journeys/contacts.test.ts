import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Page } from 'playwright-core';
import { QUALIFY, queueCrm, READY } from '../../../server/test/support/crm.ts';
import { loadInto } from '../../../server/test/support/installation.ts';
import { idsOf } from '../../../server/test/support/server.ts';
import { assertGoodScreen, heldBack, journeys, openConsole } from '../support/console.ts';
import { HOSTILE, peopleCrm } from '../support/people.ts';

const bench = journeys();
let name: string;
let databases = 0;

/** A CRM database of each test's own. */
beforeEach(async () => {
  databases += 1;
  name = `contacts${databases}`;
  await loadInto(await bench.server.create(name), peopleCrm());
});

const at = (path: string) => `/@${name}${path}`;
const on = () => ({ database: name });

async function key() {
  const database = await bench.server.databases.named(name);
  assert.ok(database);
  return bench.server.key('Promoteur X', { database });
}

/** Fills in the dialog that changes a statut, and sends it. */
async function changeTo(page: Page, statut: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Nouveau statut' }).click();
  await page.getByRole('option', { name: statut }).click();
  await dialog.getByRole('textbox', { name: 'Motif' }).fill('vérifié au téléphone');
  await dialog.getByRole('button', { name: 'Changer le statut' }).click();
}

test('contacts that are qualified in bulk are pulled through the Client API', async (t) => {
  const { text } = await key();
  const { page } = await openConsole(t, bench, at(`/contacts?statutIds=${QUALIFY}`));
  await page.getByText('2 éléments').waitFor();
  await page.getByRole('checkbox', { name: 'Sélectionner la page' }).check();
  await page.getByRole('button', { name: 'Changer le statut', exact: true }).click();
  await changeTo(page, 'À transmettre (prêt à transmettre)');
  await page.getByText('2 contacts passés en « À transmettre ».').waitFor();
  await page.getByText('Aucun contact ne correspond').waitFor();
  const pulled = await bench.server.send(text, { operation: 'pullContacts', limit: 10 });
  const ids = idsOf(pulled);
  assert.ok(ids.includes(2001) && ids.includes(2002), pulled.text);
});

test('a statut from which a key pulls since is told as one that hands out', async (t) => {
  const { page } = await openConsole(t, bench, at(`/contacts?statutIds=${QUALIFY}`));
  await page.getByText('2 éléments').waitFor();
  const database = await bench.server.databases.named(name);
  assert.ok(database);
  await bench.server.key('Promoteur X', { database, id_statut_ready: QUALIFY });
  await page.getByRole('checkbox', { name: 'Sélectionner la page' }).check();
  await page.getByRole('button', { name: 'Changer le statut', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Nouveau statut' }).click();
  await page.getByRole('option', { name: 'À qualifier' }).click();
  await dialog.getByText('Les clients pourront les recevoir dès maintenant.').waitFor();
});

test('what a pull took meanwhile is left alone, and the report says so', async (t) => {
  const { text } = await key();
  const { page } = await openConsole(t, bench, at(`/contacts?statutIds=${READY}`));
  await page.getByRole('checkbox', { name: 'Sélectionner Jean Dupont' }).check();
  await page.getByRole('button', { name: 'Changer le statut', exact: true }).click();
  await bench.server.send(text, { operation: 'pullContacts', limit: 10 });
  await changeTo(page, 'À qualifier');
  const report = page.getByRole('dialog', { name: 'Compte rendu' });
  await report.getByText('Refusé', { exact: true }).waitFor();
  await report.getByText(/Modifié entre-temps.*«\sTransmis\s»/).waitFor();
  await report.getByRole('button', { name: 'Fermer' }).last().press('Enter');
  // The button of the selection is gone: the keyboard is on the list.
  await page.locator('div:focus', { has: page.getByRole('table', { name: 'Contacts' }) }).waitFor();
});

test('the filters of the list are in its address, and the keyboard opens a row', async (t) => {
  const { page } = await openConsole(t, bench, at('/contacts'));
  await page.getByText('4 éléments').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('lef');
  await page.getByText('1 élément', { exact: true }).waitFor();
  assert.equal(new URL(page.url()).searchParams.get('search'), 'lef');
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Cœlia Lefèvre' }).waitFor();
  await page.getByRole('main').getByRole('link', { name: 'Contacts' }).click();
  await page.getByText('1 élément', { exact: true }).waitFor();
});

test('"lecture" may look at contacts, is offered no change, and the server refuses it', async (t) => {
  const { page, operator } = await openConsole(t, bench, at('/contacts'), { role: 'lecture' });
  await page.getByRole('link', { name: 'Jean Dupont' }).waitFor();
  assert.equal(await page.getByRole('checkbox').count(), 0);
  for (const act of [/Changer le statut/, /Exporter/, /Traitements/]) {
    assert.equal(await page.getByRole('button', { name: act }).count(), 0);
  }
  await page.getByRole('link', { name: 'Jean Dupont' }).click();
  await page.getByRole('heading', { level: 1, name: 'Jean Dupont' }).waitFor();
  assert.equal(await page.getByRole('button', { name: /Corriger|Changer/ }).count(), 0);

  const refused = { ...on(), expect: 'role_not_allowed' } as const;
  const change = { statutId: READY, reason: 'pour voir' };
  const actions = [{ id: 2001, version: 1 }];
  await operator.call('changeStatut', { ...change, actions }, refused);
  await operator.call('changeStatuts', { ...change, statutIds: [QUALIFY] }, refused);
  await operator.call('exportContacts', { format: 'csv' }, refused);
  const correction = { prospectId: 5003, nom: 'Autre', reason: 'pour voir' };
  await operator.call('correctProspect', correction, refused);
});

test('hostile names are shown as they are, and break nothing', async (t) => {
  const { page } = await openConsole(t, bench, at('/contacts'));
  const row = page.getByRole('link', { name: '@SUM(A1) =HYPERLINK' });
  assert.equal(await row.textContent(), `@SUM(A1) ${HOSTILE}`);
  await assertGoodScreen(page);
});

test('while a list is on its way its number stands for nothing, and a page turns once', async (t) => {
  const queue = `queue${databases}`;
  await loadInto(await bench.server.create(queue), queueCrm(30));
  const { page } = await openConsole(t, bench, `/@${queue}/contacts`, { role: 'operateur' });
  await page.evaluate("localStorage.setItem('relais.page-size', '25')");
  await page.reload();
  await page.getByText('30 éléments').waitFor();
  const turned = await heldBack(page, 'searchContacts');
  await page.keyboard.press('n');
  await page.waitForURL(/cursor=/);
  await page.keyboard.press('n');
  turned();
  await page.getByText('Page 2', { exact: true }).waitFor();
  // There and back by the keyboard: at an end the button does nothing, and keeps the focus.
  const [back, next] = ['Page précédente', 'Page suivante'].map((name) =>
    page.getByRole('button', { name }),
  );
  await back?.press('Enter');
  await page.getByText('Page 1', { exact: true }).waitFor();
  await back?.and(page.locator('[aria-disabled="true"]:focus')).waitFor();
  await next?.press('Enter');
  await page.getByText('Page 2', { exact: true }).waitFor();
  await next?.and(page.locator('[aria-disabled="true"]:focus')).waitFor();

  const found = await heldBack(page, 'searchContacts');
  await page.getByRole('searchbox').fill('n° 1');
  await page.waitForURL(/search=/);
  for (const name of ['Changer le statut', 'Exporter']) {
    await page.locator('button:disabled', { hasText: name }).waitFor();
  }
  found();
  await page.locator('button:enabled', { hasText: 'Exporter' }).waitFor();
});

test('a search that is too short exports nothing, and a number is found with its sign', async (t) => {
  const { page } = await openConsole(t, bench, '/contacts', { role: 'operateur' });
  const box = page.getByRole('searchbox', { name: 'Rechercher' });
  await box.fill('du');
  await page.getByText('Saisissez au moins 3 caractères, ou un numéro.').waitFor();
  await page.locator('button:disabled', { hasText: 'Exporter' }).waitFor();
  for (const typed of ['n° 5004', 'n°5004', '#5004']) {
    await box.fill(typed);
    await page.getByRole('link', { name: /Lefèvre/ }).waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: /Nguyễn/ }).waitFor();
    await box.fill('');
    await page.getByRole('link', { name: /Lefèvre/ }).waitFor();
  }
});

test('who comes back from a person is at the row by which the list was left', async (t) => {
  const { page } = await openConsole(t, bench, '/contacts', {
    role: 'operateur',
    viewport: { width: 1440, height: 420 },
  });
  await page.getByRole('link', { name: /Lefèvre/ }).click();
  await page.getByRole('heading', { level: 1 }).getByText('Lefèvre').waitFor();
  await page.goBack();
  await page.locator('tr:focus', { hasText: 'Lefèvre' }).waitFor();
});
