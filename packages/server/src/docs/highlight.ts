import { type Html, html } from './html.ts';

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)/g;

/** A value as indented JSON, its parts marked for colour. */
export function jsonHtml(value: unknown): Html[] {
  const text = JSON.stringify(value, null, 2);
  const parts: Html[] = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon, number] = match;
    parts.push(html`${text.slice(from, match.index)}`);
    if (string && colon) parts.push(html`<span class="tok-name">${string}</span>${colon}`);
    else if (string) parts.push(html`<span class="tok-string">${string}</span>`);
    else if (number) parts.push(html`<span class="tok-number">${number}</span>`);
    else parts.push(html`<span class="tok-word">${whole}</span>`);
    from = match.index + whole.length;
  }
  parts.push(html`${text.slice(from)}`);
  return parts;
}
