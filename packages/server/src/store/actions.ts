import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { type CampaignField, campaignFields } from '../intake/leadDraft.ts';
import { isReady } from './keyConditions.ts';

/** The campaign that an action comes from. */
export type Campaign = Readonly<Record<CampaignField, string | null>>;

/** The columns of a Campaign. */
export const campaignColumns = sql.join(campaignFields.map((field) => sql.ref(`action.${field}`)));

/** A rule or an operator that gives a statut, and why. */
export interface ChangedBy {
  /** `source:<nom>`, `command:<name>`, `staff:<id>`. */
  readonly actor: string;
  readonly reason?: string | undefined;
}

/** The statuts in which an action waits: those that sources give, and those that keys pull from. */
const waiting = sql`
  select source.id_statut from source union select source.id_statut_review from source
  union select key.id_statut_ready from api_key key`;

/** How much an action's commentaire takes in; a message beyond it makes an action of its own. */
const MOST_COMMENTAIRE = 20_000;

/** An action that a further lead may join. */
export interface OpenAction extends Campaign {
  readonly id: number;
  readonly id_statut: number;
  /** To the microsecond, as PostgreSQL writes it. */
  readonly ready_at: string;
  readonly commentaire: string | null;
  /**
   * True when the lead's own statut is one that a key pulls from, and that of the action is not and
   * no operator has chosen it.
   */
  readonly behind: boolean;
}

/** Whether an operator has given the action the statut in which it stands. */
const movedByHand = sql`coalesce((
  select change.id_statut_from is not null and change.actor ~ '^(staff|command):'
  from statut_change change where change.id_action = action.id
  order by change.id desc limit 1), false)`;

/**
 * The latest action of a locked prospect about a programme that a lead of this time, which would
 * have this statut by itself, joins: made within 24 hours of it, not handed out, and still waiting;
 * locked. A pull that holds it is waited for, and then it is no longer open: what a client has
 * received takes in no more. It is read after the locks: a statement that waits for one compares with
 * the statuts and changes that there were, and would pass over what an operator has moved meanwhile.
 * One that comes back meanwhile is not locked, and is none: a pull may be taking it.
 */
export async function lockOpenAction(
  trx: Transaction<Crm>,
  prospect: number,
  programme: number,
  lead: { at: Date; statut: number },
): Promise<OpenAction | undefined> {
  const open = await sql<{ id: number }>`
    select action.id from action
    where action.id_prospect = ${prospect} and action.id_programme = ${programme}
      and action.pulled_at is null
      and abs(extract(epoch from action.created_at - ${lead.at}::timestamptz)) < 24 * 3600
    order by action.id for no key update`.execute(trx);
  if (open.rows.length === 0) return undefined;
  const found = await sql<OpenAction>`
    select action.id, action.id_statut, action.ready_at::text, action.commentaire,
      ${campaignColumns},
      ${isReady(sql`${lead.statut}`)} and not ${isReady(sql`action.id_statut`)}
        and not ${movedByHand} as behind
    from action
    where action.id = any(${open.rows.map(({ id }) => id)}::bigint[])
      and action.id_statut in (${waiting})
      and length(coalesce(action.commentaire, '')) < ${MOST_COMMENTAIRE}
    order by action.id desc limit 1`.execute(trx);
  return found.rows[0];
}

/**
 * The action of a locked prospect about a programme that was loaded under the id of a lead: it is that
 * lead, which a dump or another CRM had let in. Of what leads have made the ledger tells a repeat.
 */
export async function findLoadedAction(
  trx: Transaction<Crm>,
  prospect: number,
  programme: number,
  externalId: string,
): Promise<number | undefined> {
  const found = await sql<{ id: number }>`
    select action.id from action
    where action.id_prospect = ${prospect} and action.id_programme = ${programme}
      and action.source_reference = ${externalId}
      and not exists (
        select from lead
        where lead.id_action = action.id and (lead.effects ->> 'madeAction')::boolean)
    order by action.id desc limit 1`.execute(trx);
  return found.rows[0]?.id;
}

export interface NewAction extends Campaign {
  readonly id_prospect: number;
  readonly id_programme: number;
  readonly id_statut: number;
  readonly id_origine: number | null;
  readonly id_type_contact: number | null;
  readonly id_type_action: number | null;
  readonly commentaire: string | null;
  readonly source_reference: string | null;
  /** When the enquiry was made. */
  readonly created_at: Date;
}

