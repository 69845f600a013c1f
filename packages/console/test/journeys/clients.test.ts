import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { queueCrm } from '../../../server/test/support/crm.ts';
import { idsOf } from '../../../server/test/support/server.ts';
import { type SignedIn, signedIn } from '../../../server/test/support/staff.ts';
import { assertGoodScreen, journeys, openConsole } from '../support/console.ts';
import { HOSTILE } from '../support/people.ts';

const bench = journeys(queueCrm(4));

const read = (key: string) => bench.server.send(key, { operation: 'readContacts', limit: 10 });

/** A client with a key of all regions, made without the page. */
async function clientWithKey(operator: SignedIn, nom: string) {
  const { id } = await operator.call('createClient', { nom });
  const mapping = { clientId: id, regionIds: null, readyStatutId: 2, pulledStatutId: 3 };
  const { id: keyId, key } = await operator.call('createKey', mapping);
  return { path: `/clients/${id}?selected=${keyId}`, keyId, key };
}

async function choose(page: Page, name: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name }).click();
  await page.getByRole('option', { name: option }).click();
}

/** On a machine that is too busy to show anything between the two clicks. */
function doubleClick(button: Element): void {
  for (const detail of [1, 2]) {
    button.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail }));
  }
}

/** The key that a dialog shows this once; it is closed then. */
async function issuedKey(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog', { name: 'La clé est prête' });
  const key = await dialog.getByText(/^relais_live_/).innerText();
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Je l’ai copié' }).click();
  await dialog.waitFor({ state: 'hidden' });
  // The keyboard is back where it was before the form.
  await page.locator('button:focus').waitFor();
  return key;
}

test('a client and its key are created, and the key that is shown once pulls through the Client API', async (t) => {
  const { page, operator } = await openConsole(t, bench, '/clients');
  await page.getByText('Aucun client pour l’instant').waitFor();
  await assertGoodScreen(page);
  await page.getByRole('button', { name: 'Nouveau client' }).first().click();
  await page.getByRole('textbox', { name: 'Nom' }).fill('Nexity');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Nexity' }).waitFor();
  await page.getByText('Ce client n’a pas encore de clé').waitFor();

  await page.getByRole('button', { name: 'Nouvelle clé' }).first().click();
  await assertGoodScreen(page);
  await page.getByRole('button', { name: 'Créer la clé' }).click();
  assert.equal(await page.getByText('À choisir').count(), 3);
  await choose(page, 'Certaines régions', 'Région 30');
  await page.keyboard.press('Escape');
  await choose(page, 'Retire du statut', 'À transmettre');
  await choose(page, 'Passe au statut', 'À transmettre');
  await page.getByRole('button', { name: 'Créer la clé' }).click();
  await page.getByText(/les mêmes contacts seraient transmis sans fin/).waitFor();
  await choose(page, 'Passe au statut', 'Transmis');
  await page.getByRole('textbox', { name: 'Adresses IP autorisées' }).fill('127.0.0.1\n::1/200');
  await page.getByRole('button', { name: 'Créer la clé' }).click();
  await page.getByText('Une des lignes n’est ni une adresse ni une plage.').waitFor();
  await page.getByRole('textbox', { name: 'Adresses IP autorisées' }).fill('127.0.0.1\n::1');
  await page.getByRole('button', { name: 'Créer la clé' }).evaluate(doubleClick);
  const key = await issuedKey(page);
  assert.equal((await operator.call('listKeys')).items.length, 1, 'a double click makes one key');

  const pulled = await bench.server.send(key, { operation: 'pullContacts', limit: 10 });
  assert.deepEqual(idsOf(pulled), [1, 3]);
  await page.getByRole('row', { name: /Région 30/ }).click();
  await page.getByRole('button', { name: 'Essayer' }).click();
  await page
    .getByText('Des contacts attendent dans ce statut, mais dans d’autres régions.')
    .waitFor();
  assert.equal(await page.getByText(key).count(), 0);
  await assertGoodScreen(page);

  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /en 30 jours$/ }).click();
  await page.getByRole('table', { name: 'Retraits' }).getByText('Nexity, n° 1').waitFor();
});

test('trying a key shows what its client would get, and changes nothing', async (t) => {
  const operator = await signedIn(bench.server);
  const { path, key } = await clientWithKey(operator, 'Kaufman');
  const { page } = await openConsole(t, bench, path, { as: operator });
  await page.getByRole('button', { name: 'Essayer' }).click();
  await page.getByText(/contacts? (est|sont) prêts? pour cette clé/).waitFor();
  const shown = await page.getByLabel('Le premier, tel que le client le reçoit').innerText();
  const [first] = JSON.parse((await read(key)).text);
  assert.deepEqual(JSON.parse(shown), first);
  await assertGoodScreen(page);
});

test('a rotated key and its successor both work for the overlap', async (t) => {
  const operator = await signedIn(bench.server, 'operateur');
  const { path, keyId, key } = await clientWithKey(operator, 'Bouygues');
  const { page } = await openConsole(t, bench, path, { as: operator });
  await page.getByRole('button', { name: 'Renouveler' }).click();
  await choose(page, 'L’ancienne clé marche encore', '3 jours');
  await page.getByLabel('La nouvelle clé expire le').fill('2999-01-31T12:00');
  await page.getByRole('dialog').getByRole('button', { name: 'Renouveler' }).last().click();
  const successor = await issuedKey(page);
  assert.notEqual(successor, key);
  await page.getByText(/Elle a une remplaçante/).waitFor();
  assert.equal((await read(key)).status, 200);
  assert.equal((await read(successor)).status, 200);
  const { items } = await operator.call('listKeys');
  const { expires_at } = items.find((one) => one.rotated_from === keyId) ?? {};
  assert.match(expires_at ?? '', /^2999-01-31/);
});

