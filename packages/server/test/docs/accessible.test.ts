import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../../../../test/support/browser.ts';
import { assertAccessible, openPage } from '../../../../test/support/page.ts';
import { languageNames } from '../../src/docs/index.ts';
import { queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { openForm } from './docsPage.ts';

let server: TestServer;
let browser: Browser;
let key: string;
before(async () => {
  browser = await openBrowser();
  server = await freshServer();
  await loadInto(server.main, queueCrm(3));
  key = (await server.key('Promoteur X')).text;
});
after(async () => {
  await browser?.close();
  await server?.close();
});

// Colours do not depend on the language, nor does what is wide on the colours.
const schemes = { en: 'light', fr: 'dark' } as const;

for (const language of languageNames) {
  const colorScheme = schemes[language];
  test(`nothing in ${language}, ${colorScheme}, keeps anyone from using the page, wide or narrow`, async (t) => {
    const page = await openPage(t, browser, `${server.url}/docs/${language}`, { colorScheme });
    const contacts = await openForm(page, 'readContacts', key);
    await page.locator('#readContacts-try-limit').fill('1');
    await contacts.send();
    await contacts.answered();
    await (await openForm(page, 'pullContacts', key)).send();
    await page.locator('details.further summary').click();
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      // The colours of code, a third of all elements, do not depend on the width.
      const axe = new AxeBuilder({ page });
      await assertAccessible(page, width === 390 ? axe.exclude('pre') : axe);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
    }
    await page.keyboard.press('Control+k');
    await page.keyboard.type('contact');
    await assertAccessible(page, new AxeBuilder({ page }).include('#search'));
  });
}