/**
 * Writes an action with its first statut, recorded; it is ready from now on. Gives its id; undefined
 * when its programme is gone.
 */
export async function insertAction(
  trx: Transaction<Crm>,
  action: NewAction,
  by: ChangedBy,
): Promise<number | undefined> {
  const { created_at, id_programme, ...own } = action;
  const names = sql.join(Object.keys(own).map((name) => sql.ref(name)));
  const made = await sql<{ id: number }>`
    with made as (
      insert into action (${names}, id_programme, id_region, created_at)
      select ${sql.join(Object.values(own).map((value) => sql`${value}`))},
        programme.id, programme.id_region, ${created_at}::timestamptz
      from programme where programme.id = ${id_programme}
      returning action.id, action.id_statut
    ),
    noted as (
      insert into statut_change (id_action, actor, id_statut_to, reason)
      select made.id, ${by.actor}, made.id_statut, ${by.reason ?? null} from made
    )
    select made.id from made`.execute(trx);
  return made.rows[0]?.id;
}

/**
 * Adds what a further lead says to a locked action: its text below what is there, and fields of its
 * campaign.
 */
export async function joinAction(
  trx: Transaction<Crm>,
  id: number,
  lead: { text: string | null; campaign: Partial<Campaign> },
): Promise<void> {
  const campaign = Object.entries(lead.campaign).map(
    ([name, value]) => sql`${sql.ref(name)} = ${value}::text, `,
  );
  await sql`
    update action set ${sql.join(campaign, sql``)}
      commentaire = case when ${lead.text}::text is null then action.commentaire
        else concat_ws(${PARAGRAPH}, nullif(action.commentaire, ''), ${lead.text}::text) end,
      version = action.version + 1
    where action.id = ${id}`.execute(trx);
}

/** What stands between the messages of an action. */
export const PARAGRAPH = '\n\n';

/** A text with what stands before and behind messages: in it, a whole message is found whole. */
export const bounded = (text: string): string => `${PARAGRAPH}${text}${PARAGRAPH}`;

/**
 * Gives locked actions, none of which stands in it, a statut, recorded. Those that wait are last in
 * its queue from now on.
 */
export async function setStatut(
  trx: Transaction<Crm>,
  ids: readonly number[],
  statut: number,
  by: ChangedBy,
): Promise<void> {
  await sql`
    with before as (
      select action.id, action.id_statut from action where action.id = any(${ids}::bigint[])
    ),
    moved as (
      update action set id_statut = ${statut},
        ready_at = case when action.pulled_at is null then clock_timestamp()
          else action.ready_at end,
        version = action.version + 1
      from before where action.id = before.id
      returning action.id
    )
    insert into statut_change (id_action, actor, id_statut_from, id_statut_to, reason)
    select before.id, ${by.actor}, before.id_statut, ${statut}::bigint, ${by.reason ?? null}::text
    from before join moved on moved.id = before.id
    order by before.id`.execute(trx);
}

/** Where an action stands, for who is about to change it. */
export interface Standing {
  readonly id: number;
  readonly id_statut: number;
  readonly statut: string;
  readonly version: number;
  readonly pulled_at: Date | null;
  /** Who pulled it; null before, and on what an older system handed out. */
  readonly client: string | null;
  /** Whether it is of a pull that can still be released. */
  readonly releasable: boolean;
}

const standing: RawBuilder<Standing> = sql`
  select action.id, action.id_statut, statut.designation as statut, action.version,
    action.pulled_at, client.nom as client,
    pull.id is not null and pull.released_at is null as releasable
  from action
  join statut on statut.id = action.id_statut
  left join client on client.id = action.id_client
  left join pull on pull.id = action.id_pull`;

/**
 * Locks actions, in the order of their ids, and tells where they stand; those that exist. Where they
 * stand is read after the locks: a statement that waits for one still joins the statut that there was,
 * and loses the action whose statut was changed.
 */
export async function lockActions(
  trx: Transaction<Crm>,
  ids: readonly number[],
): Promise<Standing[]> {
  await sql`
    select from action where action.id = any(${ids}::bigint[])
    order by action.id for no key update`.execute(trx);
  const found = await sql<Standing>`
    ${standing} where action.id = any(${ids}::bigint[])
    order by action.id`.execute(trx);
  return found.rows;
}
