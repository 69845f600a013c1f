import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { queueCrm } from '../../../server/test/support/crm.ts';
import { signedIn } from '../../../server/test/support/staff.ts';
import { heldBack, journeys, openConsole } from '../support/console.ts';

const bench = journeys(queueCrm(1));

/** The name of the field, or the text of the button, that has the focus. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLInputElement) return activeElement.labels?.[0]?.innerText;
    return activeElement?.textContent;
  });

test('a change that is asked for without a network fails at once, and is not carried out later', async (t) => {
  const operator = await signedIn(bench.server);
  const { id } = await operator.call('createClient', { nom: 'Nexity' });
  const { page } = await openConsole(t, bench, `/clients/${id}`, { as: operator });
  await page.getByRole('button', { name: 'Renommer' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Nom' }).fill('Autre nom');
  await page.context().setOffline(true);
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').getByText('Le serveur ne répond pas').waitFor();
  await dialog.getByRole('button', { name: 'Annuler' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.context().setOffline(false);
  // What was held back would go before this one, and be seen by it.
  await page.getByRole('link', { name: 'Clients et clés' }).first().click();
  await page.getByRole('link', { name: 'Nexity' }).waitFor();
  const { items } = await operator.call('listClients');
  assert.deepEqual(
    items.filter((client) => client.id === id).map(({ nom }) => nom),
    ['Nexity'],
  );
});

/** Carries an operation's requests out, and has their answers lost on the way. */
const loseAnswers = (page: Page, operation: string) =>
  page.route('/operator/v1', async (route) => {
    if (route.request().postDataJSON()?.operation !== operation) return route.fallback();
    await route.fetch();
    await route.abort();
  });

test('a key that is on its way, and one that is shown this once, are taken away by nothing', async (t) => {
  const operator = await signedIn(bench.server);
  const { id } = await operator.call('createClient', { nom: 'Kaufman' });
  const mapping = { clientId: id, regionIds: null, readyStatutId: 2, pulledStatutId: 3 };
  await operator.call('createKey', mapping);
  const { page } = await openConsole(t, bench, `/clients/${id}`, { as: operator });
  await page.getByRole('row', { name: /Valable/ }).click();
  await page.getByRole('button', { name: 'Renouveler' }).click();
  const asks = page.getByRole('dialog', { name: 'Renouveler cette clé ?' });
  const answer = await heldBack(page, 'rotateKey');
  await asks.getByRole('button', { name: 'Renouveler' }).click();
  await asks.locator('button[type="submit"][aria-disabled="true"]').waitFor();
  await page.keyboard.press('Escape');
  await asks.getByRole('button', { name: 'Annuler' }).click({ force: true });
  await page.mouse.click(20, 400);
  await page.goBack();
  assert.ok(await asks.isVisible());
  answer();
  const issued = page.getByRole('dialog', { name: 'La clé est prête' });
  await issued.getByText(/^relais_live_/).waitFor();
  await page.goBack();
  await page.evaluate('new Promise(requestAnimationFrame)');
  assert.ok(await issued.getByText(/^relais_live_/).isVisible());
  await issued.getByRole('button', { name: 'Je l’ai copié' }).click();
  await issued.waitFor({ state: 'hidden' });
  await page.goBack();
  await page.getByRole('button', { name: 'Renouveler' }).waitFor({ state: 'hidden' });
});

test('a change whose answer is lost is told as one that may be done, and what it did is shown', async (t) => {
  const operator = await signedIn(bench.server);
  const { id } = await operator.call('createClient', { nom: 'Cogedim' });
  const { page } = await openConsole(t, bench, `/clients/${id}`, { as: operator });
  await page.getByRole('button', { name: 'Renommer' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Nom' }).fill('Cogedim Sud');
  await loseAnswers(page, 'renameClient');
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').getByText('c’est peut-être fait').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Cogedim Sud', includeHidden: true }).waitFor();
});

test('an answer that never comes is waited for no longer than the server would send it', async (t) => {
  const operator = await signedIn(bench.server);
  const { page } = await openConsole(t, bench, '/clients', { as: operator });
  await page.getByRole('button', { name: 'Nouveau client' }).first().waitFor();
  await page.evaluate(() => {
    const late = new AbortController();
    AbortSignal.timeout = () => late.signal;
    addEventListener('late', () => late.abort());
  });
  const sent = page.waitForRequest(
    (request) => request.postData()?.includes('createClient') === true,
  );
  await heldBack(page, 'createClient');
  await page.getByRole('button', { name: 'Nouveau client' }).first().click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Nom' }).fill('Icade');
  await page.keyboard.press('Enter');
  await sent;
  await page.evaluate(() => dispatchEvent(new Event('late')));
  await page.getByRole('alert').getByText('c’est peut-être fait').waitFor();
});

test('a date that is half typed is refused at its field, and makes no key that never expires', async (t) => {
  const operator = await signedIn(bench.server);
  const { id } = await operator.call('createClient', { nom: 'Pichet' });
  await operator.call('createKey', {
    ...{ clientId: id, regionIds: null, readyStatutId: 2, pulledStatutId: 3 },
    expiresAt: '2999-01-31T12:00:00Z',
  });
  const { page } = await openConsole(t, bench, `/clients/${id}`, { as: operator });
  await page.getByRole('row', { name: /Valable/ }).click();
  await page.getByRole('button', { name: 'Modifier' }).click();
  const expires = page.getByLabel('Expire le');
  await expires.focus();
  await page.keyboard.press('Backspace');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByRole('dialog').getByText('Date illisible.').waitFor();
  assert.equal(await focused(page), 'Expire le');
  const { items } = await operator.call('listKeys', { clientId: id });
  assert.match(items[0]?.expires_at ?? '', /^2999/);
});

test('after a refusal the focus is on the field that is wrong, or where it was', async (t) => {
  const operator = await signedIn(bench.server);
  await operator.call('createClient', { nom: 'Vinci' });
  const { page } = await openConsole(t, bench, '/clients', { as: operator });
  await page.getByRole('button', { name: 'Nouveau client' }).first().click();
  const dialog = page.getByRole('dialog');
  const nom = dialog.getByRole('textbox', { name: 'Nom' });
  const create = dialog.getByRole('button', { name: 'Créer' });
  await nom.fill('Vinci');
  await create.focus();
  await page.keyboard.press('Enter');
  await dialog.getByText('Un autre client porte déjà ce nom : « Vinci ».').waitFor();
  await dialog.locator('input:focus').waitFor();

  await nom.fill('Bouygues');
  await create.focus();
  await page.context().setOffline(true);
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').getByText('Le serveur ne répond pas').waitFor();
  assert.equal(await focused(page), 'Créer');
});
