import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { whileHeld } from './waiting.ts';

/** A file of so many leads, each of a person of its own. */
export const leads = (count: number): string =>
  [
    'nom;telephone;programme',
    ...Array.from({ length: count }, (_, row) => `Nom ${row};06${10_000_000 + row};145`),
  ].join('\r\n');

/**
 * Does a piece of work while an import waits to store the row of this number, for as long as that
 * takes.
 */
export const whileRowWaits = ({ db }: CrmDatabase, row: number, work: () => Promise<void>) =>
  whileHeld(
    db,
    sql`
      insert into prospect_identity (value, id_prospect)
      values (${`+336${10_000_000 + row}`}, 0)`,
    work,
  );

/** The same while a bulk change waits to change an action. */
export const whileActionWaits = ({ db }: CrmDatabase, id: number, work: () => Promise<void>) =>
  whileHeld(db, sql`select from action where action.id = ${id} for update`, work);
