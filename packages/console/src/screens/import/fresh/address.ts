import { param } from '../../../lib/urlState.ts';

/** A file before it is imported, in the address: a reload loses nothing. */
export const address = {
  source: param.name,
  file: param.name,
  separator: param.name,
  encoding: param.name,
  sheet: param.name,
  column: param.texts,
};
