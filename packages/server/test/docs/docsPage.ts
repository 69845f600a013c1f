import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

interface PageOptions extends BrowserContextOptions {
  /** What is done before the page is loaded. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/**
 * Opens a page in a browser profile of its own, for the length of a test. The test fails when the
 * console complains of anything: an exception, or a violation of the Content-Security-Policy.
 */
export async function openPage(
  t: TestContext,
  browser: Browser,
  url: string,
  { prepare, ...options }: PageOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: new URL(url).origin, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    // An answer that is an error is one of the things that the page shows.
    const expected = message.text().startsWith('Failed to load resource');
    if (['error', 'warning'].includes(message.type()) && !expected) complaints.push(message.text());
  });
  t.after(async () => {
    await context.close();
    assert.deepEqual(complaints, []);
  });
  await prepare?.(page);
  await page.goto(url);
  return page;
}

/** A try-it form that is open and has a key, with what can be done and read there. */
export async function openForm(page: Page, operation: string, key: string) {
  const form = `#${operation}-try`;
  const text = (selector: string) => page.locator(selector).innerText();
  await page.locator(`${form} summary`).click();
  await page.locator(`#${operation}-try-key`).fill(key);
  return {
    form,
    send: () => page.locator(`${form} [type=submit]`).click(),
    answered: () => page.locator(`${form} .verdict`).waitFor(),
    status: () => text(`${form} [data-status]`),
    time: () => text(`${form} [data-time]`),
    headers: () => text(`${form} [data-answer-headers]`),
    problem: () => text(`${form} .problem`),
    curl: () => text(`${form}-curl code`),
    body: async () => JSON.parse(await text(`${form}-body code`)),
  };
}
