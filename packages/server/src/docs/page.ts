import { clientOperations, type Operation } from '@relais/contract';
import { curlExamples } from './curl.ts';
import { type Html, html } from './html.ts';
import { operationSection } from './operationSection.ts';
import {
  authentication,
  connection,
  errorHandling,
  headers,
  introduction,
  limits,
} from './sections.ts';
import { text as english, type Text } from './text.en.ts';

const operations: Operation[] = Object.values(clientOperations);

/** The documentation page, whole: it reads without JavaScript, and holds no inline script or style. */
export function renderDocs(options: { baseUrl: string; version: string }): string {
  const text = english;
  const page = html`<!doctype html>
<html lang="${text.lang}">
${head(text)}
<body>
<a class="skip" href="#content">${text.skip}</a>
${bar(text, options.version)}
<div class="layout">
${navigation(text)}
<main id="content" tabindex="-1">${sections(text, options.baseUrl)}</main>
</div>
<p class="hidden" id="announce" role="status"></p>
</body>
</html>
`;
  return page.text;
}

/** The script holds the first paint back, so that a remembered theme does not flash. */
const head = (text: Text): Html => html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${text.tagline}">
<title>${text.title} · Relais</title>
<link rel="stylesheet" href="/docs/docs.css">
<link rel="icon" href="/docs/icon.svg" type="image/svg+xml">
<script type="module" blocking="render" src="/docs/docs.js"></script>
</head>`;

function bar(text: Text, version: string): Html {
  const { checking, ok, unavailable, unreachable } = text.status;
  return html`<header class="top">
  <a class="brand" href="#content"><img src="/docs/icon.svg" alt="" width="24" height="24">Relais</a>
  <p class="badge" id="status" data-state="checking" role="status" data-ok="${ok}" data-unavailable="${unavailable}" data-unreachable="${unreachable}"><span class="dot scripted"></span><span>v${version}<span class="scripted"> / <span id="status-text">${checking}</span></span></span></p>
  <a class="top-link" href="/openapi.json">${text.openapi}</a>
  <button type="button" class="icon scripted" id="theme" aria-label="${text.theme}" title="${text.theme}"><span class="sun" aria-hidden="true"></span></button>
  <button type="button" class="icon scripted" id="menu" aria-label="${text.menu}" aria-expanded="false" aria-controls="contents"><span class="bars" aria-hidden="true"></span></button>
</header>`;
}

function navigation(text: Text): Html {
  const group = (id: string, title: string, items: readonly (readonly [string, string])[]) => html`
<p class="group" id="group-${id}">${title}</p>
<ul aria-labelledby="group-${id}">${items.map(([href, name]) => html`<li><a href="${href}">${name}</a></li>`)}</ul>`;
  return html`<nav id="contents" aria-label="${text.menu}">
${group('start', text.groups.start, [
  ['#introduction', text.introduction.title],
  ['#base-url', text.baseUrl.title],
  ['#authentication', text.authentication.title],
])}
${group(
  'operations',
  text.groups.operations,
  operations.map(({ name, title }) => [`#${name}`, title]),
)}
${group('reference', text.groups.reference, [
  ['#errors', text.errors.title],
  ['#connection', text.connection.title],
  ['#limits', text.limits.title],
  ['#headers', text.headers.title],
  ['/openapi.json', text.openapi],
])}
</nav>`;
}

/** The published sections in the published order, then what is additive. */
function sections(text: Text, url: string): Html[] {
  const commands = new Map(
    curlExamples({ baseUrl: url }).map(({ operation, command }) => [operation, command]),
  );
  const command = (name: string) => commands.get(name) ?? '';
  return [
    introduction(text, url, command(clientOperations.getRegions.name)),
    authentication(text),
    ...operations.map((operation) => operationSection(operation, command(operation.name), text)),
    errorHandling(text),
    connection(text, url),
    limits(text),
    headers(text),
  ];
}
