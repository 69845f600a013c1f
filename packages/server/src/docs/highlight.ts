import { type Html, html } from './html.ts';

const JSON_TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)/g;

/** A value as indented JSON, its parts marked for colour. */
export const jsonHtml = (value: unknown): Html[] =>
  marked(JSON.stringify(value, null, 2), JSON_TOKEN, ([whole, string, colon, number]) => {
    if (string && colon) return html`<span class="tok-name">${string}</span>${colon}`;
    if (string) return html`<span class="tok-string">${string}</span>`;
    if (number) return html`<span class="tok-number">${number}</span>`;
    return html`<span class="tok-word">${whole}</span>`;
  });

const SHELL_TOKEN = /('[^']*'|"[^"]*")|(?<=\s)(--?[A-Za-z][\w-]*)|(\\)$/gm;

/** A shell command, its options and quoted words marked for colour. */
const shellHtml = (command: string): Html[] =>
  marked(command, SHELL_TOKEN, ([whole, string, option]) => {
    if (string) return html`<span class="tok-string">${string}</span>`;
    if (option) return html`<span class="tok-name">${option}</span>`;
    return html`<span class="tok-quiet">${whole}</span>`;
  });

const WORDS =
  'as|async|await|break|catch|const|except|for|from|if|import|in|new|not|or|raise|return|throw|true|try|while|with|False|None|True';
const CODE_TOKEN = new RegExp(
  String.raw`((?:\bf)?"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|${'`'}[^${'`'}]*${'`'})|((?:\/\/|#) .*)|\b(${WORDS})\b|(<\?php|\$\w+)|(\b\d[\d_]*)`,
  'g',
);

/** A program in JavaScript, PHP or Python, its strings, comments and words marked for colour. */
const programHtml = (code: string): Html[] =>
  marked(code, CODE_TOKEN, ([whole, string, comment, word, name]) => {
    if (string) return html`<span class="tok-string">${string}</span>`;
    if (comment) return html`<span class="tok-quiet">${comment}</span>`;
    if (word) return html`<span class="tok-word">${word}</span>`;
    if (name) return html`<span class="tok-name">${name}</span>`;
    return html`<span class="tok-number">${whole}</span>`;
  });

/** A sample of the page, by the id of its language. */
export const sampleHtml = (language: string, code: string): Html[] =>
  language === 'curl' ? shellHtml(code) : programHtml(code);

/** A text whose tokens are marked; whatever lies between them stays, escaped. */
function marked(text: string, token: RegExp, mark: (match: RegExpExecArray) => Html): Html[] {
  const parts: Html[] = [];
  let from = 0;
  for (const match of text.matchAll(token)) {
    parts.push(html`${text.slice(from, match.index)}`, mark(match));
    from = match.index + match[0].length;
  }
  parts.push(html`${text.slice(from)}`);
  return parts;
}
