/** Where in a file something is wrong. Lines count from 1, records of a collection from 0. */
export interface Place {
  readonly line: number;
  readonly collection?: string | undefined;
  readonly index?: number | undefined;
  readonly field?: string | undefined;
}

/** A fault of a file to load: nothing of it is loaded. The message quotes no person's data. */
export class LoadError extends Error {
  override readonly name = 'LoadError';
  readonly place: Place;

  constructor(place: Place, problem: string) {
    const { line, collection, index, field } = place;
    const where = [
      `line ${line}`,
      ...(collection === undefined
        ? []
        : [index === undefined ? collection : `${collection}[${index}]`]),
      ...(field === undefined ? [] : [`"${field}"`]),
    ];
    super(`${where.join(', ')}: ${problem}`);
    this.place = place;
  }
}
