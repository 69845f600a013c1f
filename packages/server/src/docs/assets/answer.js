// @ts-check
// The answer of a try-it form. What a server or a person wrote is put in as text, never as HTML.

import { part } from './page.js';

const JSON_TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)/g;
/** Above so many signs an answer is shown without colours, which cost an element each. */
const MOST_COLOURED = 200_000;

/** JSON with its parts marked for colour, as src/docs/highlight.ts does. @param {string} text */
function marked(text) {
  const parts = document.createDocumentFragment();
  let from = 0;
  for (const match of text.matchAll(JSON_TOKEN)) {
    const [whole, string, colon, number] = match;
    const token = document.createElement('span');
    token.textContent = string ?? whole;
    const kind = string ? (colon ? 'name' : 'string') : number ? 'number' : 'word';
    token.className = `tok-${kind}`;
    parts.append(text.slice(from, match.index), token, colon ?? '');
    from = match.index + whole.length;
  }
  parts.append(text.slice(from));
  return parts;
}

/** @param {string} text */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** A word of a shell command in single quotes. @param {string} text */
const shellWord = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * Shows an answer beside its form, and gives its status as a sentence.
 * @param {HTMLFormElement} form
 * @param {{ response: Response, text: string, ms: number, body: string }} answer
 */
export function showAnswer(form, { response, text, ms, body }) {
  const { headers = '', variable = '' } = form.dataset;
  const place = part(form, '.try-answer');
  const status = part(place, '[data-status]');
  status.textContent = `${response.status} ${response.statusText}`.trim();
  status.className = `status s${Math.floor(response.status / 100)}`;
  part(place, '[data-time]').textContent = `${ms} ms`;

  const said = headers.split(' ').flatMap((name) => {
    const value = response.headers.get(name);
    if (value === null) return [];
    const [row, term, detail] = ['div', 'dt', 'dd'].map((tag) => document.createElement(tag));
    term?.append(name);
    detail?.append(value);
    row?.append(term ?? '', detail ?? '');
    return row ? [row] : [];
  });
  part(place, '[data-answer-headers]').replaceChildren(...said);

  const shown = pretty(text);
  const code = part(place, 'figure:nth-of-type(1) code');
  code.replaceChildren(shown.length > MOST_COLOURED ? shown : marked(shown));
  part(place, 'figure:nth-of-type(2) code').textContent = [
    `curl ${shellWord(`${location.origin}/api/v1`)}`,
    `-H "x-api-key: $${variable}"`,
    `-d ${shellWord(body)}`,
  ].join(' \\\n  ');
  part(place, '.no-answer').hidden = true;
  part(place, ':scope > div').hidden = false;
  part(place, '.verdict').scrollIntoView({ block: 'nearest' });
  return `${status.textContent}, ${ms} ms`;
}
