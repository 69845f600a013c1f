import { type ErrorCode, errors, type ResponseHeader } from '@relais/contract';
import { type Html, html, inline } from './html.ts';
import { type Found, findable } from './parts.ts';
import type { SchemaRow } from './schemaRows.ts';
import type { Text } from './words/text.en.ts';

interface Row {
  /** The place of the row on the page, and what the search calls it. */
  readonly target?: { readonly id: string; readonly kind: Found };
  readonly cells: readonly (Html | Html[] | string)[];
}

/** A table that turns into a list where it has little room; its roles keep it a table. */
const table = (
  name: string,
  label: string,
  columns: readonly string[],
  rows: Row[],
  text: Text,
): Html => html`
<div class="table ${name}"><table role="table" aria-label="${label}">
<thead role="rowgroup"><tr role="row">${columns.map((column) => html`<th scope="col" role="columnheader">${column}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map(
  ({ target, cells }) =>
    html`<tr role="row"${target ? html` id="${target.id}"${findable(target.kind, text)}` : undefined}>${cells.map((cell) => html`<td role="cell">${cell}</td>`)}</tr>`,
)}</tbody>
</table></div>`;

/** A name that links to its own place, for sharing. */
const selfLink = (id: string, name: string): Html =>
  html`<a class="self" href="#${id}"><code>${name}</code></a>`;

/** The table of all errors; the rows can be linked to. */
export const errorTable = (label: string, codes: readonly ErrorCode[], text: Text): Html =>
  table(
    'errors',
    label,
    text.errors.columns,
    codes.map((code) => {
      const id = `error-${code}`;
      return { target: { id, kind: 'error' }, cells: errorCells(code, selfLink(id, code), text) };
    }),
    text,
  );

/** The errors of one operation, each linked to its place in the table of all. */
export const ownErrorTable = (label: string, codes: readonly ErrorCode[], text: Text): Html =>
  table(
    'errors',
    label,
    text.errors.columns,
    codes.map((code) => ({
      cells: errorCells(code, html`<code><a href="#error-${code}">${code}</a></code>`, text),
    })),
    text,
  );

function errorCells(code: ErrorCode, name: Html, text: Text): Row['cells'] {
  const { status } = errors[code];
  const { meaning, remedy } = text.contract.error(code);
  const family = Math.floor(status / 100);
  return [
    html`<span class="status s${family}">${status}</span>`,
    name,
    inline(meaning),
    inline(remedy),
  ];
}

/** Headers and what they say. */
export const ownHeaderTable = (label: string, names: readonly ResponseHeader[], text: Text): Html =>
  table(
    'headers',
    label,
    text.headers.columns.slice(0, 2),
    names.map((name) => ({
      cells: [
        html`<code><a href="#header-${name}">${name}</a></code>`,
        inline(text.contract.header(name)),
      ],
    })),
    text,
  );

/** Headers, what they say, and on whose answers they are; the rows can be linked to. */
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
    names.map((name) => {
      const id = `header-${name}`;
      const cells = [selfLink(id, name), inline(text.contract.header(name)), on(name)];
      return { target: { id, kind: 'header' }, cells };
    }),
    text,
  );

/** Words and what they mean; the rows can be linked to. */
export const wordTable = (
  label: string,
  columns: readonly string[],
  rows: readonly { readonly name: string; readonly meaning: string }[],
  text: Text,
): Html =>
  table(
    'headers',
    label,
    columns,
    rows.map(({ name, meaning }) => {
      const id = `scenario-${name}`;
      const cells = [selfLink(id, name), inline(meaning)];
      return { target: { id, kind: 'parameter' }, cells };
    }),
    text,
  );

/** What a list of members shows of each row beside its name and type. */
interface MemberColumns {
  readonly meaning: (row: SchemaRow) => string;
  readonly marks?: (row: SchemaRow) => readonly string[];
  readonly example?: (row: SchemaRow) => unknown;
}

/** The members of a request or an answer; each has its place, `<place>-<name>`. */
export const memberList = (
  place: string,
  kind: Found,
  rows: readonly SchemaRow[],
  text: Text,
  { meaning, marks = () => [], example = () => undefined }: MemberColumns,
): Html => html`
<dl class="members">${rows.map(
  (row) => html`
<div id="${place}-${row.name}"${findable(kind, text)}><dt>${selfLink(`${place}-${row.name}`, row.name)} <span class="type">${row.type}</span>${marks(row).map((mark) => html` <span class="tag">${mark}</span>`)}</dt>
<dd>${inline(meaning(row))}</dd>${exampleOf(example(row), text)}</div>`,
)}
</dl>`;

const exampleOf = (value: unknown, text: Text): Html | undefined =>
  value === undefined || value === null
    ? undefined
    : html`<dd class="example">${text.example} <code>${JSON.stringify(value)}</code></dd>`;
