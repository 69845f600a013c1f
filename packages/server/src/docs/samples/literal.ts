/** What the literals of a language look like. */
export interface LiteralStyle {
  readonly indent: string;
  /** The brackets of an object, as they stand on one line. */
  readonly brackets: readonly [open: string, close: string];
  readonly words: { readonly true: string; readonly false: string; readonly null: string };
  string(text: string): string;
  member(name: string, value: string): string;
}

/** The longest object, in characters, that stands on one line. */
const ONE_LINE = 58;

/** A JSON value as a literal; `margin` is the indentation of the line that it starts on. */
export function literal(value: unknown, style: LiteralStyle, margin: string): string {
  if (typeof value === 'string') return style.string(value);
  if (typeof value === 'boolean') return style.words[value ? 'true' : 'false'];
  if (typeof value !== 'object') return String(value);
  if (value === null) return style.words.null;
  const inner = margin + style.indent;
  if (Array.isArray(value)) {
    return `[${value.map((item) => literal(item, style, inner)).join(', ')}]`;
  }
  const members = Object.entries(value).map(([name, member]) =>
    style.member(name, literal(member, style, inner)),
  );
  const [open, close] = style.brackets;
  const line = `${open}${members.join(', ')}${close}`;
  if (line.length <= ONE_LINE) return line;
  const lines = members.map((member) => `${inner}${member},\n`).join('');
  return `${open.trim()}\n${lines}${margin}${close.trim()}`;
}

/** A text in single quotes, as JavaScript and Python read it. */
export const singleQuoted = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
