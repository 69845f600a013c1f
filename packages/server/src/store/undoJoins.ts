import { sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { bounded, PARAGRAPH } from './actions.ts';

/** Leads that came in after `lead`, and stay: `from … where …`. */
export const settledSince = sql`
  from lead other
  where other.settled_at > lead.settled_at
    and other.id not in (select undo_lead.id from undo_lead)`;

interface Join {
  readonly id_action: number;
  readonly commentaire: string | null;
  readonly appended: string | null;
  readonly campaign: Readonly<Record<string, string>>;
  readonly statutBefore: number | null;
  readonly readyBefore: string | null;
  /** Whether a lead that stays has joined the action later: its campaign and statut are that one's too. */
  readonly joinedSince: boolean;
}

/** Takes what was added to actions that the import joined out of them again, latest first. */
export async function takeBackJoins(trx: Transaction<Crm>): Promise<void> {
  const joined = await sql<{ id: number }>`
    select lead.id from undo_lead join lead on lead.id = undo_lead.id
    where not (lead.effects ->> 'madeAction')::boolean
    order by lead.settled_at desc`.execute(trx);
  for (const { id } of joined.rows) {
    const found = await sql<Join>`
      select lead.id_action, action.commentaire, lead.effects -> 'campaign' as campaign,
        (lead.effects ->> 'statutBefore')::bigint as "statutBefore",
        lead.effects ->> 'readyBefore' as "readyBefore",
        exists (select ${settledSince} and other.id_action = lead.id_action) as "joinedSince",
        case when not exists (
          select ${settledSince} and other.id_action = lead.id_action
            -- Who said the same later added nothing: they are their words too.
            and strpos(lead.effects ->> 'appended', other.effects ->> 'echoed') > 0
        ) then lead.effects ->> 'appended' end as appended
      from lead join action on action.id = lead.id_action where lead.id = ${id}`.execute(trx);
    for (const join of found.rows) await takeBackJoin(trx, join);
  }
}

async function takeBackJoin(
  trx: Transaction<Crm>,
  { id_action, commentaire, appended, campaign, joinedSince, ...before }: Join,
): Promise<void> {
  const emptied = Object.entries(joinedSince ? {} : campaign).map(([name, value]) => {
    const field = sql.ref(name);
    return sql`${field} = nullif(action.${field}, ${value}::text), `;
  });
  await sql`
    update action set ${sql.join(emptied, sql``)}
      commentaire = ${withoutMessage(commentaire, appended)}::text,
      version = action.version + 1
    where action.id = ${id_action}`.execute(trx);
  if (!joinedSince) await lowerStatut(trx, id_action, before);
}

/** A commentaire less a message that was added to it; as it is where that stands there no more. */
function withoutMessage(commentaire: string | null, message: string | null): string | null {
  if (commentaire === null || message === null) return commentaire;
  const text = bounded(commentaire);
  const at = text.indexOf(bounded(message));
  if (at === -1) return commentaire;
  const left = text.slice(0, at) + text.slice(at + PARAGRAPH.length + message.length);
  return left.slice(PARAGRAPH.length, -PARAGRAPH.length) || null;
}

/** Gives an action the statut that it had before a lead made it ready, unless it was moved since. */
async function lowerStatut(
  trx: Transaction<Crm>,
  action: number,
  { statutBefore, readyBefore }: Pick<Join, 'statutBefore' | 'readyBefore'>,
): Promise<void> {
  if (statutBefore === null) return;
  await sql`
    with latest as (
      select change.id_statut_from, change.id_statut_to, change.actor from statut_change change
      where change.id_action = ${action} order by change.id desc limit 1
    ),
    lowered as (
      update action set id_statut = latest.id_statut_from, ready_at = ${readyBefore}::timestamptz
      from latest
      where action.id = ${action} and latest.id_statut_from = ${statutBefore}
        and action.id_statut = latest.id_statut_to and latest.actor like 'source:%'
      returning latest.id_statut_to, latest.id_statut_from
    )
    insert into statut_change (id_action, actor, id_statut_from, id_statut_to, reason)
    select ${action}, 'import.undo', lowered.id_statut_to, lowered.id_statut_from, 'import undone'
    from lowered`.execute(trx);
}
