import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idsOf } from '../../../server/test/support/server.ts';
import { assertGoodScreen, journeys, openConsole } from '../support/console.ts';
import { peopleCrm } from '../support/people.ts';

const bench = journeys(peopleCrm());
const pull = { operation: 'pullContacts', limit: 10 };

test('a pull is released, and its contacts are ready again and pulled again', async (t) => {
  const { text } = await bench.server.key('Promoteur X');
  const pulled = idsOf(await bench.server.send(text, pull));
  assert.deepEqual(pulled.toSorted(), [1045, 2003]);
  const { page } = await openConsole(t, bench, '/today', { role: 'operateur' });
  await page.getByRole('link', { name: 'Retraits', exact: true }).click();
  await page.getByRole('button', { name: 'Promoteur X, n° 1' }).click();
  const details = page.getByRole('dialog', { name: /^Retrait n°\s1$/ });
  await details.getByRole('link', { name: 'Jean Dupont' }).waitFor();
  await details.getByRole('link', { name: 'HYPERLINK' }).waitFor();
  await assertGoodScreen(page);

  // On paper the pull stands for the page, without what is pressed.
  await page.emulateMedia({ media: 'print' });
  const isPrinted = (text: string) => page.getByText(text, { exact: true }).first().isVisible();
  assert.equal(await isPrinted('Jean Dupont'), true);
  for (const text of [
    'Annuler le retrait',
    'Ce que les clients ont reçu, lot par lot.',
    'Relais',
  ]) {
    assert.equal(await isPrinted(text), false, text);
  }
  await page.emulateMedia({ media: 'screen' });

  await details.getByRole('button', { name: 'Annuler le retrait' }).click();
  const asks = page.getByRole('dialog', { name: 'Annuler le retrait n° 1 de Promoteur X ?' });
  await asks.getByText('2 contacts reviennent en « À transmettre »').waitFor();
  await assertGoodScreen(page);
  const verb = asks.getByRole('button', { name: 'Annuler le retrait' });
  assert.equal(await verb.isDisabled(), true);
  await asks.getByRole('textbox', { name: 'Motif' }).fill('réponse jamais arrivée');
  await asks.getByRole('textbox', { name: 'Pour confirmer' }).fill('1');
  await verb.click();
  await page.getByText('2 contacts de nouveau à transmettre.').first().waitFor();
  await details.getByText('réponse jamais arrivée').waitFor();
  assert.equal(await details.getByRole('button', { name: 'Annuler le retrait' }).count(), 0);

  assert.deepEqual(idsOf(await bench.server.send(text, pull)), pulled);
});

test('pulls are found by key and by how they stand', async (t) => {
  const { id, text } = await bench.server.key('Promoteur Y');
  // Kept though it is empty, since it may be asked for again.
  const empty = await bench.server.send(text, pull, { 'Idempotency-Key': 'empty' });
  assert.deepEqual(idsOf(empty), []);
  const { page } = await openConsole(t, bench, '/pulls', { role: 'lecture' });
  const table = page.getByRole('table', { name: 'Retraits' });
  await table.getByRole('button', { name: 'Promoteur X, n° 1' }).waitFor();
  await page.getByRole('button', { name: 'Clé', exact: true }).click();
  await page.getByRole('option', { name: id }).click();
  await table.getByRole('button', { name: 'Promoteur X, n° 1' }).waitFor({ state: 'detached' });
  await table.getByRole('button', { name: 'Promoteur Y, n° 1' }).waitFor();
  await page.keyboard.press('Escape');
  // On paper "à l'instant" would say nothing.
  await page.emulateMedia({ media: 'print' });
  await table.locator('time', { hasText: /\d{4}/ }).waitFor();
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('combobox', { name: 'Réception' }).click();
  await page.getByRole('option', { name: 'Annulé' }).click();
  await page.getByRole('heading', { name: 'Aucun retrait trouvé' }).waitFor();
  await assertGoodScreen(page);
});
