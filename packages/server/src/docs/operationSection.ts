import { contact, type Operation } from '@relais/contract';
import { z } from 'zod';
import type { CurlExample } from './curl.ts';
import { type Html, html, inline } from './html.ts';
import {
  codeBlock,
  errorTable,
  headerTable,
  heading,
  jsonBlock,
  memberList,
  paragraphs,
} from './parts.ts';
import { type SchemaRow, schemaRows } from './schemaRows.ts';
import type { Text } from './text.en.ts';

/** How many of a contact's fields the published page shows. */
const PUBLISHED_FIELDS = 12;

/** The section of one operation: prose at the left, what is sent and answered at the right. */
export function operationSection(operation: Operation, curl: CurlExample, text: Text): Html {
  const { name, title, description, example, errors: own, headers } = operation;
  const mark = html`<span class="method">POST</span>${
    operation.changes
      ? html`<span class="tag changes">${text.changes}</span>`
      : html`<span class="tag">${text.readOnly}</span>`
  }`;
  return html`
<section class="split" id="section-${name}" aria-labelledby="${name}">
  <div class="prose">
    ${heading(2, name, title, text, mark)}
    <p class="operation-name"><code>${name}</code></p>
    ${paragraphs([description])}
    ${parameters(operation, text)}
    ${fields(operation, text)}
    <h3>${text.retryTitle}</h3>
    <p>${inline(text.retry[operation.retry])}</p>
    ${own.length ? html`<h3>${text.ownErrors}</h3>${errorTable(own, text)}` : undefined}
    ${headers.length ? html`<h3>${text.ownHeaders}</h3>${headerTable(headers, text)}` : undefined}
  </div>
  <div class="samples">
    ${jsonBlock(text.request, { operation: name, ...example.request }, text)}
    ${codeBlock('curl', curl.command, text)}
    ${jsonBlock(`${text.response} 200 OK`, example.response, text)}
  </div>
</section>`;
}

function parameters({ request, published }: Operation, text: Text): Html {
  const rows = schemaRows(request);
  if (rows.length === 0)
    return html`<h3>${text.parameters}</h3><p>${inline(text.noParameters)}</p>`;
  const tags = (row: SchemaRow) => [row.required ? text.required : text.optional];
  return html`<h3>${text.parameters}</h3>
<p>${published ? text.unknownIgnored : text.unknownRefused}</p>
${memberList(rows, tags)}`;
}

function fields({ name, response }: Operation, text: Text): Html {
  const item = response instanceof z.ZodArray ? response.element : response;
  if (item === contact && name !== 'readContacts') {
    return html`<h3>${text.fields}</h3><p>${text.responseNote} <a href="#readContacts-fields">${text.contactNote}</a></p>`;
  }
  const rows = schemaRows(item as z.ZodObject);
  if (item !== contact) return html`<h3>${text.fields}</h3>${memberList(rows, () => [])}`;
  const published = new Set(rows.slice(0, PUBLISHED_FIELDS));
  return html`<h3 id="readContacts-fields">${text.contactFields}</h3><p>${text.responseNote}</p>
<details><summary>${text.allFields}</summary>
${memberList(rows, (row) => (published.has(row) ? [text.published] : []))}
</details>`;
}
