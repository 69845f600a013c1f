import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generate } from 'otplib';
import type { Page } from 'playwright-core';
import { serverFor } from '../../../server/test/support/server.ts';
import { PASSWORD, signedIn } from '../../../server/test/support/staff.ts';
import { assertGoodScreen, journeys, openConsole } from '../support/console.ts';

const bench = journeys();
/** How long a code of the app counts, in seconds. */
const STEP = 30;

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Votre compte/ }).click();
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
  await page.getByRole('heading', { name: 'Connectez-vous à Relais' }).waitFor();
}

async function givePassword(page: Page, email: string, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Adresse e-mail' }).fill(email);
  await page.getByRole('textbox', { name: 'Mot de passe' }).fill(password);
  await page.keyboard.press('Enter');
}

/** Turns the second factor on, on the page of the profile. */
async function enrol(page: Page): Promise<{ secret: string; recovery: string[] }> {
  await page.getByRole('button', { name: 'Activer' }).click();
  const enrolled = await enrolWith(page);
  await page.getByText('Activée', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Désactiver' }).and(page.locator(':focus')).waitFor();
  return enrolled;
}

/** Gives the password, and goes on until the factor is on and the codes are kept. */
async function enrolWith(page: Page): Promise<{ secret: string; recovery: string[] }> {
  const password = page.getByRole('textbox', { name: 'Mot de passe actuel' }).last();
  await password.fill('ce n’est pas lui');
  await page.keyboard.press('Enter');
  await page.getByText('Ce n’est pas votre mot de passe.').waitFor();
  await assertGoodScreen(page);
  await password.fill(PASSWORD);
  await page.keyboard.press('Enter');
  const line = await page.getByText(/^Ou saisissez cette clé/).innerText();
  const secret = line.replace('Ou saisissez cette clé', '').replace(/\s/g, '');
  await page.getByRole('img', { name: /Code QR/ }).waitFor();
  await assertGoodScreen(page);
  const code = page.getByRole('textbox', { name: /saisissez le code/ });
  const right = await generate({ secret });
  await code.fill(String((Number(right) + 1) % 1_000_000).padStart(6, '0'));
  await page.getByRole('button', { name: 'Activer' }).click();
  await page.getByText('Ce n’est pas le code que l’application affiche maintenant.').waitFor();
  await page.locator('input:focus[aria-invalid="true"]').fill(right);
  await page.keyboard.press('Enter');
  const codes = await page.getByText(/^\S+(\n\S+){9}$/).innerText();
  await assertGoodScreen(page);
  await page.getByRole('button', { name: 'Je l’ai copié' }).click();
  return { secret, recovery: codes.split('\n') };
}

test('somebody turns the second factor on, and signs in with password and code from then on', async (t) => {
  const { page, operator } = await openConsole(t, bench, '/profile', { role: 'operateur' });
  const { email } = operator.staff;
  const { secret, recovery } = await enrol(page);
  await signOut(page);
  await assertGoodScreen(page);

  await givePassword(page, email, 'ce n’est pas elle');
  await page.getByRole('alert').getByText('Adresse, mot de passe ou code incorrect.').waitFor();
  await assertGoodScreen(page);
  await givePassword(page, email, PASSWORD);
  await page.getByRole('heading', { name: 'Vérification en deux étapes' }).waitFor();
  await assertGoodScreen(page);
  const code = page.getByRole('textbox', { name: 'Code' });
  // A code counts once, so that of now is used up; the next one counts already.
  const next = await generate({ secret, epoch: Math.floor(Date.now() / 1000) + STEP });
  await code.fill(String((Number(next) + 1) % 1_000_000).padStart(6, '0'));
  await page.keyboard.press('Enter');
  await page.getByText('Le code est incorrect, ou a déjà servi.').waitFor();
  await code.fill(next);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Votre compte/ }).waitFor();

  for (const left of [9, 8, 7, 6, 5, 4, 3]) {
    await signOut(page);
    await givePassword(page, email, PASSWORD);
    await code.fill(recovery[left] ?? '');
    await page.keyboard.press('Enter');
    if (left === 3) {
      await page.getByRole('heading', { name: 'Il vous reste 3 codes de secours.' }).waitFor();
      await assertGoodScreen(page);
      await page.getByRole('button', { name: 'Continuer' }).click();
    }
    await page.getByRole('button', { name: /^Votre compte/ }).waitFor();
  }
});

