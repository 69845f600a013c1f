import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

/** One thing that happened to an action. */
export interface HistoryEvent {
  readonly at: Date;
  readonly event: 'lead' | 'statut' | 'pull' | 'release';
  /** `source:<nom>`, `client:<nom>`, `command:<name>`, `staff:<id>`. */
  readonly who: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly why: string | null;
}

/**
 * All that happened to an action, oldest first: the leads that made it or joined it, the changes of
 * its statut, the pulls that handed it out and their releases. Undefined when there is none of this
 * id; what was loaded from an older system may have no history.
 */
export async function historyOf(
  db: Kysely<Crm>,
  action: number,
): Promise<HistoryEvent[] | undefined> {
  const found = await sql<HistoryEvent>`
    select own.at, own.event, own.who, before.designation as "from", after.designation as "to",
      own.why
    from (
      select lead.received_at as at, 1 as rank, 'lead' as event, 'source:' || source.nom as who,
        null::bigint as before, null::bigint as after, lead.outcome as why
      from lead join source on source.id = lead.id_source where lead.id_action = ${action}
      union all
      select change.at, 2, 'statut', change.actor, change.id_statut_from, change.id_statut_to,
        change.reason
      from statut_change change where change.id_action = ${action}
      union all
      select pull.pulled_at, 3, 'pull', 'client:' || client.nom, pull.id_statut_ready,
        pull.id_statut_pulled, 'pull ' || pull.id
      from pull_item item join pull on pull.id = item.id_pull
      join client on client.id = pull.id_client where item.id_action = ${action}
      union all
      select pull.released_at, 4, 'release', 'client:' || client.nom, pull.id_statut_pulled,
        pull.id_statut_ready, pull.release_reason
      from pull_item item join pull on pull.id = item.id_pull
      join client on client.id = pull.id_client
      join action on action.id = item.id_action
      where item.id_action = ${action} and pull.released_at is not null
        -- Else it was acted on before, and stayed with the client.
        and action.id_pull is distinct from pull.id
    ) own
    left join statut before on before.id = own.before
    left join statut after on after.id = own.after
    order by own.at, own.rank`.execute(db);
  if (found.rows.length > 0) return found.rows;
  const exists = await sql`select from action where action.id = ${action}`.execute(db);
  return exists.rows.length > 0 ? [] : undefined;
}
