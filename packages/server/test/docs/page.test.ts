import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  clientOperations,
  contact,
  errors,
  type Operation,
  responseHeaders,
} from '@relais/contract';
import { z } from 'zod';
import { shellWord } from '../../src/docs/curl.ts';
import { jsonHtml, shellHtml } from '../../src/docs/highlight.ts';
import { html, inline } from '../../src/docs/html.ts';
import { curlExamples, docsAssets, renderDocs } from '../../src/docs/index.ts';
import { schemaRows } from '../../src/docs/schemaRows.ts';
import { text } from '../../src/docs/text.en.ts';

const baseUrl = 'https://api.example.com';
const page = renderDocs({ baseUrl, version: '1.0' });
const operations: Operation[] = Object.values(clientOperations);

/** The section of an operation. */
const sectionOf = (name: string): string => {
  const from = page.indexOf(`<section class="split" aria-labelledby="${name}">`);
  assert.notEqual(from, -1, name);
  return page.slice(from, page.indexOf('</section>', from));
};

const escaped = (said: string) => html`${inline(said)}`.text;

/** What a reader sees of a piece of the page. */
const visible = (source: string): string =>
  source
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? '');
const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

test('every field, error and header of the contract is on the page with its meaning', () => {
  for (const [name, field] of Object.entries(contact.shape)) {
    assert.ok(page.includes(`<dt><code>${name}</code>`), name);
    assert.ok(page.includes(escaped(field.description ?? '?')), name);
  }
  for (const [code, { meaning, remedy }] of Object.entries(errors)) {
    assert.ok(page.includes(`id="error-${code}"`), code);
    for (const said of [meaning, remedy]) assert.ok(page.includes(escaped(said)), said);
  }
  for (const [name, said] of Object.entries(responseHeaders)) {
    assert.ok(page.includes(`<code>${name}</code>`), name);
    assert.ok(page.includes(escaped(said)), name);
  }
});

for (const operation of operations) {
  test(`the section of ${operation.name} says all that the contract says of it`, () => {
    const section = sectionOf(operation.name);
    assert.ok(section.includes(escaped(operation.description)));
    for (const row of schemaRows(operation.request, text.types)) {
      const mark = row.required ? text.required : text.optional;
      const shown = `<dt><code>${row.name}</code> <span class="type">${row.type}</span> <span class="tag">${mark}</span>`;
      assert.ok(section.includes(shown), row.name);
    }
    for (const code of operation.errors) assert.ok(section.includes(`href="#error-${code}"`), code);
    for (const name of operation.headers) assert.ok(section.includes(`<code>${name}</code>`), name);
    assert.ok(section.includes(escaped(text.retry[operation.retry])));
    assert.equal(section.includes(`>${text.changes}<`), operation.changes);
    const seen = visible(section);
    for (const value of [
      { operation: operation.name, ...operation.example.request },
      operation.example.response,
    ]) {
      assert.ok(seen.includes(JSON.stringify(value, null, 2)));
    }
    const curl = curlExamples({ baseUrl }).find((one) => one.operation === operation.name);
    assert.ok(curl && seen.includes(curl.command), 'its curl command');
  });
}

test('the fields of every answer are described', () => {
  for (const { name, response } of operations) {
    const item = response instanceof z.ZodArray ? response.element : response;
    if (item === contact) continue;
    for (const field of Object.keys((item as z.ZodObject).shape)) {
      assert.ok(sectionOf(name).includes(`<dt><code>${field}</code>`), `${name}.${field}`);
    }
  }
});

test('the twelve published fields are marked, and no other', () => {
  const marked = page.matchAll(
    /<dt><code>(\w+)<\/code> <span class="type">[^<]+<\/span> <span class="tag">published</g,
  );
  assert.deepEqual(
    [...marked].map(([, name]) => name),
    Object.keys(contact.shape).slice(0, 12),
  );
});

test('types are named as the contract has them', () => {
  const types = new Map(schemaRows(contact, text.types).map(({ name, type }) => [name, type]));
  assert.equal(types.get('action_id'), 'integer');
  assert.equal(types.get('prospect_nom'), 'string or null');
  assert.equal(types.get('pulled_at'), 'date and time or null');
  assert.equal(types.get('pull_id'), 'UUID or null');
});

