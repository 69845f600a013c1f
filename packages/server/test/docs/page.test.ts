import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  clientOperations,
  contact,
  type Operation,
  type Scenario,
  scenarios,
} from '@relais/contract';
import { z } from 'zod';
import { clientErrors, clientHeaders, operations } from '../../src/docs/clientApi.ts';
import { jsonHtml, sampleHtml } from '../../src/docs/highlight.ts';
import { html, inline } from '../../src/docs/html.ts';
import { docsAssets, languageNames, renderDocs, renderMarkdown } from '../../src/docs/index.ts';
import { languages } from '../../src/docs/languages.ts';
import { shellWord } from '../../src/docs/samples/curl.ts';
import { samplesOf } from '../../src/docs/samples/index.ts';
import { schemaRows } from '../../src/docs/schemaRows.ts';

const baseUrl = 'https://api.example.com';
const version = '1.0';
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

const itemOf = ({ response }: Operation) =>
  (response instanceof z.ZodArray ? response.element : response) as z.ZodObject;

for (const language of languageNames) {
  const text = languages[language];
  const { contract } = text;
  const page = renderDocs({ language, baseUrl, version });
  const markdown = renderMarkdown({ language, baseUrl, version });

  /** The section of an operation. */
  const sectionOf = (name: string): string => {
    const from = page.indexOf(`<section class="part" aria-labelledby="${name}">`);
    assert.notEqual(from, -1, name);
    return page.slice(from, page.indexOf('</section>', from));
  };

  test(`${language}: every error and header of the Client API is on the page with its meaning`, () => {
    for (const code of clientErrors) {
      assert.ok(page.includes(`id="error-${code}"`), code);
      const { meaning, remedy } = contract.error(code);
      for (const said of [meaning, remedy]) {
        assert.ok(page.includes(escaped(said)), said);
        assert.ok(markdown.includes(said), said);
      }
    }
    for (const name of clientHeaders) {
      assert.ok(page.includes(`id="header-${name}"`), name);
      assert.ok(page.includes(escaped(contract.header(name))), name);
      assert.ok(markdown.includes(contract.header(name)), name);
    }
  });

  for (const operation of operations) {
    test(`${language}: the section of ${operation.name} says all that the contract says of it`, () => {
      const section = sectionOf(operation.name);
      const { title, description } = contract.operation(operation);
      for (const said of [title, description]) {
        assert.ok(section.includes(escaped(said)), said);
        assert.ok(markdown.includes(said), said);
      }
      for (const row of schemaRows(operation.request, text.types)) {
        const place = `${operation.name}-parameter-${row.name}`;
        const mark = row.required ? text.required : text.optional;
        const shown = `<dt><a class="self" href="#${place}"><code>${row.name}</code></a> <span class="type">${row.type}</span> <span class="tag">${mark}</span>`;
        assert.ok(section.includes(shown), row.name);
        assert.ok(section.includes(escaped(contract.parameter(operation, row))), row.name);
        assert.ok(section.includes(` name="${row.name}"`), `${row.name} can be tried`);
      }
      const home = itemOf(operation) === contact ? page : section;
      for (const row of schemaRows(itemOf(operation), text.types)) {
        assert.ok(home.includes(`<code>${row.name}</code></a> <span class="type">${row.type}`));
        assert.ok(home.includes(escaped(contract.field(operation, row))), row.name);
        assert.ok(markdown.includes(contract.field(operation, row)), row.name);
      }
      for (const code of operation.errors) assert.ok(section.includes(`"#error-${code}"`), code);
      for (const name of operation.headers) assert.ok(section.includes(`"#header-${name}"`), name);
      assert.ok(section.includes(escaped(text.retry[operation.retry])));
      assert.equal(section.includes(`>${text.changes}<`), operation.changes);
      assert.equal(section.includes('data-yes'), operation.changes);
      const seen = visible(section);
      for (const value of [
        { operation: operation.name, ...operation.example.request },
        operation.example.response,
      ]) {
        assert.ok(seen.includes(JSON.stringify(value, null, 2)));
      }
      const { pullNote } = text.samples;
      for (const { code, name } of samplesOf(operation, { baseUrl, pullNote })) {
        assert.ok(seen.includes(code), name);
      }
    });
  }

  test(`${language}: the twelve published fields are marked, and no other`, () => {
    const marked = page.matchAll(
      /<code>(\w+)<\/code><\/a> <span class="type">[^<]+<\/span> <span class="tag">(?:published|publié)</g,
    );
    assert.deepEqual(
      [...marked].map(([, name]) => name),
      Object.keys(contact.shape).slice(0, 12),
    );
  });

  test(`${language}: the published sections stand in the published order`, () => {
    const published = operations.filter((operation) => operation.published).map(({ name }) => name);
    const order = ['introduction', 'base-url', 'authentication', ...published, 'errors'];
    const places = order.map((id) => page.indexOf(` id="${id}"`));
    assert.ok(!places.includes(-1));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  });

  test(`${language}: links lead somewhere, ids are given once, and every heading can be linked to`, () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    assert.equal(new Set(ids).size, ids.length);
    for (const [, targets = ''] of page.matchAll(
      /(?:href="#|aria-labelledby="|aria-describedby="|aria-controls="|for=")([^"]+)"/g,
    )) {
      assert.ok(ids.includes(targets), targets);
    }
    for (const [heading] of page.matchAll(/<h[23][^>]*>/g)) {
      const id = / id="([^"]+)"/.exec(heading)?.[1];
      assert.ok(id && page.includes(`<a class="anchor" href="#${id}"`), heading);
    }
  });

  test(`${language}: the page holds no inline script, style or handler, and loads from no other host`, () => {
    for (const [tag] of page.matchAll(/<[a-z][^>]*>/g)) {
      assert.doesNotMatch(tag, /\s(?:style|on\w+)=|javascript:/, tag);
      if (!/rel="(?:canonical|alternate)"/.test(tag)) {
        assert.doesNotMatch(tag, /(?:src|href)="(?!#|\/)/, tag);
      }
    }
    assert.doesNotMatch(page, /<style|<script(?![^>]* src="\/docs\/)|<script[^>]*>[^<]/);
  });

  test(`${language}: the scripts find every element that they ask for`, () => {
    for (const [name, { body }] of docsAssets) {
      for (const [, id] of body.toString().matchAll(/\belement\('([\w-]+)'\)/g)) {
        assert.ok(page.includes(` id="${id}"`), `${name}: ${id}`);
      }
    }
  });
}

/** Every text of a language, its functions called with a number. */
function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* textsOf(item);
  else if (typeof value === 'function' && value.length === 1) yield* textsOf(value(() => 7));
  else if (typeof value === 'object' && value !== null) yield* textsOf(Object.values(value));
}

test('French has its own words for everything that is said', () => {
  // Without code, which is the same in every language.
  const linesOf = (language: 'en' | 'fr') =>
    renderMarkdown({ language, baseUrl, version })
      .replaceAll(/^```\w*$[\s\S]*?^```$/gm, '')
      .split('\n');
  const english = linesOf('en');
  const shared = new Set(
    linesOf('fr').filter(
      (line) => /[a-z]{3,} [a-z]{3,} [a-z]{3,}/.test(line) && english.includes(line),
    ),
  );
  assert.deepEqual([...shared], []);
  const { contract: _en, ...en } = languages.en;
  const { contract: _fr, ...fr } = languages.fr;
  const spoken = new Set(textsOf(fr));
  const same = [...textsOf(en)].filter((said) => spoken.has(said));
  // Words of both languages, names and numbers.
  const both = ['Section', 'Introduction', 'Error-Code', 'UUID', 'curl', 'scenario', 'n8n'];
  assert.deepEqual(
    same.filter((said) => !both.includes(said) && !/^\d+$/.test(said)),
    [],
  );
});

test('French stands as French is set: no plain space before a double sign or inside quotes', () => {
  const { contract, ...words } = languages.fr;
  const said = [
    ...(Object.keys(scenarios) as Scenario[]).map((name) => contract.scenario(name)),
    ...textsOf(words),
    ...clientErrors.flatMap((code) => Object.values(contract.error(code))),
    ...clientHeaders.map((name) => contract.header(name)),
    ...operations.flatMap((operation) => [
      ...textsOf(contract.operation(operation)),
      ...schemaRows(itemOf(operation), words.types).map((row) => contract.field(operation, row)),
    ]),
  ];
  assert.ok(said.length > 200);
  for (const text of said) {
    assert.doesNotMatch(text.replaceAll(/`[^`]*`/g, '`'), / [:;?!»]|« |\w'\w/, text);
  }
});

test('errors of other doors are not on the page', () => {
  assert.ok(clientErrors.length > 25 && !clientErrors.includes('invalid_source_token'));
});

test('types are named as the contract has them, and entered as such', () => {
  const rows = (schema: z.ZodObject) =>
    new Map(schemaRows(schema, languages.en.types).map((row) => [row.name, row]));
  const fields = rows(contact);
  assert.equal(fields.get('action_id')?.type, 'integer');
  assert.equal(fields.get('prospect_nom')?.type, 'string or null');
  assert.equal(fields.get('pulled_at')?.type, 'date and time or null');
  assert.equal(fields.get('pull_id')?.type, 'UUID or null');
  const parameters = rows(clientOperations.getPulledContacts.request);
  assert.equal(parameters.get('limit')?.input, 'number');
  assert.equal(parameters.get('regionIds')?.input, 'numbers');
  assert.equal(parameters.get('since')?.input, 'text');
});

test('the published texts and the warning are on the English page', () => {
  const seen = visible(renderDocs({ language: 'en', baseUrl, version }));
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
});

test('nothing is promised exactly once', () => {
  for (const language of languageNames) {
    const seen = visible(renderDocs({ language, baseUrl, version }));
    assert.doesNotMatch(seen, /exactly[ -]once|exactement une (?:seule )?fois/i);
  }
});

test('every file of the page is loaded, and names no other host', () => {
  const page = renderDocs({ language: 'en', baseUrl, version });
  for (const [name, { body, contentType }] of docsAssets) {
    assert.ok(page.includes(`"/docs/${name}"`), name);
    assert.notEqual(contentType, '', name);
    if (!name.endsWith('.svg')) assert.doesNotMatch(body.toString(), /https?:\/\/|@import/, name);
  }
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
  for (const language of ['curl', 'node']) {
    const code = `curl -d '${hostile}' <b> // <i>\n"<u>" \`<s>\` $x 1`;
    const sample = html`${sampleHtml(language, code)}`.text;
    assert.doesNotMatch(sample, /<(?!\/?span)/);
    assert.equal(visible(sample), code);
  }
  const elsewhere = renderDocs({
    language: 'en',
    baseUrl: `https://${hostile}`,
    version: hostile,
  });
  assert.doesNotMatch(elsewhere, /<img src=x/);
});

test('a curl command stays one command whatever its words hold', () => {
  assert.equal(shellWord('https://api.example.com/api/v1'), 'https://api.example.com/api/v1');
  assert.equal(shellWord('http://[::1]:8080/api/v1'), "'http://[::1]:8080/api/v1'");
  assert.equal(shellWord("l'Aube; $(rm -r x)"), "'l'\\''Aube; $(rm -r x)'");
});
