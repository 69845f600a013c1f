import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

/**
 * A statement that gives a locked client's next pull its number and time; columns: seq, pulled_at.
 * The time is read after the locks, since now() is when the transaction began. A clock that went
 * back by up to a minute is held at the last time; one that was far ahead once is not followed for
 * ever. Order rests on the number.
 */
export const takeTurn = (id: number): RawBuilder<{ seq: number; pulled_at: Date }> => sql`
  update client set
    last_pull_seq = client.last_pull_seq + 1,
    last_pulled_at = case
      when client.last_pulled_at > clock.now
        and client.last_pulled_at <= clock.now + interval '1 minute' then client.last_pulled_at
      else clock.now end
  from (select date_trunc('milliseconds', clock_timestamp()) as now) clock
  where client.id = ${id}
  returning client.last_pull_seq as seq, client.last_pulled_at as pulled_at`;

/** Creates a client; undefined when the name is taken. */
export async function insertClient(
  db: Kysely<Crm>,
  nom: string,
): Promise<{ id: number; nom: string } | undefined> {
  return db
    .insertInto('client')
    .values({ nom })
    .onConflict((conflict) => conflict.column('nom').doNothing())
    .returning(['id', 'nom'])
    .executeTakeFirst();
}

export async function listClients(db: Kysely<Crm>): Promise<{ id: number; nom: string }[]> {
  return db.selectFrom('client').select(['client.id', 'client.nom']).orderBy('client.id').execute();
}

/** Renames a client and gives its name before; undefined when there is no such client. */
export async function renameClient(
  trx: Transaction<Crm>,
  id: number,
  nom: string,
): Promise<string | undefined> {
  const before = await trx
    .selectFrom('client')
    .select('client.nom')
    .where('client.id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  await trx.updateTable('client').set({ nom }).where('client.id', '=', id).execute();
  return before?.nom;
}
