import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { List } from './lists.ts';
import type { Programme } from './programmeChanges.ts';

/** What is told apart by its name alone, where an operator chooses it. */
export type Named = List | 'client' | 'region';

/**
 * The name that another of its kind has and that is the same as this one, letter case and marks
 * aside; undefined when there is none. No index decides this: what was loaded may hold such twins,
 * and stays. So whoever gives a name of this kind waits here for the others to commit.
 */
export const nameAlike = (
  trx: Transaction<Crm>,
  named: Named,
  nom: string,
  own?: number,
): Promise<string | undefined> => alike(trx, named, nom, own, sql`true`);

/**
 * As nameAlike, of a programme: another of its region that has the same name and town. Leads that
 * name the two could go to neither.
 */
export const programmeAlike = (
  trx: Transaction<Crm>,
  { nom, ville, id_region }: Omit<Programme, 'id'>,
  own?: number,
): Promise<string | undefined> =>
  alike(
    trx,
    'programme',
    nom,
    own,
    sql`other.id_region = ${id_region}
      and folded(coalesce(other.ville, '')) = folded(coalesce(${ville}::text, ''))`,
  );

/** `among` says which others count. */
async function alike(
  trx: Transaction<Crm>,
  named: Named | 'programme',
  nom: string,
  own: number | undefined,
  among: RawBuilder<unknown>,
): Promise<string | undefined> {
  const byNom = named === 'client' || named === 'region' || named === 'programme';
  const name = sql.ref(byNom ? 'other.nom' : 'other.designation');
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`names of ${named}`}, 0))`.execute(trx);
  const found = await sql<{ nom: string }>`
    select ${name} as nom from ${sql.table(named)} other
    where folded(${name}) = folded(${nom}::text) and ${among}
      and other.id is distinct from ${own ?? null}::bigint
    order by other.id limit 1`.execute(trx);
  return found.rows[0]?.nom;
}
