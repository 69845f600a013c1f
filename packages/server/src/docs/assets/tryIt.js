// @ts-check
// The try-it forms. The reader's key lives in the variable below and in the fields, nowhere else.

import { showAnswer } from './answer.js';
import { announce, part } from './page.js';

let key = '';

const forms = [...document.querySelectorAll('form[data-operation]')].map(
  (form) => /** @type {HTMLFormElement} */ (form),
);

/** @param {HTMLFormElement} form */
const inputsOf = (form) =>
  /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('input[data-input]')]);

/** @param {HTMLFormElement} form */
const keyField = (form) => /** @type {HTMLInputElement} */ (part(form, 'input[data-key]'));

for (const form of forms) {
  keyField(form).addEventListener('input', ({ target }) => {
    key = /** @type {HTMLInputElement} */ (target).value.trim();
    for (const other of forms) if (other !== form) keyField(other).value = key;
  });
  prepareIdempotencyKey(form);
  prepareSending(form);
}

/** What is entered for a number is sent as one if it is one; the server judges the rest. */
/** @param {string} text */
const numberOf = (text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);

/** @param {HTMLFormElement} form */
function bodyOf(form) {
  /** @type {Record<string, unknown>} */
  const parameters = {};
  for (const { name, value, dataset } of inputsOf(form)) {
    const text = dataset.input === 'text' ? value : value.trim();
    if (text === '') continue;
    if (dataset.input === 'number') parameters[name] = numberOf(text);
    else if (dataset.input === 'numbers') parameters[name] = text.split(/[\s,;]+/).map(numberOf);
    else parameters[name] = text;
  }
  return JSON.stringify({ operation: form.dataset.operation, ...parameters });
}

/** A pull has a key from the start: its answer may be lost the first time. */
/** @param {HTMLFormElement} form */
function prepareIdempotencyKey(form) {
  const field = form.querySelector('input[data-idempotency]');
  if (!(field instanceof HTMLInputElement)) return;
  const renew = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    field.value = `docs-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  };
  renew();
  part(form, '[data-new-key]').addEventListener('click', () => {
    renew();
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

/** @param {HTMLFormElement} form */
function prepareSending(form) {
  const question = /** @type {HTMLElement | null} */ (form.querySelector('.question'));
  const button = /** @type {HTMLButtonElement} */ (part(form, '[type="submit"]'));
  const problem = part(form, '.problem');

  /** Before a change, a question takes the place of the button. @param {boolean} asked */
  const ask = (asked) => {
    if (!question) return;
    question.hidden = !asked;
    part(form, '.actions').hidden = asked;
  };
  /** @param {boolean} yes */
  const answered = (yes) => {
    ask(false);
    button.focus();
    if (yes) send(form, button, problem);
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    problem.textContent = '';
    // A header takes no other signs; and an empty key would count as a failed attempt.
    if (!/^[\x21-\x7e]+$/.test(key)) {
      problem.textContent = (key ? form.dataset.badKey : form.dataset.noKey) ?? '';
      keyField(form).focus();
    } else if (question) {
      ask(true);
      part(question, '[data-no]').focus();
    } else send(form, button, problem);
  });
  question?.querySelector('[data-yes]')?.addEventListener('click', () => answered(true));
  question?.querySelector('[data-no]')?.addEventListener('click', () => answered(false));
  question?.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') answered(false);
  });
  // What was asked about is what is sent.
  form.addEventListener('input', () => ask(false));
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} problem
 */
async function send(form, button, problem) {
  if (button.ariaDisabled === 'true') return;
  const body = bodyOf(form);
  const word = button.textContent;
  button.ariaDisabled = 'true';
  button.textContent = form.dataset.sending ?? '';
  const began = performance.now();
  try {
    const response = await fetch('/api/v1', {
      method: 'POST',
      headers: { 'x-api-key': key },
      body,
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.timeout(30_000),
    });
    const text = await response.text();
    const ms = Math.round(performance.now() - began);
    announce(showAnswer(form, { response, text, ms, body }));
  } catch {
    problem.textContent = form.dataset.noAnswer ?? '';
  } finally {
    button.ariaDisabled = null;
    button.textContent = word;
  }
}
