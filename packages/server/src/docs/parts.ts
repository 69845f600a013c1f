import { type ErrorCode, errors, type ResponseHeader, responseHeaders } from '@relais/contract';
import { jsonHtml, shellHtml } from './highlight.ts';
import { type Html, html, inline } from './html.ts';
import type { SchemaRow } from './schemaRows.ts';
import type { Text } from './text.en.ts';

/** A heading that can be linked to; marks stand beside it and are not part of its name. */
export function heading(level: 2 | 3, id: string, title: string, text: Text, marks?: Html): Html {
  const named =
    level === 2 ? html`<h2 id="${id}">${title}</h2>` : html`<h3 id="${id}">${title}</h3>`;
  return html`<div class="heading h${level}">${named}${marks}<a class="anchor" href="#${id}" data-copied="${text.anchorCopied}" aria-label="${text.anchor} ${title}">#</a></div>`;
}

export const paragraphs = (texts: readonly string[]): Html[] =>
  texts.map((body) => html`<p>${inline(body)}</p>`);

/** A button that copies the code of the block around it. */
const copyButton = (what: string, text: Text): Html =>
  html`<button type="button" class="copy" data-copied="${text.copied}" data-failed="${text.notCopied}"><span class="copy-word">${text.copy}</span><span class="hidden"> ${what}</span></button>`;

/** A block of code with its title and a button that copies it. */
const codeBlock = (title: string, about: string, code: Html[], text: Text): Html => html`
<figure class="code" data-copy>
  <figcaption><span>${title}</span>${copyButton(`${title}, ${about}`, text)}</figcaption>
  <pre tabindex="0" role="group" aria-label="${title}, ${about}"><code>${code}</code></pre>
</figure>`;

export const jsonBlock = (title: string, about: string, value: unknown, text: Text): Html =>
  codeBlock(title, about, jsonHtml(value), text);

export const shellBlock = (title: string, about: string, command: string, text: Text): Html =>
  codeBlock(title, about, shellHtml(command), text);

export const plainBlock = (title: string, about: string, code: string, text: Text): Html =>
  codeBlock(title, about, [html`${code}`], text);

/** Where requests go. */
export const endpoint = (url: string, text: Text): Html =>
  html`<p class="endpoint" data-copy><span class="method">POST</span><code>${url}</code>${copyButton(text.baseUrl.title, text)}</p>`;

interface Row {
  readonly id?: string;
  readonly cells: readonly (Html | Html[] | string)[];
}

/** A table that turns into a list where it has little room; its roles keep it a table. */
const table = (name: string, label: string, columns: readonly string[], rows: Row[]): Html => html`
<div class="table ${name}"><table role="table" aria-label="${label}">
<thead role="rowgroup"><tr role="row">${columns.map((column) => html`<th scope="col" role="columnheader">${column}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map(
  ({ id, cells }) =>
    html`<tr role="row"${id ? html` id="${id}"` : undefined}>${cells.map((cell) => html`<td role="cell">${cell}</td>`)}</tr>`,
)}</tbody>
</table></div>`;

/** The table of all errors; the rows can be linked to. */
export const errorTable = (label: string, codes: readonly ErrorCode[], text: Text): Html =>
  table(
    'errors',
    label,
    text.errors.columns,
    codes.map((code) => errorRow(code, html`${code}`, true)),
  );

/** The errors of one operation, each linked to its place in the table of all. */
export const ownErrorTable = (label: string, codes: readonly ErrorCode[], text: Text): Html =>
  table(
    'errors',
    label,
    text.errors.columns,
    codes.map((code) => errorRow(code, html`<a href="#error-${code}">${code}</a>`, false)),
  );

function errorRow(code: ErrorCode, name: Html, target: boolean): Row {
  const { status, meaning, remedy } = errors[code];
  const cells = [
    html`<span class="status s${Math.floor(status / 100)}">${status}</span>`,
    html`<code>${name}</code>`,
    inline(meaning),
    inline(remedy),
  ];
  return target ? { id: `error-${code}`, cells } : { cells };
}

/** Headers and what they say. */
export const ownHeaderTable = (label: string, names: readonly ResponseHeader[], text: Text): Html =>
  table('headers', label, text.headers.columns.slice(0, 2), names.map(headerRow));

/** Headers, what they say, and on whose answers they are. */
export const headerTable = (
  label: string,
  names: readonly ResponseHeader[],
  on: (name: ResponseHeader) => Html[] | string,
  text: Text,
): Html =>
  table(
    'headers',
    label,
    text.headers.columns,
    names.map((name) => ({ cells: [...headerRow(name).cells, on(name)] })),
  );

const headerRow = (name: ResponseHeader): Row => ({
  cells: [html`<code>${name}</code>`, inline(responseHeaders[name])],
});

/** The members of a request or an answer: name, type, marks, meaning, and an example. */
export const memberList = (
  rows: readonly SchemaRow[],
  text: Text,
  marks: (row: SchemaRow) => readonly string[],
  example: (row: SchemaRow) => unknown = () => undefined,
): Html => html`
<dl class="members">${rows.map(
  (row) => html`
<div><dt><code>${row.name}</code> <span class="type">${row.type}</span>${marks(row).map((mark) => html` <span class="tag">${mark}</span>`)}</dt>
<dd>${inline(row.meaning)}</dd>${exampleOf(example(row), text)}</div>`,
)}
</dl>`;

const exampleOf = (value: unknown, text: Text): Html | undefined =>
  value === undefined || value === null
    ? undefined
    : html`<dd class="example">${text.example} <code>${JSON.stringify(value)}</code></dd>`;
