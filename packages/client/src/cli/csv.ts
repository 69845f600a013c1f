import { contactFields } from '../contactFields.ts';
import type { Contact } from '../types.ts';

const LINE = '\r\n';

/** The first line of a CSV file of contacts (RFC 4180). */
export const csvHeader = `${contactFields.join(',')}${LINE}`;

export const csvLine = (contact: Contact): string =>
  `${contactFields.map((field) => cell(contact[field])).join(',')}${LINE}`;

/** A field that an older server does not give is empty. */
function cell(value: string | number | null | undefined): string {
  if (typeof value !== 'string') return String(value ?? '');
  const safe = isFormula(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * What a spreadsheet would calculate. A telephone such as +33612345678 is none: it stays as it is,
 * for the programs that read the file.
 */
const isFormula = (text: string): boolean =>
  /^[\s]*[=@+\-\t\r]/.test(text) && !/^[+-][\d .()-]*$/.test(text);
