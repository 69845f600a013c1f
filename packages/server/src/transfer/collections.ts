import { type LoadCollection, loadCollections } from '@relais/contract';
import { LoadError } from './loadError.ts';

const known = Object.keys(loadCollections).join(', ');

export const isCollection = (name: unknown): name is LoadCollection =>
  typeof name === 'string' && Object.hasOwn(loadCollections, name);

/** The collection of this name, which stands in this line of the file. */
export function knownCollection(name: unknown, line: number): LoadCollection {
  if (isCollection(name)) return name;
  throw new LoadError(
    { line },
    name === undefined
      ? `a record must name its collection, one of ${known}.`
      : `there is no such collection; there is ${known}.`,
  );
}
