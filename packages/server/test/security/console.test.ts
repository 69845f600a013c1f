import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../../../test/support/browser.ts';
import { openPage } from '../../../../test/support/page.ts';
import { queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { PASSWORD, signedIn } from '../support/staff.ts';

let browser: Browser;
let server: TestServer;
before(async () => {
  browser = await openBrowser();
  server = await freshServer();
  await loadInto(server.main, queueCrm(3));
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test('a password is hidden, taken as a manager gives it, and kept nowhere; whoever signs out leaves nothing', async (t) => {
  const { staff } = await signedIn(server);
  const options = { locale: 'fr-FR', viewport: { width: 1440, height: 900 } };
  const page = await openPage(t, browser, `${server.url}/contacts`, options);
  const password = page.locator('input[type="password"][autocomplete="current-password"]');
  await page.locator('input[autocomplete="username"]').fill(staff.email);
  await password.focus();
  // What a paste and a password manager do: no keys are typed.
  await page.keyboard.insertText(PASSWORD);
  assert.equal(await password.inputValue(), PASSWORD);
  await page.keyboard.press('Enter');

  const account = page.getByRole('button', { name: /^Votre compte/ });
  await account.waitFor();
  for (const path of ['/profile', '/audit']) {
    await page.goto(server.url + path);
    await account.waitFor();
  }
  await page.goto(`${server.url}/contacts`);
  await page.getByText('Nom 1').first().waitFor();
  const stored = await page.evaluate('JSON.stringify([localStorage, sessionStorage])');
  for (const text of [PASSWORD, staff.email, 'Nom 1', 'p1@example.com']) {
    assert.ok(!String(stored).includes(text), text);
  }
  assert.equal(await page.evaluate('document.cookie'), '', 'no script reads the session');

  await account.click();
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
  const heading = page.getByRole('heading', { name: 'Connectez-vous à Relais' });
  await heading.waitFor();
  assert.deepEqual(await page.context().cookies(), []);
  await page.goBack();
  await heading.waitFor();
  assert.equal(await page.getByText('Nom 1').count(), 0);
});
