import { sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

/**
 * Registers by what leads find the loaded prospects: the identities of the file, and those that
 * were read from its prospects. A value stays with a prospect of the database, that of a lead that
 * came meanwhile included; then it is for the one that the file names, then for the lowest id. One
 * statement, in the order in which intake claims, so that the two never wait for each other.
 */
export async function insertIdentities(trx: Transaction<Crm>): Promise<void> {
  await sql`
    insert into prospect_identity (id, value, id_prospect)
    select
      coalesce(own.id, nextval((select pg_get_serial_sequence('prospect_identity', 'id')::regclass))),
      own.value, own.id_prospect
    from (
      select distinct on (known.value collate "C") known.id, known.value, known.id_prospect
      from (
        select staged.id, staged.value, staged.${sql.ref('idProspect')} as id_prospect
        from load_identities staged
        union all
        select null, unnest(staged.identities), staged.id from load_prospects staged
      ) known
      order by known.value collate "C", known.id nulls last, known.id_prospect
    ) own
    order by own.value collate "C"
    on conflict (value) do nothing`.execute(trx);
}