test('what a key may do is narrowed without a new key, and a try says why it hands out nothing', async (t) => {
  const operator = await signedIn(bench.server, 'operateur');
  const { path, keyId, key } = await clientWithKey(operator, 'Vinci');
  const { page } = await openConsole(t, bench, path, { as: operator });
  await page.getByRole('button', { name: 'Modifier' }).click();
  await page.getByRole('radio', { name: 'Certaines opérations' }).check();
  await choose(page, 'Certaines opérations', 'readContacts');
  await page.keyboard.press('Escape');
  await page.getByLabel('Expire le').fill('2999-01-31T12:00');
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Clé modifiée.').waitFor();
  await page.getByRole('button', { name: 'Essayer' }).click();
  await page.getByText(/La clé n’a pas droit à pullContacts/).waitFor();
  await assertGoodScreen(page);
  const pulled = await bench.server.send(key, { operation: 'pullContacts', limit: 1 });
  assert.equal(pulled.headers.get('error-code'), 'operation_not_allowed');
  const { items } = await operator.call('listKeys');
  const changed = items.find(({ id }) => id === keyId);
  assert.deepEqual(changed?.operations, ['readContacts']);
  assert.equal(changed.regions, null);
  assert.match(changed.expires_at ?? '', /^2999-01-31/);
  // What the try has told was of another mapping.
  await page.getByRole('button', { name: 'Modifier' }).click();
  await page.getByRole('radio', { name: 'Toutes' }).last().check();
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText(/La clé n’a pas droit à pullContacts/).waitFor({ state: 'detached' });
});

test('a key is revoked once the name of its client is typed, and is refused from then on', async (t) => {
  const operator = await signedIn(bench.server, 'operateur');
  const nom = HOSTILE.slice(0, 200);
  const { path, key } = await clientWithKey(operator, nom);
  const { page } = await openConsole(t, bench, path, { as: operator });
  await page.getByRole('heading', { level: 1 }).getByText(nom).waitFor();
  const revoke = page.getByRole('button', { name: 'Révoquer' });
  const dialog = page.getByRole('dialog', { name: 'Révoquer cette clé ?' });
  await revoke.click();
  // Escape closes the dialog alone; what it was opened from has the focus again.
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.locator('button:focus', { hasText: 'Révoquer' }).waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByText(/C’est la dernière clé valable de/).waitFor();
  await assertGoodScreen(page);
  const confirm = dialog.getByRole('button', { name: 'Révoquer' });
  await dialog.getByRole('textbox').fill('quelque chose');
  assert.ok(await confirm.isDisabled());
  await dialog.getByRole('textbox').fill(nom);
  await confirm.click();
  await page.getByText('Clé révoquée.').waitFor();
  await page.getByText(/Toute requête avec cette clé est refusée, définitivement/).waitFor();
  assert.equal((await read(key)).headers.get('error-code'), 'api_key_revoked');
  await assertGoodScreen(page);
});

test('who may only read sees clients and keys, and can change none', async (t) => {
  const admin = await signedIn(bench.server);
  const { path, keyId } = await clientWithKey(admin, 'Pichet');
  for (const role of ['lecture', 'dpo'] as const) {
    const { page, operator } = await openConsole(t, bench, path, { role });
    await page.getByRole('button', { name: 'Essayer' }).waitFor();
    for (const name of ['Renommer', 'Nouvelle clé', 'Modifier', 'Renouveler', 'Révoquer']) {
      assert.equal(await page.getByRole('button', { name }).count(), 0, `${role}: ${name}`);
    }
    const expect = 'role_not_allowed';
    await operator.call('revokeKey', { id: keyId }, { expect });
    await operator.call('rotateKey', { id: keyId, overlapHours: 0 }, { expect });
    await operator.call('createClient', { nom: 'Autre' }, { expect });
  }
});

test('of two who change the regions of a key, the second is shown what the first has made of them', async (t) => {
  const operator = await signedIn(bench.server, 'operateur');
  const { path, keyId } = await clientWithKey(operator, 'Icade');
  await operator.call('updateKey', { id: keyId, regionIds: [30, 62] });
  const { page } = await openConsole(t, bench, path, { as: operator });
  await page.getByRole('button', { name: 'Modifier' }).click();
  const edit = page.getByRole('dialog', { name: /Modifier/ });
  const regions = edit.getByRole('combobox', { name: 'Certaines régions' });
  await edit.getByText('Région 62').waitFor();
  const { id: third } = await operator.call('saveRegion', { nom: 'Bretagne' });
  t.after(() => operator.call('deleteRegion', { id: third }));
  await page.reload();
  await page.getByRole('button', { name: 'Modifier' }).click();
  // A colleague takes a region away while the form is open.
  await operator.call('updateKey', { id: keyId, regionIds: [30] });
  await regions.click();
  await page.getByRole('option', { name: 'Bretagne' }).click();
  await page.keyboard.press('Escape');
  await edit.getByRole('button', { name: 'Enregistrer' }).click();
  await edit.getByText(/Quelqu’un d’autre a changé le même champ entre-temps/).waitFor();
  await edit.getByText('Région 62').waitFor({ state: 'detached' });
  assert.equal(await edit.getByText('Bretagne').count(), 0);
  await assertGoodScreen(page);
  await regions.click();
  await page.getByRole('option', { name: 'Bretagne' }).click();
  await page.keyboard.press('Escape');
  await edit.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Clé modifiée.').waitFor();
  const { items } = await operator.call('listKeys');
  const ids = items.find(({ id }) => id === keyId)?.regions?.map(({ id }) => id);
  assert.deepEqual(ids, [30, third]);
  await operator.call('updateKey', { id: keyId, regionIds: [30] });
});
