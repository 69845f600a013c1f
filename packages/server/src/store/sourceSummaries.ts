import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { Environment } from '../keys/key.ts';
import { beginOfLast } from './lastDays.ts';
import type { Channel } from './sources.ts';

/** A source as lists show it: no token, no secret. */
export interface SourceSummary {
  readonly nom: string;
  readonly channel: Channel;
  readonly environment: Environment;
  readonly state: 'open' | 'paused';
  readonly statut: string;
  readonly statut_review: string;
  readonly programme: string | null;
  /** How many texts name a programme. */
  readonly mapped: number;
  readonly consent_required: boolean;
  readonly origins: readonly string[] | null;
  readonly rate_limit: number;
  /** Of the last 30 days, as Today has them. */
  readonly leads: number;
  readonly quarantined: number;
  readonly last_lead_at: Date | null;
  /** What keeps a Meta source from reading its leads, if anything does. */
  readonly problem: string | null;
}

/** Every source of the CRM database, by name. */
export async function listSources(db: Kysely<Crm>): Promise<SourceSummary[]> {
  const found = await sql<SourceSummary>`
    select source.nom, source.channel, source.environment,
      case when source.paused_at is null then 'open' else 'paused' end as state,
      statut.designation as statut, review.designation as statut_review,
      programme.nom as programme,
      (select count(*) from source_programme own where own.id_source = source.id) as mapped,
      source.consent_required, source.origins, source.rate_limit,
      (select count(*) from lead where lead.id_source = source.id and lead.outcome <> 'undone'
        and lead.received_at >= ${beginOfLast(30)}) as leads,
      (select count(*) from lead where lead.id_source = source.id
        and lead.outcome = 'quarantined') as quarantined,
      (select max(lead.received_at) from lead where lead.id_source = source.id) as last_lead_at,
      coalesce(
        (select meta_form.problem from meta_form where meta_form.id_source = source.id
          and meta_form.problem is not null limit 1),
        (select meta_notice.problem from meta_notice where meta_notice.id_source = source.id
          and meta_notice.problem is not null limit 1)
      ) as problem
    from source
    join statut on statut.id = source.id_statut
    join statut review on review.id = source.id_statut_review
    left join programme on programme.id = source.id_programme
    order by source.nom`.execute(db);
  return found.rows;
}
