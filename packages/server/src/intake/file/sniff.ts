import { FileError } from './fileError.ts';

interface Signature {
  readonly bytes: string;
  readonly problem: string;
}

/** Files that are no table, by their first bytes (as Latin-1), with what to do about them. */
const strangers: readonly Signature[] = [
  {
    bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    problem:
      'This is an old Excel file (.xls) or one with a password; save it as .xlsx without password.',
  },
  { bytes: '%PDF-', problem: 'This is a PDF; leads are read from CSV and XLSX.' },
  { bytes: '{\\rtf', problem: 'This is a text document; leads are read from CSV and XLSX.' },
  { bytes: '\x1f\x8b', problem: 'This file is compressed (gzip); unpack it first.' },
  { bytes: 'Rar!', problem: 'This file is compressed (RAR); unpack it first.' },
  { bytes: '7z\xbc\xaf\x27\x1c', problem: 'This file is compressed (7z); unpack it first.' },
];

/** Systems export web pages under names such as `leads.xls`; Excel opens them, with a warning. */
const markup = /^(\xef\xbb\xbf)?\s*<(\?xml|!doctype|!--|html|head|meta|table|style)\b/i;

/** What the first bytes of a file say that it is, whatever its name. Fails with a FileError. */
export function sniff(start: Buffer): 'csv' | 'zip' {
  if (start.length === 0) throw new FileError('The file is empty.');
  const text = start.toString('latin1');
  if (text.startsWith('PK\x03\x04') || text.startsWith('PK\x05\x06')) return 'zip';
  const stranger = strangers.find(({ bytes }) => text.startsWith(bytes));
  if (stranger !== undefined) throw new FileError(stranger.problem);
  if (markup.test(text)) {
    throw new FileError(
      'This is a web page or XML under the name of a table; open it in Excel and save it as .xlsx.',
    );
  }
  return 'csv';
}
