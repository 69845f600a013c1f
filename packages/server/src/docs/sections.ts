import {
  clientOperations,
  commonHeaders,
  type ErrorCode,
  errors,
  exampleError,
  type Operation,
  type ResponseHeader,
  responseHeaders,
} from '@relais/contract';
import { KEY_PLACEHOLDER, repeatedPull } from './curl.ts';
import { type Html, html, inline } from './html.ts';
import {
  endpoint,
  errorTable,
  headerTable,
  heading,
  jsonBlock,
  paragraphs,
  plainBlock,
  shellBlock,
} from './parts.ts';
import { greatest } from './schemaRows.ts';
import type { Text } from './text.en.ts';

/** Prose at the left, samples at the right, and below them what takes the whole width. */
const section = (id: string, prose: Html, samples?: Html, full?: Html): Html => html`
<section class="split" aria-labelledby="${id}">
  <div class="prose">${prose}</div>
  <div class="samples">${samples}</div>
  ${full ? html`<div class="full">${full}</div>` : undefined}
</section>`;

/** What the API is and where; a first call and its answer beside it. */
export const introduction = (text: Text, url: string, firstCall: string): Html => {
  const { title, body, first, openapi } = text.introduction;
  return section(
    'introduction',
    html`<h1>${text.title}</h1><p class="tagline">${text.tagline}</p>
    ${heading(2, 'introduction', title, text)}
    ${paragraphs(body)}
    <p>${openapi} <a href="/openapi.json">${text.openapi}</a>.</p>
    ${heading(2, 'base-url', text.baseUrl.title, text)}
    ${paragraphs([text.baseUrl.body])}${endpoint(`${url}/api/v1`, text)}`,
    html`${shellBlock(first, title, firstCall, text)}
    ${jsonBlock(`${text.response} 200 OK`, title, clientOperations.getRegions.example.response, text)}`,
  );
};

export const authentication = (text: Text): Html => {
  const { title, body, header, warning, warningTitle } = text.authentication;
  return section(
    'authentication',
    html`${heading(2, 'authentication', title, text)}${paragraphs(body)}
    <aside class="warning" aria-labelledby="key-warning"><p id="key-warning"><strong>${warningTitle}</strong></p><p>${warning}</p></aside>`,
    plainBlock(header, title, `x-api-key: ${KEY_PLACEHOLDER}`, text),
  );
};

export const errorHandling = (text: Text): Html => {
  const { title, body, all } = text.errors;
  return section(
    'errors',
    html`${heading(2, 'errors', title, text)}${paragraphs(body)}`,
    jsonBlock('401 Unauthorized', title, exampleError, text),
    html`${heading(3, 'all-errors', all, text)}${errorTable(all, Object.keys(errors) as ErrorCode[], text)}`,
  );
};

export const connection = (text: Text, url: string): Html => {
  const { title, body, steps, promise, after, repeat } = text.connection;
  return section(
    'connection',
    html`${heading(2, 'connection', title, text)}${paragraphs(body)}
    <ol class="steps">${steps.map((step) => html`<li>${inline(step)}</li>`)}</ol>
    ${heading(3, 'promise', promise, text)}${paragraphs(after)}`,
    shellBlock(repeat, title, repeatedPull({ baseUrl: url }), text),
  );
};

export const limits = (text: Text): Html => {
  const { title, rows, body } = text.limits;
  const most = (name: 'readContacts' | 'pullContacts' | 'getPulledContacts') =>
    greatest(clientOperations[name].request.shape.limit);
  return section(
    'limits',
    html`${heading(2, 'limits', title, text)}
    <dl class="limits">${rows(most).map(([what = '', value = '']) => html`<div><dt>${inline(what)}</dt><dd>${inline(value)}</dd></div>`)}</dl>
    ${paragraphs([body])}`,
  );
};

export const headers = (text: Text): Html => {
  const { title, body, anyAnswer } = text.headers;
  const common = new Set<ResponseHeader>(commonHeaders);
  return section(
    'headers',
    html`${heading(2, 'headers', title, text)}${paragraphs([body])}`,
    undefined,
    headerTable(
      title,
      Object.keys(responseHeaders) as ResponseHeader[],
      (header) => (common.has(header) ? anyAnswer : operationsWith(header)),
      text,
    ),
  );
};

/** Links to the operations whose answers may carry a header. */
function operationsWith(header: ResponseHeader): Html[] {
  const operations: Operation[] = Object.values(clientOperations);
  return operations
    .filter(({ headers }) => headers.includes(header))
    .map(({ name }, index) => html`${index ? ', ' : ''}<a href="#${name}-headers">${name}</a>`);
}
