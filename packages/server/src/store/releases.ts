import { limits } from '@relais/contract';
import { sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { type Pull, pullColumns } from './pulls.ts';

/**
 * A pull, of this client where one is given, locked until the transaction ends, and whether it is
 * too old for the client to release it.
 */
export async function lockPull(
  trx: Transaction<Crm>,
  id: string,
  client: number | null,
): Promise<(Pull & { tooOld: boolean }) | undefined> {
  const found = await sql<Pull & { tooOld: boolean }>`
    select ${pullColumns},
      pull.pulled_at < clock_timestamp()
        - make_interval(hours => ${limits.releaseHours}) as "tooOld"
    from pull
    where pull.id = ${id} and (${client}::bigint is null or pull.id_client = ${client}::bigint)
    for no key update of pull`.execute(trx);
  return found.rows[0];
}

/** Who releases a pull: its client, by a key, or an operator, as the audit calls them. */
export type ReleasedBy = { readonly key: string } | { readonly operator: string };

/**
 * Puts the contacts of a locked pull back to the statut they were picked from, at their old place;
 * those whose statut was changed since stay. Gives the time and how many were put back.
 */
export async function releaseItems(
  trx: Transaction<Crm>,
  pull: Pull,
  by: ReleasedBy,
  reason: string,
): Promise<{ released_at: Date; released: number }> {
  await sql`
    select from action where action.id_pull = ${pull.id}
    order by action.id for no key update`.execute(trx);
  const done = await sql<{ released_at: Date; released: number }>`
    with freed as (
      update action set
        id_statut = ${pull.id_statut_ready},
        pulled_at = null, id_client = null, id_pull = null,
        version = action.version + 1
      where action.id_pull = ${pull.id} and action.id_statut = ${pull.id_statut_pulled}
      returning action.id
    )
    update pull set
      released_at = date_trunc('milliseconds', clock_timestamp()),
      released_by = ${'key' in by ? by.key : null},
      released_by_operator = ${'operator' in by ? by.operator : null},
      release_reason = ${reason},
      released = (select count(*) from freed)
    where pull.id = ${pull.id}
    returning pull.released_at, pull.released`.execute(trx);
  const row = done.rows[0];
  if (!row) throw new Error(`pull ${pull.id} is gone`);
  return row;
}
