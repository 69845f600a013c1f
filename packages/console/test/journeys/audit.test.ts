import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeAudit } from '../../../server/src/store/audit.ts';
import { signedIn } from '../../../server/test/support/staff.ts';
import { assertGoodScreen, journeys, openConsole } from '../support/console.ts';
import { HOSTILE, peopleCrm } from '../support/people.ts';

const bench = journeys(peopleCrm());

test('the audit shows who read a person', async (t) => {
  const reader = await signedIn(bench.server, 'lecture');
  await reader.call('getProspect', { prospectId: 5002 });
  const { page } = await openConsole(t, bench, '/audit', { role: 'dpo' });
  const table = page.getByRole('table', { name: 'Audit' });
  const row = table.getByRole('row').filter({ hasText: 'Fiche d’une personne' });
  await row.getByText(reader.staff.nom).waitFor();
  await row.getByRole('button', { name: 'Lecture de données personnelles' }).click();
  const entry = page.getByRole('dialog', { name: 'Lecture de données personnelles' });
  await entry.getByRole('link', { name: 'n° 5002' }).waitFor();
  await assertGoodScreen(page);

  await entry.getByRole('button', { name: 'Voir tous ses actes' }).click();
  await entry.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: `Qui ${reader.staff.nom}` }).waitFor();
  assert.equal(await table.locator('tbody').getByRole('row').count(), 1);
});

test('what was written is shown as text, and acts are found by their name', async (t) => {
  const entry = { actor: 'command:test', target: 'client:77', detail: { reason: HOSTILE } };
  await writeAudit(bench.server.main.db, { ...entry, act: 'client.rename' });
  const { page } = await openConsole(t, bench, '/audit');
  await page.getByRole('combobox', { name: 'Acte' }).fill('client ren');
  await page.getByRole('option', { name: 'Client renommé' }).click();
  const row = page.getByRole('table', { name: 'Audit' }).getByRole('row').last();
  await row.getByText('Client 77').waitFor();
  await assertGoodScreen(page);
  await row.getByRole('button', { name: 'Client renommé' }).click();
  const definition = page.getByRole('dialog').getByRole('definition').last();
  assert.equal(await definition.textContent(), HOSTILE);
});

test('who has seen a person is one step from their page, and stands in the address', async (t) => {
  const reader = await signedIn(bench.server, 'lecture');
  await reader.call('getProspect', { prospectId: 5003 });
  await reader.call('getProspect', { prospectId: 5004 });
  const { page, operator } = await openConsole(t, bench, '/contacts/5003', { role: 'dpo' });
  await page.getByRole('link', { name: 'Qui a consulté cette personne' }).click();
  await page.getByText('Qui a vu la personne n° 5003').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('prospectId'), '5003');
  const rows = page.getByRole('table', { name: 'Audit' }).locator('tbody').getByRole('row');
  // The newest first: whoever came here by the page has seen it as well.
  await rows.nth(0).getByText(operator.staff.nom).waitFor();
  await rows.nth(1).getByText(reader.staff.nom).waitFor();
  assert.equal(await rows.count(), 2);
  await assertGoodScreen(page);

  await page.reload();
  await rows.nth(1).getByText(reader.staff.nom).waitFor();
  assert.equal(await rows.count(), 2);
  assert.equal(await page.getByRole('textbox', { name: 'N° de personne' }).inputValue(), '5003');
  await page.getByRole('link', { name: 'Ouvrir sa fiche' }).click();
  await page.getByRole('link', { name: 'Qui a consulté cette personne' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/contacts/5003');
});

test('the audit is filtered by the number of a person, and its other log has none', async (t) => {
  const reader = await signedIn(bench.server, 'lecture');
  await reader.call('getProspect', { prospectId: 5005 });
  const { page } = await openConsole(t, bench, '/audit', { locale: 'en-GB' });
  const number = page.getByRole('textbox', { name: 'Person no.' });
  await number.fill('no. 05005');
  await page.getByText('Who saw person no. 5005').waitFor();
  const table = page.getByRole('table', { name: 'Audit' });
  await page.getByText('1 item', { exact: true }).waitFor();
  await table.getByText(reader.staff.nom).waitFor();
  assert.equal(await table.locator('tbody').getByRole('row').count(), 1);
  await number.fill('77');
  await page.getByText('No entry found').waitFor();
  await page.getByText('Staff and sign-in').click();
  await number.waitFor({ state: 'detached' });
  await page.getByText('Who did what, and when.').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('prospectId'), null);
});

test('a list of an entry is counted in its row, and told in full in its details', async (t) => {
  const actions = [1046, 1047, 1048];
  const entry = { actor: 'command:test', target: 'statut:1', detail: { reason: 'vu', actions } };
  await writeAudit(bench.server.main.db, { ...entry, act: 'action.statut' });
  const { page } = await openConsole(t, bench, '/audit?act=action.statut');
  const row = page.getByRole('table', { name: 'Audit' }).getByRole('row').last();
  await row.getByText('Motif : vu · 3 contacts').waitFor();
  await row.getByRole('button', { name: 'Changement de statut' }).click();
  await page.getByRole('dialog').getByText('1046, 1047, 1048').waitFor();
});

test('who may not read the audit is led to it by no person', async (t) => {
  const { page } = await openConsole(t, bench, '/contacts/5004', { role: 'operateur' });
  await page.getByRole('button', { name: 'Corriger' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Qui a consulté' }).count(), 0);
});

test('the audit is for admins and the data protection officer', async (t) => {
  const { page } = await openConsole(t, bench, '/today', { role: 'operateur' });
  await page.getByRole('link', { name: 'Retraits', exact: true }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Audit' }).count(), 0);
});
