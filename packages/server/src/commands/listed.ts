import type { CrmDatabase } from '../installation/databases.ts';
import { designated, type List } from '../store/lists.ts';
import { CommandError } from './output.ts';

/** The id of a designation of a list; where there is none, what there is. */
export async function listed(
  { db }: CrmDatabase,
  option: string,
  list: List,
  designation: string,
): Promise<number> {
  const rows = await designated(db, list);
  const found = rows.find((row) => row.designation === designation.normalize('NFC'));
  if (found) return found.id;
  const names = rows.map((row) => `"${row.designation}"`).join(', ');
  throw new CommandError(
    `${option}: there is no ${list} "${designation}". There is: ${names || 'none, load some first'}.`,
    'notFound',
  );
}
