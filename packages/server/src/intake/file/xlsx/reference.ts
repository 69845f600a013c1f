/** The number of a column, from 1, of a reference such as `AB12`; NaN when it is none. */
export function columnOf(reference: string): number {
  const letters = /^\$?([A-Z]{1,3})\$?\d+$/i.exec(reference)?.[1]?.toUpperCase();
  if (letters === undefined) return Number.NaN;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}

/** The row of such a reference, as rowNumber reads it. */
export const rowOf = (reference: string): number =>
  rowNumber(/^\$?[A-Z]{1,3}\$?(\d+)$/i.exec(reference)?.[1] ?? '');

/** The number of a row, from 1, as a sheet writes it; NaN when it is none. */
export const rowNumber = (text: string): number =>
  /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
