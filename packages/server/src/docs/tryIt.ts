import { commonHeaders, type Operation, type ResponseHeader } from '@relais/contract';
import { type Html, html, inline } from './html.ts';
import { codeBlock } from './parts.ts';
import { KEY_VARIABLE } from './samples/index.ts';
import { type SchemaRow, schemaRows } from './schemaRows.ts';
import type { Text } from './words/text.en.ts';

/**
 * A form that sends an operation to this server, made from its request schema; the server checks
 * what is entered. `assets/tryIt.js` brings it to life; without JavaScript it is not shown.
 */
export function tryIt(operation: Operation, title: string, text: Text): Html {
  const { name, request, headers } = operation;
  const words = text.tryIt;
  return html`
<details class="try scripted" id="${name}-try">
<summary>${words.title}<span class="hidden">${text.colon}${title}</span></summary>
<form data-operation="${name}" data-headers="${[...commonHeaders, ...headers].filter(hasNews).join(' ')}" data-variable="${KEY_VARIABLE}" data-no-key="${words.noKey}" data-bad-key="${words.badKey}" data-no-answer="${words.noAnswer}" data-sending="${words.sending}" autocomplete="off" novalidate>
<div class="try-request">
  <p class="hint">${words.intro}</p>
  ${warning(operation, text)}
  <div class="input"><label for="${name}-try-key">${words.key}</label><input id="${name}-try-key" type="password" data-key autocomplete="off" autocapitalize="off" spellcheck="false"></div>
  ${schemaRows(request, text.types).map((row) => input(operation, row, text))}
  ${actions(operation, text)}
</div>
${answer(name, title, text)}
</form>
</details>`;
}

/** Whether an answer's header differs from one answer to the next. */
const hasNews = (name: ResponseHeader): boolean => name !== 'Cache-Control';

const changesOf = ({ name, changes }: Operation, text: Text) => {
  if (!changes) return undefined;
  const words = text.tryIt.changes[name];
  if (!words) throw new Error(`there is no question before "${name}" in "${text.lang}"`);
  return words;
};

function warning(operation: Operation, text: Text): Html | undefined {
  const words = changesOf(operation, text);
  return words && html`<p class="warning">${inline(words.warning)}</p>`;
}

function input({ name: operation, changes }: Operation, row: SchemaRow, text: Text): Html {
  const { name, type, required } = row;
  const id = `${operation}-try-${name}`;
  const isKey = name === 'idempotencyKey';
  const hint = isKey ? text.tryIt.idempotencyKey : row.input === 'numbers' && text.tryIt.numbers;
  // What is only tried takes as little as possible.
  const value = changes && name === 'limit' ? html` value="1"` : undefined;
  const field = html`<input id="${id}" name="${name}" type="text" data-input="${row.input}"${isKey ? html` data-idempotency` : undefined}${value}${row.input === 'text' ? undefined : html` inputmode="numeric"`}${hint ? html` aria-describedby="${id}-hint"` : undefined} autocomplete="off" autocapitalize="off" spellcheck="false">`;
  return html`
  <div class="input"><label for="${id}"><code>${name}</code> <span class="type">${type}, ${required ? text.required : text.optional}</span></label>${
    isKey
      ? html`<div class="with-button">${field}<button type="button" data-new-key>${text.tryIt.newKey}</button></div>`
      : field
  }${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : undefined}</div>`;
}

/** The button; before a change, a question in its place. */
function actions(operation: Operation, text: Text): Html {
  const words = changesOf(operation, text);
  const question =
    words &&
    html`<div class="question" role="group" aria-labelledby="${operation.name}-question" hidden><p id="${operation.name}-question">${words.question}</p><button type="button" class="primary danger" data-yes>${words.yes}</button> <button type="button" data-no>${text.tryIt.cancel}</button></div>`;
  return html`<p class="problem" role="alert"></p>
  <div class="actions"><button type="submit" class="primary">${text.tryIt.send}</button></div>${question}`;
}

const answer = (name: string, title: string, text: Text): Html => {
  const { answer, noAnswerYet, status, time, headers, body, asCurl } = text.tryIt;
  return html`<div class="try-answer" role="region" aria-label="${answer}, ${title}">
<p class="no-answer">${noAnswerYet}</p>
<div hidden>
  <dl class="verdict"><div><dt>${status}</dt><dd class="status" data-status></dd></div><div><dt>${time}</dt><dd data-time></dd></div></dl>
  <dl class="answer-headers" aria-label="${headers}" data-answer-headers></dl>
  ${codeBlock(body, name, [], text, `${name}-try-body`)}
  ${codeBlock(asCurl, name, [], text, `${name}-try-curl`)}
</div></div>`;
};
