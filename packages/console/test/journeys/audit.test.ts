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

test('the audit is for admins and the data protection officer', async (t) => {
  const { page } = await openConsole(t, bench, '/today', { role: 'operateur' });
  await page.getByRole('link', { name: 'Retraits', exact: true }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Audit' }).count(), 0);
});
