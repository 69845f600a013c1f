import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { Environment } from '../keys/key.ts';
import { givenRegions } from './keys.ts';

/** A key as lists show it: all but its hash. */
export interface KeySummary {
  readonly id: string;
  readonly id_client: number;
  readonly client: string;
  readonly environment: Environment;
  /** null: all regions. */
  readonly regions: readonly number[] | null;
  readonly id_statut_ready: number;
  readonly ready: string;
  readonly id_statut_pulled: number;
  readonly pulled: string;
  readonly operations: readonly string[] | null;
  readonly ip_ranges: readonly string[] | null;
  readonly state: 'valid' | 'expired' | 'revoked';
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
  readonly exposed_at: Date | null;
  readonly rotated_from: string | null;
  readonly last_used_at: Date | null;
  readonly last_address: string | null;
  readonly last_operation: string | null;
}

/** The keys of the CRM database, or some of them, oldest first. */
export async function listKeys(
  db: Kysely<Crm>,
  only: { id?: string; client?: number | undefined } = {},
): Promise<KeySummary[]> {
  const found = await sql<KeySummary>`
    select key.id, key.id_client, client.nom as client, key.environment,
      ${givenRegions} as regions,
      key.id_statut_ready, ready.designation as ready,
      key.id_statut_pulled, pulled.designation as pulled,
      key.operations, key.ip_ranges::text[] as ip_ranges,
      case when key.revoked_at is not null then 'revoked'
        when key.expires_at <= clock_timestamp() then 'expired'
        else 'valid' end as state,
      key.created_at, key.expires_at, key.revoked_at, key.exposed_at, key.rotated_from,
      use.last_used_at, host(use.last_address) as last_address, use.last_operation
    from api_key key
    join client on client.id = key.id_client
    join statut ready on ready.id = key.id_statut_ready
    join statut pulled on pulled.id = key.id_statut_pulled
    left join key_use use on use.id_key = key.id
    where (${only.id ?? null}::text is null or key.id = ${only.id ?? null}::text)
      and (${only.client ?? null}::bigint is null or key.id_client = ${only.client ?? null}::bigint)
    order by key.created_at, key.id`.execute(db);
  return found.rows;
}
