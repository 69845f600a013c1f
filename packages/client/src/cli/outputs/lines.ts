import type { Contact } from '../../types.ts';
import { csvHeader, csvLine } from '../csv.ts';
import type { Format } from './output.ts';

const PULL_ID = /(?:"pull_id":"|\dZ,)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g;

/** The pulls that contacts in lines of either format are of: in CSV the time of the pull comes before. */
export const pullsIn = (lines: string): Set<string | undefined> =>
  new Set([...lines.matchAll(PULL_ID)].map(([, id]) => id));

/** Contacts as lines of a format. `first` is true where nothing stands before them. */
export function linesOf(contacts: readonly Contact[], format: Format, first: boolean): string {
  if (format === 'jsonl') return contacts.map((each) => `${JSON.stringify(each)}\n`).join('');
  return (first ? csvHeader : '') + contacts.map(csvLine).join('');
}
