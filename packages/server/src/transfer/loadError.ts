/** Where in a file something is wrong. Lines count from 1, records of a collection from 0. */
export interface Place {
  readonly line: number;
  readonly collection?: string | undefined;
  readonly index?: number | undefined;
  readonly field?: string | undefined;
}

/** A member's name comes from the file: however long it is there, a message stays one line. */
const MOST_NAME = 60;

/**
 * A fault of a file to load: nothing of it is loaded. `line` is where the record starts, or where
 * the file itself is wrong. The message names fields and ids and quotes nothing else, so that it
 * may be logged: no person's data is in it.
 */
export class LoadError extends Error {
  override readonly name = 'LoadError';
  readonly line: number;
  readonly collection: string | null;
  readonly index: number | null;
  readonly field: string | null;

  constructor(place: Place, problem: string) {
    super(`${describe(place)}: ${problem}`);
    this.line = place.line;
    this.collection = place.collection ?? null;
    this.index = place.index ?? null;
    this.field = place.field ?? null;
  }
}

function describe({ line, collection, index, field }: Place): string {
  const where = [`line ${line}`];
  if (collection !== undefined) where.push(collection + (index === undefined ? '' : `[${index}]`));
  if (field !== undefined) where.push(quote(field));
  return where.join(', ');
}

function quote(name: string): string {
  const short = name.length > MOST_NAME ? `${name.slice(0, MOST_NAME)}…` : name;
  // JSON's escapes keep control characters and lone surrogates out of terminals and logs.
  return JSON.stringify(short);
}