test('the published sections stand in the published order', () => {
  const published = operations.filter((operation) => operation.published).map(({ name }) => name);
  const order = ['introduction', 'base-url', 'authentication', ...published, 'errors'];
  const places = order.map((id) => page.indexOf(` id="${id}"`));
  assert.ok(!places.includes(-1));
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
});

test('the published texts and the warning are on the page', () => {
  const seen = visible(page);
  for (const published of [
    'Client API Documentation',
    'Integrate seamlessly with our CRM to sync regions, real estate programmes, and automatically pull the latest generated contacts.',
    'This API provides a single webhook endpoint designed for clients to programmatically fetch data securely.',
    'This key is securely mapped to your authorized database, regions, and pull statuses.',
    'x-api-key: YOUR_API_KEY',
    'the API will return a 401 Unauthorized or 400 Bad Request status',
    'v1.0 / checking status…',
    'Never expose it in client-side code or in a public repository',
  ]) {
    assert.ok(seen.includes(published), published);
  }
  assert.doesNotMatch(seen, /exactly[ -]once/i);
});

test('links lead somewhere, ids are given once, and every heading can be linked to', () => {
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  assert.equal(new Set(ids).size, ids.length);
  for (const [, target] of page.matchAll(
    /(?:href="#|aria-labelledby="|aria-controls=")([^"]+)"/g,
  )) {
    assert.ok(ids.includes(target), target);
  }
  for (const [heading] of page.matchAll(/<h[23][^>]*>/g)) {
    const id = / id="([^"]+)"/.exec(heading)?.[1];
    assert.ok(id && page.includes(`<a class="anchor" href="#${id}"`), heading);
  }
});

test('the page holds no inline script, style or handler, and names no other host', () => {
  for (const [tag] of page.matchAll(/<[a-z][^>]*>/g)) {
    assert.doesNotMatch(tag, /\s(?:style|on\w+)=|javascript:/, tag);
    assert.doesNotMatch(tag, /(?:src|href)="(?!#|\/)/, tag);
  }
  assert.doesNotMatch(page, /<style|<script(?![^>]* src="\/docs\/)|<script[^>]*>[^<]/);
  for (const [, name] of page.matchAll(/(?:src|href)="\/docs\/([^"]+)"/g)) {
    assert.ok(name && docsAssets.has(name), name);
  }
  for (const [name, { body }] of docsAssets) {
    if (!name.endsWith('.svg')) assert.doesNotMatch(body.toString(), /https?:\/\/|@import/, name);
  }
});

test('the script finds every element that it asks for', () => {
  const script = docsAssets.get('docs.js')?.body.toString() ?? '';
  const asked = [...script.matchAll(/\belement\('([\w-]+)'\)/g)].map((match) => match[1]);
  assert.ok(asked.length > 5);
  for (const id of asked) assert.ok(page.includes(` id="${id}"`), id);
});

test('what is put into the page is escaped', () => {
  const hostile = '<img src=x onerror=alert(1)>"\'&';
  const safe = '&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;';
  assert.equal(html`<b title="${hostile}">${hostile}</b>`.text, `<b title="${safe}">${safe}</b>`);
  assert.equal(html`${inline(`\`${hostile}\``)}`.text, `<code>${safe}</code>`);
  const seen = { [hostile]: hostile, list: [1.5e9, -1, true, null, 'a\\"<b>'] };
  const marked = html`${jsonHtml(seen)}`.text;
  assert.doesNotMatch(marked, /<(?!\/?span)/);
  assert.equal(visible(marked), JSON.stringify(seen, null, 2));
  assert.doesNotMatch(html`${shellHtml(`curl -d '${hostile}' <b>`)}`.text, /<(?!\/?span)/);
  const elsewhere = renderDocs({ baseUrl: `https://${hostile}`, version: hostile });
  assert.doesNotMatch(elsewhere, /<img src=x/);
});

test('a curl command stays one command whatever its words hold', () => {
  assert.equal(shellWord('https://api.example.com/api/v1'), 'https://api.example.com/api/v1');
  assert.equal(shellWord('http://[::1]:8080/api/v1'), "'http://[::1]:8080/api/v1'");
  assert.equal(shellWord("l'Aube; $(rm -r x)"), "'l'\\''Aube; $(rm -r x)'");
});