test('the second factor is turned off with the password, after it was said what that means', async (t) => {
  const { page } = await openConsole(t, bench, '/profile');
  await enrol(page);
  await page.getByRole('button', { name: 'Désactiver' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Le mot de passe seul suffira pour se connecter.').waitFor();
  await assertGoodScreen(page);
  await dialog.getByRole('textbox', { name: 'Mot de passe actuel' }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('Désactivée', { exact: true }).waitFor();
});

test('where a second factor is required, the console opens once it is on', async (t) => {
  const server = await serverFor(t, { RELAIS_TWO_FACTOR: 'required' });
  const { page, operator } = await openConsole(t, { browser: bench.browser, server }, '/clients');
  await page.getByRole('heading', { name: 'Vérification en deux étapes' }).waitFor();
  assert.equal(await page.getByRole('navigation').count(), 0);
  await assertGoodScreen(page);
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await givePassword(page, operator.staff.email, PASSWORD);
  await page.getByRole('heading', { name: 'Vérification en deux étapes' }).waitFor();
  await enrolWith(page);
  await page.getByRole('button', { name: /^Votre compte/ }).waitFor();
  await page.goto(`${server.url}/profile`);
  await page.getByRole('button', { name: 'Désactiver' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/vous devrez l’activer à nouveau aussitôt/).waitFor();
  await dialog.getByRole('textbox', { name: 'Mot de passe actuel' }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Vérification en deux étapes' }).waitFor();
  // Before its server, from which it loads more.
  await page.close();
});

test('who follows a link without a session signs in and is where the link leads', async (t) => {
  const { page, operator } = await openConsole(t, bench, '/profile', { role: 'lecture' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.context().clearCookies();
  await page.goto('/lists?tab=statuts');
  await page.getByRole('heading', { name: 'Connectez-vous à Relais' }).waitFor();
  await givePassword(page, operator.staff.email, PASSWORD);
  await page.getByRole('tab', { name: 'Statuts', selected: true }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/lists');
});

test('a session that is ended elsewhere leads to the sign-in, whatever is done next', async (t) => {
  const { page, operator } = await openConsole(t, bench, '/clients');
  // What the page still asks would be refused, and lead there before the click.
  await page.waitForLoadState('networkidle');
  await operator.call('signOut');
  await page.getByRole('link', { name: 'Programmes et listes' }).click();
  await page.getByRole('heading', { name: 'Connectez-vous à Relais' }).waitFor();
});

test('a tab does not go on as the person before when another one signs in or out beside it', async (t) => {
  const { page } = await openConsole(t, bench, '/staff');
  await page.getByRole('heading', { name: 'Équipe' }).waitFor();
  const beside = await page.context().newPage();
  const next = await signedIn(bench.server, 'lecture');
  const [name = '', value = ''] = next.cookie.split('=');
  await page.context().addCookies([{ name, value, url: bench.server.url }]);
  await beside.goto(`${bench.server.url}/profile`);
  await page
    .getByRole('button', { name: /^Votre compte/ })
    .getByText('Lecture seule')
    .waitFor();
  await page.getByRole('link', { name: 'Équipe' }).waitFor({ state: 'detached' });

  await beside.getByRole('button', { name: /^Votre compte/ }).click();
  await beside.getByRole('menuitem', { name: 'Se déconnecter' }).click();
  await beside.waitForURL(/sign-in/);
  await page.waitForURL(/sign-in/);
});
