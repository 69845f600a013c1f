import {
  clientOperations,
  type ErrorCode,
  errors,
  type Operation,
  type ResponseHeader,
  responseHeaders,
} from '@relais/contract';
import { type CurlExample, curlExamples, KEY_PLACEHOLDER } from './curl.ts';
import { type Html, html, inline } from './html.ts';
import { operationSection } from './operationSection.ts';
import {
  codeBlock,
  errorTable,
  headerTable,
  heading,
  jsonBlock,
  paragraphs,
  table,
} from './parts.ts';
import { text as english, type Text } from './text.en.ts';

const operations: Operation[] = Object.values(clientOperations);

/** The documentation page, whole: it reads without JavaScript, and holds no inline script or style. */
export function renderDocs(options: { baseUrl: string; version: string }): string {
  const text = english;
  const curl = curlExamples(options);
  const page = html`<!doctype html>
<html lang="${text.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${text.tagline}">
<title>${text.title} · Relais</title>
<link rel="stylesheet" href="/docs/docs.css">
<link rel="icon" href="/docs/icon.svg" type="image/svg+xml">
<script type="module" src="/docs/docs.js"></script>
</head>
<body>
<a class="skip" href="#content">${text.skip}</a>
<header class="top">
  <a class="brand" href="#content"><img src="/docs/icon.svg" alt="" width="24" height="24">Relais <span>API</span></a>
  <p class="badge" id="status" data-state="checking" role="status"><span class="dot"></span><span>v${options.version} / <span id="status-text">${text.checking}</span></span></p>
  <a class="top-link" href="/openapi.json">${text.openapi}</a>
  <button type="button" class="theme" id="theme" aria-label="${text.theme}" title="${text.theme}"><span aria-hidden="true">◐</span></button>
</header>
<div class="layout">
${navigation(text)}
<main id="content" tabindex="-1">
${introduction(text, options.baseUrl, curl[0])}
${operations.map((operation, index) => operationSection(operation, curl[index] as (typeof curl)[0], text))}
${errorHandling(text)}
${connection(text, options.baseUrl)}
${limits(text)}
${headers(text)}
</main>
</div>
</body>
</html>
`;
  return page.text;
}

function navigation(text: Text): Html {
  const item = (id: string, title: string) => html`<li><a href="#${id}">${title}</a></li>`;
  return html`
<nav aria-label="${text.menu}">
<details class="menu" open><summary>${text.menu}</summary>
<ul>
${item('introduction', text.introduction.title)}
${item('base-url', text.baseUrl.title)}
${item('authentication', text.authentication.title)}
</ul>
<ul>${operations.map(({ name, title }) => item(name, title))}</ul>
<ul>
${item('errors', text.errors.title)}
${item('connection', text.connection.title)}
${item('limits', text.limits.title)}
${item('headers', text.headers.title)}
</ul>
</details>
</nav>`;
}

const introduction = (text: Text, baseUrl: string, first: CurlExample | undefined): Html => html`
<section class="split hero">
  <div class="prose">
    <h1>${text.title}</h1>
    <p class="tagline">${text.tagline}</p>
    ${heading(2, 'introduction', text.introduction.title, text)}
    ${paragraphs(text.introduction.body)}
  </div>
  <div class="samples">${codeBlock(text.introduction.first, first?.command ?? '', text)}</div>
</section>
<section class="split">
  <div class="prose">
    ${heading(2, 'base-url', text.baseUrl.title, text)}
    <p class="endpoint"><span class="method">POST</span><code>${baseUrl}/api/v1</code></p>
    ${heading(2, 'authentication', text.authentication.title, text)}
    ${paragraphs(text.authentication.body)}
    <aside class="warning" role="note"><strong>${text.authentication.warningTitle}</strong> ${text.authentication.warning}</aside>
  </div>
  <div class="samples">${codeBlock(text.authentication.header, `x-api-key: ${KEY_PLACEHOLDER}`, text)}</div>
</section>`;

const errorHandling = (text: Text): Html => html`
<section class="split wide">
  <div class="prose">
    ${heading(2, 'errors', text.errors.title, text)}
    ${paragraphs(text.errors.body)}
  </div>
  <div class="samples">${jsonBlock('401 Unauthorized', { valid: false, error: 'Invalid API Key' }, text)}</div>
  <div class="full">${errorTable(Object.keys(errors) as ErrorCode[], text)}</div>
</section>`;

const connection = (text: Text, baseUrl: string): Html => html`
<section class="split">
  <div class="prose">
    ${heading(2, 'connection', text.connection.title, text)}
    ${paragraphs(text.connection.body)}
    <ol class="steps">${text.connection.steps.map((step) => html`<li>${inline(step)}</li>`)}</ol>
    ${paragraphs([text.connection.after])}
  </div>
  <div class="samples">${codeBlock(
    'curl, repeated until it succeeds',
    `curl -s --retry 5 --retry-all-errors ${baseUrl}/api/v1 \\
  -H 'x-api-key: ${KEY_PLACEHOLDER}' \\
  -H 'Idempotency-Key: import-2026-11-23-0900' \\
  -d '{"operation":"pullContacts"}' \\
  -o contacts.json`,
    text,
  )}</div>
</section>`;

const limits = (text: Text): Html => html`
<section class="split">
  <div class="prose">
    ${heading(2, 'limits', text.limits.title, text)}
    ${table(['', ''], text.limits.rows)}
  </div>
  <div class="samples"></div>
</section>`;

const headers = (text: Text): Html => html`
<section class="split wide">
  <div class="prose">${heading(2, 'headers', text.headers.title, text)}</div>
  <div class="samples"></div>
  <div class="full">${headerTable(Object.keys(responseHeaders) as ResponseHeader[], text)}</div>
</section>`;
