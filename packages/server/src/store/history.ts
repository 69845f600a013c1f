import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { Reason } from '../intake/reason.ts';
import type { Match } from './leads.ts';

/** One thing that happened to an action, or to its person. */
export interface HistoryEvent {
  readonly at: Date;
  readonly event: 'lead' | 'statut' | 'pull' | 'release' | 'correction' | 'erasure';
  /** null for what concerns the person. */
  readonly action_id: number | null;
  readonly programme_nom: string | null;
  /** `source:<nom>`, `client:<nom>`, `command:<name>`, `staff:<id>`. */
  readonly who: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly why: string | null;
  readonly lead_id: number | null;
  readonly outcome: 'accepted' | 'merged' | null;
  readonly matched_on: readonly Match[];
  readonly reasons: readonly Reason[];
  readonly pull_id: string | null;
  readonly pull_seq: number | null;
  readonly delivery: 'written' | 'uncertain' | null;
  /** What a correction changed. */
  readonly fields: readonly string[];
}

/**
 * All that happened to an action, or to a person and all of their actions, newest first and at most
 * `most` events: the leads that made them or joined them, the changes of their statut, the pulls
 * that handed them out and their releases, and the corrections and the erasure of the person.
 * Undefined when there is none of this id; what was loaded from an older system may have no
 * history. Each part is read by the index of its action; those of the person by audit_target.
 */
export async function historyOf(
  db: Kysely<Crm>,
  of: { readonly action: number } | { readonly prospect: number },
  most: number,
): Promise<HistoryEvent[] | undefined> {
  const whose =
    'action' in of ? sql`action.id = ${of.action}` : sql`action.id_prospect = ${of.prospect}`;
  const person = 'prospect' in of ? `prospect:${of.prospect}` : null;
  const found = await sql<HistoryEvent>`
    with own as materialized (
      select action.id, programme.nom as programme_nom
      from action join programme on programme.id = action.id_programme where ${whose}
    ),
    handed as (
      select own.id, own.programme_nom, client.nom as client_nom, pull.id as pull_id, pull.seq,
        pull.pulled_at, pull.answer_written_at, pull.id_statut_ready, pull.id_statut_pulled,
        pull.released_at, pull.released_by_operator, pull.release_reason
      from own join pull_item item on item.id_action = own.id
      join pull on pull.id = item.id_pull join client on client.id = pull.id_client
    ),
    happened (at, rank, event, action_id, programme_nom, who, before, after, why, lead_id, outcome,
      matched_on, reasons, pull_id, pull_seq, delivery, fields) as (
      select lead.received_at, 1, 'lead', own.id, own.programme_nom, 'source:' || source.nom,
        null::bigint, null::bigint, null, lead.id, lead.outcome, lead.matched_on, lead.reasons,
        null::uuid, null::bigint, null, '{}'::text[]
      from own join lead on lead.id_action = own.id join source on source.id = lead.id_source
      union all
      select change.at, 2, 'statut', own.id, own.programme_nom, change.actor,
        change.id_statut_from, change.id_statut_to, change.reason, null, null, '{}', '[]',
        null, null, null, '{}'
      from own join statut_change change on change.id_action = own.id
      union all
      select handed.pulled_at, 3, 'pull', handed.id, handed.programme_nom,
        'client:' || handed.client_nom, handed.id_statut_ready, handed.id_statut_pulled, null, null,
        null, '{}', '[]', handed.pull_id, handed.seq,
        case when handed.answer_written_at is null then 'uncertain' else 'written' end, '{}'
      from handed
      union all
      select handed.released_at, 4, 'release', handed.id, handed.programme_nom,
        coalesce(handed.released_by_operator, 'client:' || handed.client_nom),
        handed.id_statut_pulled, handed.id_statut_ready, handed.release_reason, null, null, '{}',
        '[]', handed.pull_id, handed.seq, null, '{}'
      from handed join action on action.id = handed.id
      where handed.released_at is not null
        -- Else it was acted on before, and stayed with the client.
        and action.id_pull is distinct from handed.pull_id
      union all
      select audit.at, 5, case audit.act when 'prospect.erase' then 'erasure' else 'correction' end,
        null, null, audit.actor, null, null,
        audit.detail ->> 'reason', null, null, '{}', '[]', null, null, null,
        array(select jsonb_array_elements_text(audit.detail -> 'fields'))
      from audit
      where audit.target = ${person}::text and audit.act in ('prospect.correct', 'prospect.erase')
    )
    select happened.at, happened.event, happened.action_id, happened.programme_nom, happened.who,
      before.designation as "from", after.designation as "to", happened.why, happened.lead_id,
      happened.outcome, happened.matched_on, happened.reasons, happened.pull_id,
      happened.pull_seq, happened.delivery, happened.fields
    from happened
    left join statut before on before.id = happened.before
    left join statut after on after.id = happened.after
    order by happened.at desc, happened.rank desc, happened.action_id desc
    limit ${most}`.execute(db);
  if (found.rows.length > 0) return found.rows;
  const exists = await sql`select from ${sql.table('action' in of ? 'action' : 'prospect')}
    where id = ${'action' in of ? of.action : of.prospect}`.execute(db);
  return exists.rows.length > 0 ? [] : undefined;
}
