import { type ErrorCode, errors, type ResponseHeader, responseHeaders } from '@relais/contract';
import { jsonHtml } from './highlight.ts';
import { type Html, html, inline } from './html.ts';
import type { SchemaRow } from './schemaRows.ts';
import type { Text } from './text.en.ts';

/** A heading that can be linked to. */
export const heading = (level: 2 | 3, id: string, title: string, text: Text, mark?: Html): Html => {
  const inner = html`<a class="anchor" href="#${id}" aria-label="${text.anchor}: ${title}">#</a>`;
  return level === 2
    ? html`<h2 id="${id}">${title}${mark}${inner}</h2>`
    : html`<h3 id="${id}">${title}${mark}${inner}</h3>`;
};

export const paragraphs = (texts: readonly string[]): Html[] =>
  texts.map((body) => html`<p>${inline(body)}</p>`);

/** A block of code with its title and a button that copies it. */
export const codeBlock = (title: string, code: Html | Html[] | string, text: Text): Html => html`
<figure class="code">
  <figcaption><span>${title}</span><button type="button" class="copy" data-copied="${text.copied}">${text.copy}</button></figcaption>
  <pre tabindex="0"><code>${code}</code></pre>
</figure>`;

export const jsonBlock = (title: string, value: unknown, text: Text): Html =>
  codeBlock(title, jsonHtml(value), text);

/** Rows as a table that scrolls on its own when it is too wide. */
export const table = (
  columns: readonly string[],
  rows: readonly (readonly (Html | string)[])[],
): Html => html`
<div class="table" tabindex="0" role="region" aria-label="${columns.join(', ')}"><table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`;

/** The members of a request or an answer as a list: name, type, meaning. */
export const memberList = (
  rows: readonly SchemaRow[],
  tags: (row: SchemaRow) => readonly string[],
): Html => html`
<dl class="members">${rows.map(
  (row) => html`
<div><dt><code>${row.name}</code><span class="type">${row.type}${row.nullable ? ' or null' : ''}</span>${tags(
    row,
  ).map((tag) => html`<span class="tag">${tag}</span>`)}</dt><dd>${inline(row.meaning)}</dd></div>`,
)}
</dl>`;

export const errorTable = (codes: readonly ErrorCode[], text: Text): Html =>
  table(
    text.errors.columns,
    codes.map((code) => [
      html`<span class="status s${Math.floor(errors[code].status / 100)}">${errors[code].status}</span>`,
      html`<code>${code}</code>`,
      errors[code].meaning,
      errors[code].remedy,
    ]),
  );

export const headerTable = (names: readonly ResponseHeader[], text: Text): Html =>
  table(
    text.headers.columns,
    names.map((name) => [html`<code>${name}</code>`, html`${inline(responseHeaders[name])}`]),
  );
