import { sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { List } from './lists.ts';

/** What is told apart by its name alone, where an operator chooses it. */
export type Named = List | 'client' | 'region';

/**
 * The name that another of its kind has and that is the same as this one, letter case and marks
 * aside; undefined when there is none. No index decides this: what was loaded may hold such twins,
 * and stays. So whoever gives a name of this kind waits here for the others to commit.
 */
export async function nameAlike(
  trx: Transaction<Crm>,
  named: Named,
  nom: string,
  own?: number,
): Promise<string | undefined> {
  const name = sql.ref(
    named === 'client' || named === 'region' ? 'other.nom' : 'other.designation',
  );
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`names of ${named}`}, 0))`.execute(trx);
  const found = await sql<{ nom: string }>`
    select ${name} as nom from ${sql.table(named)} other
    where folded(${name}) = folded(${nom}::text) and other.id is distinct from ${own ?? null}::bigint
    order by other.id limit 1`.execute(trx);
  return found.rows[0]?.nom;
}
