/** How one parameter of an address is read and written. Whatever cannot be read is its default. */
export interface Param<Value> {
  readonly initial: Value;
  /** undefined when the texts are not a value. */
  read(texts: readonly string[]): Value | undefined;
  /** No text: the parameter is left out. */
  write(value: Value): readonly string[];
}

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

const text: Param<string> = {
  initial: '',
  read: ([first]) => first,
  write: (value) => (value === '' ? [] : [value]),
};

const name: Param<string | undefined> = {
  initial: undefined,
  read: ([first]) => first || undefined,
  write: (value) => (value === undefined ? [] : [value]),
};

const texts: Param<readonly string[]> = {
  initial: [],
  read: (all) => all,
  write: (value) => value,
};

const id: Param<number | undefined> = {
  initial: undefined,
  read: ([first]) => wholeNumber(first),
  write: (value) => (value === undefined ? [] : [String(value)]),
};

const ids: Param<readonly number[]> = {
  initial: [],
  read: (all) => all.map(wholeNumber).filter((value) => value !== undefined),
  write: (value) => value.map(String),
};

const flag: Param<boolean> = {
  initial: false,
  read: ([first]) => first === 'true',
  write: (value) => (value ? ['true'] : []),
};

/** One of some words; the first is the default. */
const oneOf = <const Word extends string>(first: Word, ...others: Word[]): Param<Word> => ({
  initial: first,
  read: ([given]) => [first, ...others].find((word) => word === given),
  write: (value) => (value === first ? [] : [value]),
});

export const param = { text, texts, name, id, ids, flag, oneOf };

/** The parameters of a screen, by the name that they have in the address. */
// biome-ignore lint/suspicious/noExplicitAny: Param is invariant; `unknown` would take no parameter at all.
export type Params = Readonly<Record<string, Param<any>>>;
export type UrlState<Shape extends Params> = {
  readonly [Name in keyof Shape]: Shape[Name] extends Param<infer Value> ? Value : never;
};

export function readUrl<Shape extends Params>(
  shape: Shape,
  search: URLSearchParams,
): UrlState<Shape> {
  const entries = Object.entries(shape).map(([name, { initial, read }]) => {
    const given = search.getAll(name);
    return [name, given.length === 0 ? initial : (read(given) ?? initial)];
  });
  return Object.fromEntries(entries);
}

/** The parameters after a change; those that the screen's shape does not know stay as they are. */
export function writeUrl<Shape extends Params>(
  shape: Shape,
  search: URLSearchParams,
  change: Partial<UrlState<Shape>>,
): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    next.delete(name);
    for (const text of shape[name]?.write(value) ?? []) next.append(name, text);
  }
  return next;
}
