import assert from 'node:assert/strict';
import { after, before, type TestContext } from 'node:test';
import type { LoadDocument, Role } from '@relais/contract';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from '../../../../test/support/browser.ts';
import { assertAccessible, openPage } from '../../../../test/support/page.ts';
import { loadInto } from '../../../server/test/support/installation.ts';
import { freshServer, type TestServer } from '../../../server/test/support/server.ts';
import { type SignedIn, signedIn } from '../../../server/test/support/staff.ts';

/** The browser and the server of a file of journeys: open from its first test to its last. */
export interface Bench {
  readonly browser: Browser;
  readonly server: TestServer;
}

/** Opens a browser and a server whose CRM database "main" holds this data, for a test file. */
export function journeys(crm?: LoadDocument): Bench {
  let browser: Browser;
  let server: TestServer;
  before(async () => {
    browser = await openBrowser();
    server = await freshServer();
    if (crm) await loadInto(server.main, crm);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  return {
    get browser() {
      return browser;
    },
    get server() {
      return server;
    },
  };
}

interface ConsoleOptions extends BrowserContextOptions {
  /** What the person may do: admin unless told otherwise. */
  readonly role?: Role;
  /** Somebody who is signed in already, instead of a new person. */
  readonly as?: SignedIn;
}

/**
 * Opens the console as somebody who is signed in, in French unless another locale is given. The
 * test fails when the page raises an error or violates its Content-Security-Policy.
 */
export async function openConsole(
  t: TestContext,
  { browser, server }: Bench,
  path: string,
  { role, as, ...options }: ConsoleOptions = {},
): Promise<{ page: Page; operator: SignedIn }> {
  const operator = as ?? (await signedIn(server, role));
  const [name = '', value = ''] = operator.cookie.split('=');
  const page = await openPage(t, browser, `${server.url}${path}`, {
    locale: 'fr-FR',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
    prepare: (opened) => opened.context().addCookies([{ name, value, url: server.url }]),
  });
  return { page, operator };
}

/** Holds an operation's requests back until the function that it returns is called. */
export async function heldBack(page: Page, operation: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('/operator/v1', async (route) => {
    if (route.request().postDataJSON()?.operation === operation) await promise;
    await route.fallback();
  });
  return resolve;
}

/** Fulfilled when nothing moves or fades any more, with the width of the page then. */
const SETTLED_WIDTH = `
  Promise.allSettled(
    document.getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
      .map((animation) => animation.finished),
  ).then(() => document.documentElement.scrollWidth)`;

/** As wide as a small telephone, or as a window at a zoom of 400 %: WCAG 1.4.10. */
const NARROW = 320;

/** Asserts that what is shown now is accessible in both themes, and no wider than a narrow screen. */
export async function assertGoodScreen(page: Page): Promise<void> {
  const size = page.viewportSize();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    await page.evaluate(SETTLED_WIDTH);
    await assertAccessible(page);
  }
  await page.setViewportSize({ width: NARROW, height: 900 });
  assert.equal(await page.evaluate(SETTLED_WIDTH), NARROW);
  if (size) await page.setViewportSize(size);
}
