import { contact, exampleContact, examplePulledContact, type Operation } from '@relais/contract';
import { z } from 'zod';
import { type Html, html, inline } from './html.ts';
import {
  heading,
  jsonBlock,
  memberList,
  ownErrorTable,
  ownHeaderTable,
  paragraphs,
  shellBlock,
} from './parts.ts';
import { schemaRows } from './schemaRows.ts';
import type { Text } from './text.en.ts';

/** How many of a contact's fields the published page shows. */
const PUBLISHED_FIELDS = 12;
/** The operation whose section lists the fields of a contact. */
const CONTACT_HOME = 'readContacts';

/** The section of one operation: prose at the left, what is sent and answered at the right. */
export function operationSection(operation: Operation, curl: string, text: Text): Html {
  const { name, title, description, example, retry } = operation;
  const marks = html`<span class="method">POST</span>${
    operation.changes
      ? html`<span class="tag changes">${text.changes}</span>`
      : html`<span class="tag">${text.readOnly}</span>`
  }`;
  return html`
<section class="split" aria-labelledby="${name}">
  <div class="prose">
    ${heading(2, name, title, text, marks)}
    <p class="operation-name"><code>${name}</code></p>
    ${paragraphs([description])}
    ${parameters(operation, text)}
    ${fields(operation, text)}
    ${heading(3, `${name}-retry`, text.retryTitle, text)}
    ${paragraphs([text.retry[retry]])}
    ${ownErrors(operation, text)}
    ${ownHeaders(operation, text)}
  </div>
  <div class="samples">
    ${jsonBlock(text.request, name, { operation: name, ...example.request }, text)}
    ${shellBlock(text.curl, name, curl, text)}
    ${jsonBlock(`${text.response} 200 OK`, name, example.response, text)}
  </div>
</section>`;
}

function parameters({ name, request, published }: Operation, text: Text): Html {
  const rows = schemaRows(request, text.types);
  const title = heading(3, `${name}-parameters`, text.parameters, text);
  if (rows.length === 0) return html`${title}${paragraphs([text.operationOnly])}`;
  return html`${title}
${paragraphs([published ? text.unknownIgnored : text.unknownRefused])}
${memberList(rows, text, ({ required }) => [required ? text.required : text.optional])}`;
}

function fields({ name, response, example }: Operation, text: Text): Html {
  const list = response instanceof z.ZodArray;
  const item = (list ? response.element : response) as z.ZodObject;
  const note = list ? text.answerList : text.answerObject;
  if (item === contact) return contactFields(name, note, text);
  const [sample] = [example.response].flat() as Record<string, unknown>[];
  return html`${heading(3, `${name}-fields`, text.fields, text)}<p>${note}</p>
${memberList(
  schemaRows(item, text.types),
  text,
  () => [],
  (row) => sample?.[row.name],
)}`;
}

function contactFields(name: string, note: string, text: Text): Html {
  const home = `${CONTACT_HOME}-fields`;
  if (name !== CONTACT_HOME) {
    return html`${heading(3, `${name}-fields`, text.fields, text)}<p>${note} ${text.sameAs} <a href="#${home}">${CONTACT_HOME}</a>.</p>`;
  }
  const rows = schemaRows(contact, text.types);
  const further = rows.slice(PUBLISHED_FIELDS);
  const samples: Record<string, unknown>[] = [exampleContact, examplePulledContact];
  const example = (row: { name: string }) =>
    samples.map((sample) => sample[row.name]).find((value) => value !== null);
  return html`${heading(3, home, text.contactFields, text)}
<p>${note} ${inline(text.publishedFields(PUBLISHED_FIELDS))}</p>
${memberList(rows.slice(0, PUBLISHED_FIELDS), text, () => [text.published], example)}
<details class="further"><summary>${text.furtherFields(further.length)}</summary>
${memberList(further, text, () => [], example)}
</details>`;
}

function ownErrors({ name, title, errors }: Operation, text: Text): Html {
  const label = heading(3, `${name}-errors`, text.ownErrors, text);
  const shared = html`<a href="#errors">${text.sharedErrorsLink}</a>.`;
  if (errors.length === 0) return html`${label}<p>${text.onlySharedErrors} ${shared}</p>`;
  return html`${label}${ownErrorTable(`${text.ownErrors}, ${title}`, errors, text)}<p class="after">${text.sharedErrors} ${shared}</p>`;
}

function ownHeaders({ name, title, headers }: Operation, text: Text): Html {
  const label = heading(3, `${name}-headers`, text.ownHeaders, text);
  const shared = html`<a href="#headers">${text.sharedHeadersLink}</a>.`;
  if (headers.length === 0) return html`${label}<p>${text.onlySharedHeaders} ${shared}</p>`;
  return html`${label}${ownHeaderTable(`${text.ownHeaders}, ${title}`, headers, text)}<p class="after">${text.sharedHeaders} ${shared}</p>`;
}
