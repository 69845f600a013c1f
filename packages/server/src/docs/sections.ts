import {
  clientOperations,
  commonHeaders,
  exampleError,
  type ResponseHeader,
  type Scenario,
  scenarios,
} from '@relais/contract';
import { clientErrors, clientHeaders, operations } from './clientApi.ts';
import { jsonHtml, sampleHtml } from './highlight.ts';
import { type Html, html, inline } from './html.ts';
import {
  codeBlock,
  endpoint,
  heading,
  jsonBlock,
  paragraphs,
  plainBlock,
  sampleTabs,
  sectionHeading,
} from './parts.ts';
import { type Recipe, recipes } from './recipes/index.ts';
import { KEY_VARIABLE, repeatedPulls, samplesOf } from './samples/index.ts';
import { errorTable, headerTable, wordTable } from './tables.ts';
import type { Text } from './words/text.en.ts';

/** What a reader replaces by a key of their own. */
const KEY_PLACEHOLDER = 'YOUR_API_KEY';

/** Prose at the left, samples at the right, and below them what takes the whole width. */
const section = (id: string, prose: Html, samples?: Html, full?: Html): Html => html`
<section class="part" aria-labelledby="${id}">
  <div class="split"><div class="prose">${prose}</div>
  <div class="samples">${samples}</div></div>
  ${full ? html`<div class="full">${full}</div>` : undefined}
</section>`;

/** What the API is and where; a first call and its answer beside it. */
export const introduction = (text: Text, baseUrl: string): Html => {
  const { title, body, first, tools } = text.introduction;
  const { getRegions } = clientOperations;
  const samples = samplesOf(getRegions, { baseUrl, pullNote: [] });
  return section(
    'introduction',
    html`<h1>${text.title}</h1><p class="tagline">${text.tagline}</p>
    ${sectionHeading('introduction', title, text)}
    ${paragraphs(body)}
    <p>${tools} <a href="/openapi.json">${text.openapi}</a>, <a href="/docs/${text.lang}.md">${text.markdown}</a>.</p>
    ${sectionHeading('base-url', text.baseUrl.title, text)}
    ${paragraphs([text.baseUrl.body])}${endpoint(`${baseUrl}/api/v1`, text)}`,
    html`${sampleTabs('first', first, samples, text)}
    ${jsonBlock(`${text.response} 200 OK`, title, getRegions.example.response, text)}`,
  );
};

export const authentication = (text: Text): Html => {
  const { title, body, header, variable, warning, warningTitle } = text.authentication;
  return section(
    'authentication',
    html`${sectionHeading('authentication', title, text)}${paragraphs(body)}
    <aside class="warning" aria-labelledby="key-warning"><p id="key-warning"><strong>${warningTitle}</strong></p><p>${warning}</p></aside>`,
    html`${plainBlock(header, title, `x-api-key: ${KEY_PLACEHOLDER}`, text)}
    ${codeBlock(variable, title, sampleHtml('curl', `export ${KEY_VARIABLE}='${KEY_PLACEHOLDER}'`), text)}`,
  );
};

export const errorHandling = (text: Text): Html => {
  const { title, body, all } = text.errors;
  return section(
    'errors',
    html`${sectionHeading('errors', title, text)}${paragraphs(body)}`,
    jsonBlock('401 Unauthorized', title, exampleError, text),
    html`${heading(3, 'all-errors', all, text)}${errorTable(all, clientErrors, text)}`,
  );
};

export const connection = (text: Text, baseUrl: string): Html => {
  const { title, body, steps, promise, after, repeat } = text.connection;
  const setting = { baseUrl, pullNote: text.samples.pullNote };
  return section(
    'connection',
    html`${sectionHeading('connection', title, text)}${paragraphs(body)}
    <ol class="steps">${steps.map((step) => html`<li>${inline(step)}</li>`)}</ol>
    ${heading(3, 'promise', promise, text, { find: { kind: 'section' } })}${paragraphs(after)}`,
    html`<p class="hint">${repeat}</p>
    ${sampleTabs('repeat', repeat, repeatedPulls(clientOperations.pullContacts, setting), text)}`,
  );
};

export const limits = (text: Text): Html => {
  const { title, rows, body } = text.limits;
  return section(
    'limits',
    html`${sectionHeading('limits', title, text)}
    <dl class="limits">${rows.map(([what = '', value = '']) => html`<div><dt>${inline(what)}</dt><dd>${inline(value)}</dd></div>`)}</dl>
    ${paragraphs([body])}`,
  );
};

export const headers = (text: Text): Html => {
  const { title, body, anyAnswer } = text.headers;
  const common = new Set<ResponseHeader>(commonHeaders);
  return section(
    'headers',
    html`${sectionHeading('headers', title, text)}${paragraphs([body])}`,
    undefined,
    headerTable(
      title,
      clientHeaders,
      (header) => (common.has(header) ? anyAnswer : operationsWith(header)),
      text,
    ),
  );
};

/** Links to the operations whose answers may carry a header. */
const operationsWith = (header: ResponseHeader): Html[] =>
  operations
    .filter(({ headers }) => headers.includes(header))
    .map(({ name }, index) => html`${index ? ', ' : ''}<a href="#${name}-headers">${name}</a>`);

/** What a test key opens, and what it can have go wrong. */
export const sandbox = (text: Text): Html => {
  const { title, body, columns, example } = text.sandbox;
  const request = { operation: 'pullContacts', scenario: 'lost_response' };
  const rows = (Object.keys(scenarios) as Scenario[]).map((name) => ({
    name,
    meaning: text.contract.scenario(name),
  }));
  return section(
    'sandbox',
    html`${sectionHeading('sandbox', title, text)}${paragraphs(body)}`,
    jsonBlock(example, title, request, text),
    wordTable(title, columns, rows, text),
  );
};

/** What can be pasted and works as it is. */
export const recipeList = (text: Text, baseUrl: string): Html => {
  const { title, body, of } = text.recipes;
  return section(
    'recipes',
    html`${sectionHeading('recipes', title, text)}${paragraphs(body)}`,
    undefined,
    html`${recipes.map((recipe) => {
      const words = of[recipe.id];
      const id = `recipe-${recipe.id}`;
      return html`${heading(3, id, words.title, text, { find: { kind: 'section' } })}${paragraphs([words.body])}
      ${codeBlock(recipe.file, words.title, codeOf(recipe, baseUrl), text)}`;
    })}`,
  );
};

const codeOf = ({ language, code }: Recipe, baseUrl: string): Html[] =>
  language === 'json' ? jsonHtml(JSON.parse(code(baseUrl))) : sampleHtml(language, code(baseUrl));
