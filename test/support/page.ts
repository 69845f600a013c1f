import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
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

/** Asserts that axe finds nothing serious, that is nothing that keeps a person from the page. */
export async function assertAccessible(page: Page, axe = new AxeBuilder({ page })): Promise<void> {
  // Legacy is what axe calls a run in the page itself, without frames of other origins: we have none,
  // and it takes less than half the time.
  const run = axe.setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await run.analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  assert.deepEqual(serious, []);
}
