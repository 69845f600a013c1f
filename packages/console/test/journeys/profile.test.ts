import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertGoodScreen, journeys, openConsole } from '../support/console.ts';

const bench = journeys();

test('a person sees their own account, in the language of their browser', async (t) => {
  const { page, operator } = await openConsole(t, bench, '/profile');
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
  await page.getByText(operator.staff.email).first().waitFor();
  await assertGoodScreen(page);
  // At a zoom of 400 % the navigation is longer than the window, and scrolls as a whole.
  await page.setViewportSize({ width: 320, height: 256 });
  await page.getByRole('button', { name: 'Ouvrir la navigation' }).click();
  const navigation = page.getByRole('navigation', { name: 'Navigation principale' });
  assert.ok((await navigation.evaluate(({ scrollHeight }) => scrollHeight)) > 2 * 256);
  assert.equal(await page.getByRole('navigation').count(), 1);
  const english = await openConsole(t, bench, '/profile', { as: operator, locale: 'en-GB' });
  await english.page.getByRole('heading', { level: 1 }).waitFor();
  assert.equal(await english.page.locator('html').getAttribute('lang'), 'en');
});

test('in an empty installation a form says where what it asks for is created', async (t) => {
  const { page } = await openConsole(t, bench, '/lists');
  await page.getByRole('button', { name: 'Nouveau programme' }).first().click();
  await page.getByRole('dialog').getByRole('combobox', { name: 'Région' }).click();
  await page.getByText('à créer d’abord dans « Programmes et listes »').waitFor();
});
