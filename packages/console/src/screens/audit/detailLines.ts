/** One thing that the detail of an entry tells. */
export interface DetailLine {
  /** A member of the detail, or a path into it: `forms.map`. */
  readonly name: string;
  /** One value, or what it was and what it is. */
  readonly values: readonly unknown[];
}

type Detail = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Detail =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * The detail of an entry, line by line. What it was `before` and is `after` stand in one line, and
 * what has not changed is left out.
 */
export function detailLines({ before, after, ...rest }: Detail): readonly DetailLine[] {
  return [
    ...changes(before, after),
    ...Object.entries(rest).flatMap(([name, value]) => lines(name, value)),
  ];
}

function changes(before: unknown, after: unknown): readonly DetailLine[] {
  if (before === undefined && after === undefined) return [];
  if (!isObject(before) || !isObject(after)) {
    return [{ name: 'after', values: [before, after] }];
  }
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !isSame(before[name], after[name]))
    .map((name) => ({ name, values: [before[name], after[name]] }));
}

function lines(path: string, value: unknown): readonly DetailLine[] {
  if (!isObject(value)) return [{ name: path, values: [value] }];
  return Object.entries(value).flatMap(([name, own]) => lines(`${path}.${name}`, own));
}
