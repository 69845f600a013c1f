import { sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { LeadDraft } from '../intake/leadDraft.ts';
import { draftJson, type KnownLead, knownLead } from './leads.ts';

/**
 * Which lines of a file have leads that stayed when an earlier import of the same file at this source
 * was undone, with the id of each.
 */
export async function keptLines(
  trx: Transaction<Crm>,
  source: number,
  fileHash: Buffer,
  lines: readonly number[],
): Promise<Map<number, number>> {
  const found = await sql<{ line: number; id: number }>`
    select lead.line, lead.id from import
    join lead on lead.id_import = import.id
    where import.id_source = ${source} and import.file_hash = ${fileHash}
      and import.state = 'undone' and lead.line = any(${lines}::integer[])
      and lead.outcome in ('accepted', 'merged', 'discarded')
    order by lead.id`.execute(trx);
  return new Map(found.rows.map(({ line, id }) => [line, id]));
}

/** The lead of this id, locked until the transaction ends; undefined where it came as another draft. */
export async function lockKept(
  trx: Transaction<Crm>,
  id: number,
  draft: LeadDraft,
): Promise<KnownLead | undefined> {
  const came = sql`${draftJson(draft)}::jsonb`;
  const found = await sql<KnownLead>`
    select ${knownLead} from lead
    where lead.id = ${id} and coalesce(lead.effects -> 'sent', lead.draft) = ${came}
    for no key update of lead`.execute(trx);
  return found.rows[0];
}
