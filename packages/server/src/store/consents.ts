import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { Answer } from '../intake/leadDraft.ts';

/** What one lead said about consent. */
export interface GivenConsent {
  readonly lead_id: number;
  readonly at: Date;
  readonly source: string;
  /** null: the person was not asked. */
  readonly consent: boolean | null;
  /** All answers of the lead. */
  readonly answers: readonly Answer[];
}

/** What the leads of a person said about consent, newest first; those of erased persons nothing. */
export async function consentsOf(db: Kysely<Crm>, prospect: number): Promise<GivenConsent[]> {
  const found = await sql<GivenConsent>`
    select lead.id as lead_id, lead.received_at as at, source.nom as source,
      (lead.draft ->> 'consent')::boolean as consent,
      coalesce(lead.draft -> 'answers', '[]') as answers
    from lead join source on source.id = lead.id_source
    where lead.id_prospect = ${prospect}
    order by lead.received_at desc, lead.id desc`.execute(db);
  return found.rows;
}
