import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../../../test/support/browser.ts';
import { openPage } from '../../../../test/support/page.ts';
import { languages } from '../../src/docs/languages.ts';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { contactsOf, freshServer, type TestServer } from '../support/server.ts';
import { openForm } from './docsPage.ts';
import { runSample } from './runSample.ts';

const HOSTILE = '<script>harmed = 1</script><img src=x onerror="harmed = 1">"\'&';

let server: TestServer;
let browser: Browser;
let key: string;
before(async () => {
  browser = await openBrowser();
  server = await freshServer();
  const crm = publishedCrm();
  const prospects = crm.prospects?.map((prospect) => ({ ...prospect, nom: HOSTILE }));
  await loadInto(server.main, { ...crm, ...(prospects && { prospects }) });
  key = (await server.key('Promoteur X')).text;
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const open = (t: TestContext, path: string, options?: Parameters<typeof openPage>[3]) =>
  openPage(t, browser, server.url + path, options);

const text = (page: Page, selector: string): Promise<string> => page.locator(selector).innerText();

test('a try-it form brings a real answer, and its curl works when it is pasted', async (t) => {
  const page = await open(t, '/docs/en');
  const regions = await openForm(page, 'getRegions', key);
  await regions.send();
  await regions.answered();
  assert.equal(await regions.status(), '200 OK');
  assert.match(await regions.time(), /^\d+ ms$/);
  assert.match(await regions.headers(), /Request-Id\s+[0-9a-f-]{36}\s+RateLimit-Policy/);
  const shown = await regions.body();
  assert.deepEqual(shown, publishedCrm().regions);

  const curl = await regions.curl();
  assert.ok(curl.includes('"x-api-key: $RELAIS_API_KEY"') && !curl.includes(key));
  const folder = await mkdtemp(join(tmpdir(), 'relais-docs-'));
  t.after(() => rm(folder, { recursive: true }));
  assert.deepEqual(JSON.parse((await runSample('curl', curl, folder, key)).stdout), shown);
});

test('the key is in the memory of the page alone, and gone after a reload', async (t) => {
  const page = await open(t, '/docs/en');
  const regions = await openForm(page, 'getRegions', key);
  await regions.send();
  await regions.answered();
  assert.equal(await page.locator('#readContacts-try-key').inputValue(), key);
  const kept =
    'JSON.stringify([location.href, document.cookie, {...localStorage}, {...sessionStorage}, document.documentElement.outerHTML])';
  assert.ok(!(await page.evaluate<string>(kept)).includes(key));
  assert.deepEqual(await page.context().cookies(), []);
  await page.reload();
  for (const field of await page.locator('input[data-key]').all()) {
    assert.equal(await field.inputValue(), '');
    assert.equal(await field.getAttribute('type'), 'password');
    assert.equal(await field.getAttribute('autocomplete'), 'off');
  }
});

test('what is entered is judged by the server; only a key that cannot be sent is told at once', async (t) => {
  const page = await open(t, '/docs/fr');
  const words = languages.fr.tryIt;
  const requests: string[] = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  const contacts = await openForm(page, 'readContacts', '');
  await contacts.send();
  assert.equal(await contacts.problem(), words.noKey);
  await page.locator('#readContacts-try-key').fill('clé');
  await contacts.send();
  assert.equal(await contacts.problem(), words.badKey);
  assert.ok(!requests.includes('/api/v1'));

  await page.locator('#readContacts-try-key').fill(key);
  await page.locator('#readContacts-try-limit').fill('beaucoup');
  await contacts.send();
  await contacts.answered();
  assert.equal(await contacts.status(), '400 Bad Request');
  assert.match(await contacts.headers(), /Error-Code\s+invalid_parameter/);
  assert.match((await contacts.body()).error, /"limit"/);

  await page.locator('#readContacts-try-limit').fill('5');
  await page.locator('#readContacts-try-regionIds').fill('30, 62');
  await contacts.send();
  await page.locator(`${contacts.form} [data-status].s2`).waitFor();
  assert.match(await contacts.curl(), /"limit":5,"regionIds":\[30,62\]/);
});

test('a pull asks first, is repeated under its key, and a script in a name does no harm', async (t) => {
  const page = await open(t, '/docs/en');
  const pull = await openForm(page, 'pullContacts', key);
  const idempotencyKey = page.locator('#pullContacts-try-idempotencyKey');
  const first = await idempotencyKey.inputValue();
  assert.match(first, /^docs-[0-9a-f]{32}$/);
  const ready = async () =>
    contactsOf(await server.send(key, { operation: 'readContacts' })).length;

  const question = page.locator(`${pull.form} .question`);
  await pull.send();
  assert.equal(await question.isVisible(), true);
  assert.equal(await page.evaluate('document.activeElement.hasAttribute("data-no")'), true);
  await page.keyboard.press('Escape');
  assert.equal(await question.isVisible(), false);
  assert.equal(await page.evaluate('document.activeElement.type'), 'submit');
  assert.equal(await ready(), 1);

  await pull.send();
  await page.locator(`${pull.form} [data-yes]`).click();
  await pull.answered();
  const pulled = await pull.body();
  assert.equal(pulled[0].prospect_nom, HOSTILE);
  assert.equal(await page.locator(`${pull.form} :is(script, img)`).count(), 0);
  assert.equal(await page.evaluate('typeof harmed'), 'undefined');
  assert.equal(await ready(), 0);

  await pull.send();
  await page.locator(`${pull.form} [data-yes]`).click();
  await page.getByText('Idempotency-Replayed', { exact: true }).and(page.locator('dt')).waitFor();
  assert.deepEqual(await pull.body(), pulled);

  await page.locator(`${pull.form} [data-new-key]`).click();
  assert.notEqual(await idempotencyKey.inputValue(), first);
});

test('samples are tabs that the keyboard moves through; the language is remembered', async (t) => {
  const page = await open(t, '/docs/en');
  const shown = () => page.locator('#getRegions-sample-node').isVisible();
  assert.equal(await shown(), false);
  await page.locator('#getRegions-sample-tab-curl').focus();
  await page.keyboard.press('ArrowLeft');
  assert.equal(await page.evaluate('document.activeElement.id'), 'getRegions-sample-tab-python');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  assert.equal(await shown(), true);
  const chosen = page.locator('[role=tab][aria-selected=true]');
  assert.deepEqual(new Set(await chosen.allInnerTexts()), new Set(['Node']));
  // The others are passed over by the Tab key.
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate('document.activeElement.textContent.startsWith("Copy")'), true);
  await page.goto('/docs/fr');
  assert.equal(await shown(), true);
});

test('a click on a tab keeps it where it is', async (t) => {
  const page = await open(t, '/docs/en#getPullBatch');
  const tab = page.locator('#getPullBatch-sample-tab-php');
  await tab.scrollIntoViewIfNeeded();
  const before = await tab.boundingBox();
  await tab.click();
  assert.ok(Math.abs(((await tab.boundingBox())?.y ?? 0) - (before?.y ?? 0)) < 2);
});

test('the link to the other language keeps the place, and /docs remembers it', async (t) => {
  const page = await open(t, '/docs#error-rate_limited', { locale: 'en-GB' });
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.locator('a.language').click();
  await page.waitForURL('**/docs/fr#error-rate_limited');
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
  await page.goto('/docs#limits');
  await page.waitForURL('**/docs/fr#limits');
  await page.goto('/docs/en');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
});

test('the search is used by keyboard alone, and accents do not matter', async (t) => {
  const page = await open(t, '/docs/fr');
  const first = page.locator('#search-results [aria-selected=true]');
  await page.keyboard.press('/');
  await page.keyboard.type('entetes de reponse');
  assert.match(await first.innerText(), /^En-têtes de réponse/);
  await page.locator('#search-input').fill('limit');
  assert.match(await first.innerText(), /^limit\s+Paramètre · Consulter les contacts/);
  await page.keyboard.press('ArrowDown');
  assert.match(await first.innerText(), /^limit\s+Paramètre · Retirer les contacts/);
  assert.equal(
    await page.locator('#search-input').getAttribute('aria-activedescendant'),
    await first.getAttribute('id'),
  );
  await page.keyboard.press('Enter');
  await page.waitForURL('**/docs/fr#pullContacts-parameter-limit');
  assert.equal(await page.locator('#search').isVisible(), false);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('xyzzy');
  assert.equal(await text(page, '#search-none'), languages.fr.search.none);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#search').isVisible(), false);
});

test('the search finds names of each kind, also what is folded, and leaves typing alone', async (t) => {
  const page = await open(t, '/docs/en');
  const kinds = languages.en.search.kinds;
  for (const [query, kind] of [
    ['pullcontacts', kinds.operation],
    ['idempotencykey', kinds.parameter],
    ['RATE_LIMITED', kinds.error],
    ['retry-after', kinds.header],
    ['connection drops', kinds.section],
    ['gclid', kinds.field],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.locator('#search-input').fill(query);
    assert.ok((await text(page, '#search-results [aria-selected=true]')).includes(kind), query);
    await page.keyboard.press('Enter');
  }
  assert.equal(await page.locator('#contact-gclid').isVisible(), true);
  await openForm(page, 'getRegions', 'a');
  await page.keyboard.press('/');
  assert.equal(await page.locator('#getRegions-try-key').inputValue(), 'a/');
});

test('the badge shows what is true, and looks again while the page is seen', async (t) => {
  const doomed = await freshServer();
  let closed = false;
  const close = async () => {
    if (!closed) await doomed.close();
    closed = true;
  };
  t.after(close);
  const { ok, checking, unavailable, unreachable } = languages.en.status;
  const asked = Promise.withResolvers<() => Promise<void>>();
  const prepare = async (fresh: Page) => {
    await fresh.clock.install();
    await fresh.route('**/readyz', (route) => asked.resolve(() => route.continue()), { times: 1 });
  };
  const page = await openPage(t, browser, `${doomed.url}/docs/en`, { prepare });
  const shows = (said: string) =>
    page.locator('#status-text', { hasText: said }).waitFor({ timeout: 20_000 });
  const later = () => page.clock.runFor(31_000);
  await shows(checking);
  await (await asked.promise)();
  await shows(ok);

  // The page asks the same server; only its database goes and comes back.
  const away = await databaseAway(doomed);
  await later();
  await shows(unavailable);
  await away.back();
  await later();
  await shows(ok);

  let asks = 0;
  page.on('request', () => {
    asks += 1;
  });
  await page.evaluate(
    'Object.defineProperty(document, "hidden", { value: true, configurable: true })',
  );
  await later();
  assert.equal(asks, 0);
  await close();
  await page.evaluate(
    'delete document.hidden; document.dispatchEvent(new Event("visibilitychange"))',
  );
  await shows(unreachable);
});

/** Takes the CRM database of a server away, as a PostgreSQL that stops would. */
async function databaseAway({
  main,
  databases,
}: TestServer): Promise<{ back(): Promise<unknown> }> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(main.db);
  const name = rows[0]?.name ?? '';
  const allow = (allowed: boolean) =>
    sql`alter database ${sql.id(name)} allow_connections ${sql.raw(String(allowed))}`.execute(
      databases.catalog,
    );
  await allow(false);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`.execute(
    databases.catalog,
  );
  return { back: () => allow(true) };
}

test('a sample is copied whole', async (t) => {
  const page = await open(t, '/docs/en', { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.locator('#pullContacts-sample-tab-python').click();
  await page.locator('#pullContacts-sample-python .copy').click();
  const said = languages.en.copied;
  await page.locator('#pullContacts-sample-python .copy', { hasText: said }).waitFor();
  const copied = await page.evaluate<string>('navigator.clipboard.readText()');
  assert.equal(copied, await page.locator('#pullContacts-sample-python code').textContent());
});

test('without JavaScript every sample is shown, and nothing that would do nothing', async (t) => {
  const page = await open(t, '/docs/fr', { javaScriptEnabled: false });
  for (const language of ['curl', 'node', 'php', 'python']) {
    assert.equal(await page.locator(`#pullContacts-sample-${language}`).isVisible(), true);
  }
  for (const hidden of ['.try', '.tablist', '.copy', '#theme', '#open-search', '#status-text']) {
    assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  }
  await page.locator('a.language').click();
  await page.waitForURL('**/docs/en');
});
