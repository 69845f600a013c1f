import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Role } from '@relais/contract';
import { generate } from 'otplib';
import { openPage } from '../../../../test/support/page.ts';
import { PASSWORD, signedIn } from '../../../server/test/support/staff.ts';
import { assertGoodScreen, journeys, openConsole } from '../support/console.ts';
import { HOSTILE } from '../support/people.ts';

const bench = journeys();

test('an invited colleague chooses a password by the link, once, and does the daily work', async (t) => {
  const { page } = await openConsole(t, bench, '/staff');
  await page.getByRole('button', { name: 'Inviter' }).click();
  await page.getByRole('textbox', { name: 'Nom' }).fill('Marc Leroy');
  await page.getByRole('textbox', { name: 'Adresse e-mail' }).fill('marc@example');
  await page.getByRole('button', { name: 'Créer le lien' }).click();
  await page.getByText('Cette adresse e-mail n’est pas valable.').waitFor();
  await assertGoodScreen(page);
  await page.getByRole('textbox', { name: 'Adresse e-mail' }).fill('marc@example.com');
  await page.getByRole('button', { name: 'Créer le lien' }).click();
  const link = await page.getByText(/\/invitation#/).innerText();
  await assertGoodScreen(page);
  await page.getByRole('button', { name: 'Je l’ai copié' }).click();
  await page.getByRole('row', { name: /Marc Leroy.*Opérateur.*Invitée/ }).waitFor();

  const { pathname, hash } = new URL(link);
  const address = `${bench.server.url}${pathname}${hash}`;
  const french = { locale: 'fr-FR' };
  const colleague = await openPage(t, bench.browser, address, french);
  await colleague.getByText('Votre rôle : Opérateur').waitFor();
  await assertGoodScreen(colleague);
  await colleague.getByRole('textbox', { name: 'Mot de passe' }).fill('trop court');
  await colleague.keyboard.press('Enter');
  await colleague.getByText('Il faut au moins 12 caractères.').waitFor();
  await colleague.getByRole('textbox', { name: 'Mot de passe' }).fill('la mer, la mer, la mer');
  await colleague.keyboard.press('Enter');
  await colleague.getByRole('link', { name: 'Clients et clés' }).click();
  await colleague.getByRole('button', { name: 'Nouveau client' }).first().waitFor();
  assert.equal(await colleague.getByRole('link', { name: 'Équipe' }).count(), 0);

  const late = await openPage(t, bench.browser, address, french);
  await late.getByRole('heading', { name: 'Ce lien n’est plus valable' }).waitFor();
  await assertGoodScreen(late);
});

test('a person is given another role, kept out with their sessions ended, and let in again', async (t) => {
  const admin = await signedIn(bench.server);
  const colleague = await signedIn(bench.server, 'operateur');
  const path = `/staff?selected=${colleague.staff.id}`;
  const { page } = await openConsole(t, bench, path, { as: admin });
  await page.getByRole('button', { name: 'Modifier' }).click();
  await page.getByRole('radio', { name: /^Lecture seule/ }).check();
  await page.getByRole('textbox', { name: 'Nom' }).fill(HOSTILE.slice(0, 100));
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Enregistré.').waitFor();
  await colleague.call('createClient', { nom: 'Nexity' }, { expect: 'role_not_allowed' });
  await assertGoodScreen(page);

  await page.getByRole('button', { name: 'Désactiver' }).click();
  await page.getByText('Ses sessions sont fermées maintenant.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Désactiver' }).last().click();
  await page.getByText('Cette personne ne peut pas se connecter.').waitFor();
  await colleague.call('getSession', {}, { expect: 'not_signed_in' });
  await page.getByRole('button', { name: 'Réactiver' }).click();
  await page.getByText('Cette personne peut se connecter.').waitFor();
});

test('a name that is put right gives nobody a role back that a colleague has taken meanwhile', async (t) => {
  const { staff } = await signedIn(bench.server, 'operateur');
  const { page } = await openConsole(t, bench, `/staff?selected=${staff.id}`);
  await page.getByRole('button', { name: 'Modifier' }).click();
  await page.getByRole('textbox', { name: 'Nom' }).fill('Camille Roy');
  const colleague = await signedIn(bench.server);
  await colleague.call('updateStaff', { id: staff.id, role: 'lecture' });
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.getByText('Enregistré.').waitFor();
  const { items } = await colleague.call('listStaff');
  const { nom, role } = items.find(({ id }) => id === staff.id) ?? {};
  assert.deepEqual({ nom, role }, { nom: 'Camille Roy', role: 'lecture' });
});

test('whoever loses a right while at work is told, and offered it no longer', async (t) => {
  const { page, operator } = await openConsole(t, bench, '/clients', { role: 'operateur' });
  await page.getByRole('button', { name: 'Nouveau client' }).first().click();
  await page.getByRole('textbox', { name: 'Nom' }).fill('Nexity');
  const admin = await signedIn(bench.server);
  await admin.call('updateStaff', { id: operator.staff.id, role: 'lecture' });
  await page.keyboard.press('Enter');
  await page
    .getByRole('alert')
    .getByText('Votre rôle ne permet pas cette action.')
    .last()
    .waitFor();
  await page.getByText('Lecture seule').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Nouveau client' }).count(), 0);
});

test('a person who has lost password and phone gets a link that takes the second factor off', async (t) => {
  const admin = await signedIn(bench.server);
  const colleague = await signedIn(bench.server, 'dpo');
  const { secret } = await colleague.call('beginTwoFactor', { password: PASSWORD });
  await colleague.call('confirmTwoFactor', { code: await generate({ secret }) });
  const path = `/staff?selected=${colleague.staff.id}`;
  const { page } = await openConsole(t, bench, path, { as: admin });
  await page.getByText('Téléphone perdu : « Nouveau lien » peut aussi la désactiver.').waitFor();
  await page.getByRole('button', { name: 'Nouveau lien' }).click();
  await page.getByRole('checkbox', { name: /Désactiver aussi/ }).check();
  await page.getByRole('button', { name: 'Créer le lien' }).click();
  const { hash } = new URL(await page.getByText(/\/invitation#/).innerText());
  const invitation = await openPage(t, bench.browser, `${bench.server.url}/invitation${hash}`, {
    locale: 'fr-FR',
  });
  await invitation.getByText(/La vérification en deux étapes sera désactivée/).waitFor();
});

/** The screens of Clients, Lists and Staff, and who is offered what there. */
const offered: Readonly<Record<Role, { staff: boolean; changes: boolean }>> = {
  admin: { staff: true, changes: true },
  operateur: { staff: false, changes: true },
  lecture: { staff: false, changes: false },
  dpo: { staff: false, changes: false },
};

test('each role is offered only what it may do, and the server refuses the rest', async (t) => {
  for (const role of ['admin', 'operateur', 'lecture', 'dpo'] as const) {
    const { staff, changes } = offered[role];
    const { page, operator } = await openConsole(t, bench, '/clients', { role });
    await page.getByRole('heading', { level: 1 }).waitFor();
    const shows = async (kind: 'button' | 'link', name: string) =>
      (await page.getByRole(kind, { name, exact: true }).count()) > 0;
    assert.equal(await shows('link', 'Équipe'), staff, role);
    assert.equal(await shows('button', 'Nouveau client'), changes, role);
    if (staff) continue;
    await operator.call('listStaff', {}, { expect: 'role_not_allowed' });
    await page.goto('/staff');
    await page.getByText('Votre rôle ne permet pas cette action.').waitFor();
    assert.equal(await shows('button', 'Inviter'), false);
  }
});
