import type { Contact } from '../../types.ts';
import { csvHeader, csvLine } from '../csv.ts';
import type { Format } from './output.ts';

/** Contacts as lines of a format. `first` is true where nothing stands before them. */
export function linesOf(contacts: readonly Contact[], format: Format, first: boolean): string {
  if (format === 'jsonl') return contacts.map((each) => `${JSON.stringify(each)}\n`).join('');
  return (first ? csvHeader : '') + contacts.map(csvLine).join('');
}
