import { scripts, styles } from './assets.ts';
import { operations } from './clientApi.ts';
import { type Html, html } from './html.ts';
import { type Language, languageNames, languages } from './languages.ts';
import { operationSection } from './operationSection.ts';
import {
  authentication,
  connection,
  errorHandling,
  headers,
  introduction,
  limits,
  recipeList,
  sandbox,
} from './sections.ts';
import type { Text } from './words/text.en.ts';

/** What a page is made for. */
export interface PageOptions {
  readonly language: Language;
  /** The address of the server, such as `https://api.example.com`. */
  readonly baseUrl: string;
  readonly version: string;
}

/** The documentation page, whole: it reads without JavaScript, and holds no inline script or style. */
export function renderDocs({ language, baseUrl, version }: PageOptions): string {
  const text = languages[language];
  const page = html`<!doctype html>
<html lang="${language}">
${head(text, baseUrl)}
<body>
<a class="skip" href="#content">${text.skip}</a>
${bar(text, version)}
<div class="layout">
${navigation(text)}
<main id="content" tabindex="-1">${sections(text, baseUrl)}</main>
</div>
${searchDialog(text)}
<p class="hidden" id="announce" role="status"></p>
</body>
</html>
`;
  return page.text;
}

/** The script holds the first paint back, so that a remembered choice does not flash. */
const head = (text: Text, baseUrl: string): Html => html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${text.tagline}">
<title>${text.title} · Relais</title>
${styles.map((name) => html`<link rel="stylesheet" href="/docs/${name}">\n`)}<link rel="icon" href="/docs/icon.svg" type="image/svg+xml">
<link rel="canonical" href="${baseUrl}/docs/${text.lang}">
${languageNames.map((name) => html`<link rel="alternate" hreflang="${name}" href="${baseUrl}/docs/${name}">\n`)}<link rel="alternate" hreflang="x-default" href="${baseUrl}/docs">
<link rel="alternate" type="text/markdown" href="/docs/${text.lang}.md" title="${text.markdown}">
${scripts.map((name) => html`<link rel="modulepreload" href="/docs/${name}">\n`)}<script type="module" blocking="render" src="/docs/docs.js"></script>
</head>`;

function bar(text: Text, version: string): Html {
  const { checking, ok, unavailable, unreachable } = text.status;
  const { title, label } = text.search;
  return html`<header class="top">
  <a class="brand" href="#content" aria-label="Relais"><img src="/docs/icon.svg" alt="" width="24" height="24"><span>Relais</span></a>
  <p class="badge" id="status" data-state="checking" role="status" data-ok="${ok}" data-unavailable="${unavailable}" data-unreachable="${unreachable}"><span class="dot scripted"></span><span><span class="version">v${version}<span class="scripted"> / </span></span><span class="scripted" id="status-text">${checking}</span></span></p>
  <button type="button" class="open-search scripted" id="open-search" aria-haspopup="dialog" aria-label="${label}" aria-keyshortcuts="/ Control+K Meta+K"><span class="lens" aria-hidden="true"></span><span class="word">${title}</span><kbd aria-hidden="true">/</kbd></button>
  <a class="top-link" href="/openapi.json">${text.openapi}</a>
  ${languageNames
    .filter((name) => name !== text.lang)
    .map(
      (name) =>
        html`<a class="language" href="/docs/${name}" hreflang="${name}" lang="${name}" data-language="${name}" aria-label="${languages[name].language}"><span class="word">${languages[name].language}</span><span class="letters">${name.toUpperCase()}</span></a>`,
    )}
  <button type="button" class="icon scripted" id="theme" aria-label="${text.theme}" title="${text.theme}"><span class="sun" aria-hidden="true"></span></button>
  <button type="button" class="icon scripted" id="menu" aria-label="${text.menu}" aria-expanded="false" aria-controls="contents"><span class="bars" aria-hidden="true"></span></button>
</header>`;
}

const searchDialog = ({
  search,
}: Text): Html => html`<dialog class="search" id="search" aria-label="${search.label}">
<form method="dialog"><input type="search" id="search-input" role="combobox" aria-label="${search.label}" aria-controls="search-results" aria-expanded="false" aria-autocomplete="list" placeholder="${search.label}" autocomplete="off" autocapitalize="off" spellcheck="false"><button type="submit" class="close">${search.close}</button></form>
<ul id="search-results" role="listbox" aria-label="${search.title}"></ul>
<p id="search-none" role="status" data-none="${search.none}"></p>
</dialog>`;

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
  operations.map((one) => [`#${one.name}`, text.contract.operation(one).title]),
)}
${group('reference', text.groups.reference, [
  ['#errors', text.errors.title],
  ['#connection', text.connection.title],
  ['#recipes', text.recipes.title],
  ['#sandbox', text.sandbox.title],
  ['#limits', text.limits.title],
  ['#headers', text.headers.title],
  ['/openapi.json', text.openapi],
  [`/docs/${text.lang}.md`, text.markdown],
])}
</nav>`;
}

/** The published sections in the published order, then what is additive. */
const sections = (text: Text, baseUrl: string): Html[] => [
  introduction(text, baseUrl),
  authentication(text),
  ...operations.map((operation) => operationSection(operation, text, baseUrl)),
  errorHandling(text),
  connection(text, baseUrl),
  recipeList(text, baseUrl),
  sandbox(text),
  limits(text),
  headers(text),
];
