import { jsonHtml, sampleHtml } from './highlight.ts';
import { type Html, html, inline } from './html.ts';
import type { Sample } from './samples/index.ts';
import type { Text } from './words/text.en.ts';

/** What the search finds, and how it names it. */
export type Found = keyof Text['search']['kinds'];

/** Makes an element with an id one that the search finds. */
export const findable = (kind: Found, text: Text, alias?: string): Html =>
  html` data-find="${text.search.kinds[kind]}"${alias ? html` data-alias="${alias}"` : undefined}`;

interface HeadingOptions {
  /** Makes it a section that the search finds, also by another name. */
  readonly find?: { readonly kind: Found; readonly alias?: string };
  /** What stands beside it and is not part of its name. */
  readonly marks?: Html;
}

/** A heading that can be linked to. */
export function heading(
  level: 2 | 3,
  id: string,
  title: string,
  text: Text,
  { find, marks }: HeadingOptions = {},
): Html {
  const found = find && findable(find.kind, text, find.alias);
  const named =
    level === 2
      ? html`<h2 id="${id}"${found}>${title}</h2>`
      : html`<h3 id="${id}"${found}>${title}</h3>`;
  return html`<div class="heading h${level}">${named}${marks}<a class="anchor" href="#${id}" data-copied="${text.anchorCopied}" aria-label="${text.anchor} ${title}">#</a></div>`;
}

/** The heading of a section of its own. */
export const sectionHeading = (id: string, title: string, text: Text): Html =>
  heading(2, id, title, text, { find: { kind: 'section' } });

export const paragraphs = (texts: readonly string[]): Html[] =>
  texts.map((body) => html`<p>${inline(body)}</p>`);

/** A button that copies the code of the block around it. */
const copyButton = (what: string, text: Text): Html =>
  html`<button type="button" class="copy" data-copied="${text.copied}" data-failed="${text.notCopied}"><span class="copy-word">${text.copy}</span><span class="hidden"> ${what}</span></button>`;

/** A block of code with its title and a button that copies it. */
export const codeBlock = (
  title: string,
  about: string,
  code: Html[],
  text: Text,
  id?: string,
): Html => html`
<figure class="code"${id ? html` id="${id}"` : undefined} data-copy>
  <figcaption><span>${title}</span>${copyButton(`${title}, ${about}`, text)}</figcaption>
  <pre tabindex="0" role="group" aria-label="${title}, ${about}"><code>${code}</code></pre>
</figure>`;

export const jsonBlock = (title: string, about: string, value: unknown, text: Text): Html =>
  codeBlock(title, about, jsonHtml(value), text);

export const plainBlock = (title: string, about: string, code: string, text: Text): Html =>
  codeBlock(title, about, [html`${code}`], text);

/** A sample in each language: tabs, or one after another without JavaScript. */
export function sampleTabs(
  id: string,
  about: string,
  samples: readonly Sample[],
  text: Text,
): Html {
  const tab = (sample: Sample, index: number) =>
    html`<button type="button" role="tab" id="${id}-tab-${sample.id}" aria-controls="${id}-${sample.id}" aria-selected="${index === 0 ? 'true' : 'false'}" data-language="${sample.id}">${sample.name}</button>`;
  return html`
<div class="tabs">
<div class="tablist scripted" role="tablist" aria-label="${text.samples.languages}, ${about}">${samples.map(tab)}</div>${samples.map(
    (sample) =>
      codeBlock(sample.name, about, sampleHtml(sample.id, sample.code), text, `${id}-${sample.id}`),
  )}
</div>`;
}

/** Where requests go. */
export const endpoint = (url: string, text: Text): Html =>
  html`<p class="endpoint" data-copy><span class="method">POST</span><code>${url}</code>${copyButton(text.baseUrl.title, text)}</p>`;
