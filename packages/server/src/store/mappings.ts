import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { locks } from '../db/locks.ts';

/**
 * Waits for statuts that are being given by hand and for keys that are being mapped, and lets none
 * of either go on until the transaction ends.
 */
export async function lockMappings(trx: Transaction<Crm>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${locks.mappings})`.execute(trx);
}

/** Waits for keys that are being mapped to statuts, and lets none be until the transaction ends. */
export async function awaitMappings(trx: Transaction<Crm>): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${locks.mappings})`.execute(trx);
}

/** True when contacts that another client has received stand in this statut, or its pulls set it. */
export async function holdsReceived(
  db: Kysely<Crm>,
  client: number,
  statut: number,
): Promise<boolean> {
  const found = await sql`
    select from client other
    where other.id <> ${client} and (
      exists (
        select from api_key key where key.id_client = other.id and key.revoked_at is null
          and key.id_statut_pulled = ${statut})
      or exists (
        select from action where action.id_client = other.id and action.id_statut = ${statut}
          and action.pulled_at is not null))
    limit 1`.execute(db);
  return found.rows.length > 0;
}

/** True when a key of another client pulls from this statut. */
export async function isPulledByOthers(
  db: Kysely<Crm>,
  client: number,
  statut: number,
): Promise<boolean> {
  const found = await sql`
    select from api_key key
    where key.id_client <> ${client} and key.revoked_at is null
      and key.id_statut_ready = ${statut}
    limit 1`.execute(db);
  return found.rows.length > 0;
}
