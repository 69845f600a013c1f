import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { type ContactFilter, type ContactSort, isMatch } from './contactSearch.ts';

/** The newest action there is; 0 when there is none. */
export async function lastAction(db: Kysely<Crm>): Promise<number> {
  const found = await sql<{ id: number }>`
    select coalesce(max(action.id), 0) as id from action`.execute(db);
  return found.rows[0]?.id ?? 0;
}

/** How many actions up to `last` a filter finds. */
export async function countMatchesUpTo(
  trx: Transaction<Crm>,
  filter: ContactFilter,
  sort: ContactSort,
  last: number,
): Promise<number> {
  const counted = await sql<{ actions: number }>`
    select count(*) as actions from action
    where action.id <= ${last} and ${isMatch(filter, sort)}`.execute(trx);
  return counted.rows[0]?.actions ?? 0;
}

/** The next actions that a filter finds, by id, from after one up to another. */
export async function matchesAfter(
  trx: Transaction<Crm>,
  filter: ContactFilter,
  sort: ContactSort,
  range: { readonly after: number; readonly last: number; readonly most: number },
): Promise<{ id: number; version: number }[]> {
  const found = await sql<{ id: number; version: number }>`
    select action.id, action.version from action
    where action.id > ${range.after} and action.id <= ${range.last} and ${isMatch(filter, sort)}
    order by action.id limit ${range.most}`.execute(trx);
  return found.rows;
}
