import { contact, exampleContact, examplePulledContact, type Operation } from '@relais/contract';
import { z } from 'zod';
import { CONTACT_HOME } from './clientApi.ts';
import { type Html, html, inline } from './html.ts';
import { heading, jsonBlock, paragraphs, sampleTabs } from './parts.ts';
import { type Sample, samplesOf } from './samples/index.ts';
import { schemaRows } from './schemaRows.ts';
import { memberList, ownErrorTable, ownHeaderTable } from './tables.ts';
import { tryIt } from './tryIt.ts';
import type { Text } from './words/text.en.ts';

/** How many of a contact's fields the published page shows. */
const PUBLISHED_FIELDS = 12;

/**
 * The section of one operation: prose at the left, what is sent and answered at the right, and
 * below them a form that sends it.
 */
export function operationSection(operation: Operation, text: Text, baseUrl: string): Html {
  const { name, example, retry } = operation;
  const { title, description } = text.contract.operation(operation);
  const samples = samplesOf(operation, { baseUrl, pullNote: text.samples.pullNote });
  const marks = html`<span class="method">POST</span>${
    operation.changes
      ? html`<span class="tag changes">${text.changes}</span>`
      : html`<span class="tag">${text.readOnly}</span>`
  }`;
  return html`
<section class="part" aria-labelledby="${name}">
  <div class="split"><div class="prose">
    ${heading(2, name, title, text, { find: { kind: 'operation', alias: name }, marks })}
    <p class="operation-name"><code>${name}</code></p>
    ${paragraphs([description])}
    ${parameters(operation, text)}
    ${fields(operation, text)}
    ${heading(3, `${name}-retry`, text.retryTitle, text)}
    ${paragraphs([text.retry[retry]])}
    ${ownErrors(operation, title, text)}
    ${ownHeaders(operation, title, text)}
  </div>
  <div class="samples">
    ${jsonBlock(text.request, name, { operation: name, ...example.request }, text)}
    ${sampleBlock(operation, samples, text)}
    ${jsonBlock(`${text.response} 200 OK`, name, example.response, text)}
  </div></div>
  <div class="full">${tryIt(operation, title, text)}</div>
</section>`;
}

/** The samples, and for a pull what its Idempotency-Key is for. */
function sampleBlock({ name, retry }: Operation, samples: readonly Sample[], text: Text): Html {
  const hint =
    retry === 'always' ? undefined : html`<p class="hint">${inline(text.samples.pullHint)}</p>`;
  return html`${sampleTabs(`${name}-sample`, name, samples, text)}${hint}`;
}

function parameters(operation: Operation, text: Text): Html {
  const { name, request, published } = operation;
  const rows = schemaRows(request, text.types);
  const title = heading(3, `${name}-parameters`, text.parameters, text);
  if (rows.length === 0) return html`${title}${paragraphs([text.operationOnly])}`;
  return html`${title}
${paragraphs([published ? text.unknownIgnored : text.unknownRefused])}
${memberList(`${name}-parameter`, 'parameter', rows, text, {
  meaning: (row) => text.contract.parameter(operation, row),
  marks: ({ required }) => [required ? text.required : text.optional],
})}`;
}

function fields(operation: Operation, text: Text): Html {
  const { name, response, example } = operation;
  const list = response instanceof z.ZodArray;
  const item = (list ? response.element : response) as z.ZodObject;
  const note = list ? text.answerList : text.answerObject;
  if (item === contact) return contactFields(operation, note, text);
  const [sample] = [example.response].flat() as Record<string, unknown>[];
  return html`${heading(3, `${name}-fields`, text.fields, text)}<p>${note}</p>
${memberList(`${name}-field`, 'field', schemaRows(item, text.types), text, {
  meaning: (row) => text.contract.field(operation, row),
  example: (row) => sample?.[row.name],
})}`;
}

function contactFields(operation: Operation, note: string, text: Text): Html {
  const { name } = operation;
  const home = `${CONTACT_HOME}-fields`;
  if (name !== CONTACT_HOME) {
    return html`${heading(3, `${name}-fields`, text.fields, text)}<p>${note} ${text.sameAs} <a href="#${home}">${CONTACT_HOME}</a>.</p>`;
  }
  const rows = schemaRows(contact, text.types);
  const further = rows.slice(PUBLISHED_FIELDS);
  const samples: Record<string, unknown>[] = [exampleContact, examplePulledContact];
  const columns = {
    meaning: (row: (typeof rows)[number]) => text.contract.field(operation, row),
    example: (row: { name: string }) =>
      samples.map((sample) => sample[row.name]).find((value) => value !== null),
  };
  return html`${heading(3, home, text.contactFields, text)}
<p>${note} ${inline(text.publishedFields(PUBLISHED_FIELDS))}</p>
${memberList('contact', 'field', rows.slice(0, PUBLISHED_FIELDS), text, { ...columns, marks: () => [text.published] })}
<details class="further"><summary>${text.furtherFields(further.length)}</summary>
${memberList('contact', 'field', further, text, columns)}
</details>`;
}

function ownErrors({ name, errors }: Operation, title: string, text: Text): Html {
  const label = heading(3, `${name}-errors`, text.ownErrors, text);
  const shared = html`<a href="#errors">${text.sharedErrorsLink}</a>.`;
  if (errors.length === 0) return html`${label}<p>${text.onlySharedErrors} ${shared}</p>`;
  return html`${label}${ownErrorTable(`${text.ownErrors}, ${title}`, errors, text)}<p class="after">${text.sharedErrors} ${shared}</p>`;
}

function ownHeaders({ name, headers }: Operation, title: string, text: Text): Html {
  const label = heading(3, `${name}-headers`, text.ownHeaders, text);
  const shared = html`<a href="#headers">${text.sharedHeadersLink}</a>.`;
  if (headers.length === 0) return html`${label}<p>${text.onlySharedHeaders} ${shared}</p>`;
  return html`${label}${ownHeaderTable(`${text.ownHeaders}, ${title}`, headers, text)}<p class="after">${text.sharedHeaders} ${shared}</p>`;
}
