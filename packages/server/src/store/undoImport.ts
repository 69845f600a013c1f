import { sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { wasResent } from './leads.ts';
import { postponeAgain } from './postponedLeads.ts';
import { settledSince, takeBackJoins } from './undoJoins.ts';

/** What became of the leads of an import that was undone. */
export interface Undone {
  readonly undone: number;
  /** Those that stay, because their action was handed out, changed, or joined by another lead. */
  readonly kept: number;
}

/**
 * Takes back everything that an import wrote, what it wrote into rows that were there before
 * included: its actions, the messages it added, the statuts it raised, the fields it filled in, the
 * persons it made. Only what still stands as the import wrote it is taken back. An action that a
 * client has received, an operator has changed, whose person an operator has corrected, or that
 * another lead has joined stays, with its lead, and so does a lead that its sender sent as well or
 * that an operator has let in. A lead that waited before, and that a row of this import corrected, waits again as it did, or as it
 * did before an import that was undone earlier corrected it. The caller holds the import's lock.
 *
 * Locks, in the order of intake: leads, identities, prospects, actions.
 */
export async function undoLeads(trx: Transaction<Crm>, id: number): Promise<Undone> {
  await lockTouched(trx, id);
  await sql`create temporary table undo_lead (id bigint primary key) on commit drop`.execute(trx);
  await chooseLeads(trx, id);
  await sql`analyze undo_lead`.execute(trx);
  await takeBackJoins(trx);
  await takeBackFields(trx);
  const made = await forgetLeads(trx, id);
  await removeActions(trx, made.actions);
  await removePersons(trx, made);
  const counted = await sql<{ kept: number }>`
    select count(*) as kept from lead
    where lead.id_import = ${id} and lead.outcome <> 'undone'`.execute(trx);
  return { undone: made.leads, kept: counted.rows[0]?.kept ?? 0 };
}

async function lockTouched(trx: Transaction<Crm>, id: number): Promise<void> {
  const touched = (column: string) => sql`
    (select lead.${sql.ref(column)} from lead where lead.id_import = ${id})`;
  await sql`
    select from lead where lead.id_import = ${id}
    order by lead.id for no key update of lead`.execute(trx);
  await sql`
    select from prospect_identity own where own.id_prospect in ${touched('id_prospect')}
    order by own.value collate "C" for update of own`.execute(trx);
  await sql`
    select from prospect where prospect.id in ${touched('id_prospect')}
    order by prospect.id for update of prospect`.execute(trx);
  await sql`
    select from action where action.id in ${touched('id_action')}
    order by action.id for update of action`.execute(trx);
}

/** An operator's hand, as against the rule of a source, and the undoing of another import. */
const byHand = sql`change.actor not like 'source:%' and change.actor <> 'import.undo'`;

/** An operator has corrected the person of the lead since: the contact is no longer as imported. */
const correctedSince = sql`exists (
  select from audit
  where audit.target = 'prospect:' || lead.id_prospect and audit.act = 'prospect.correct'
    and audit.at > lead.settled_at)`;

/** Its sender has sent it by the source's own door as well, or an operator has let it in. */
const stays = sql`(${wasResent}
  or (lead.outcome in ('accepted', 'merged') and lead.settled_by is not null))`;

/** Chooses the leads that can be taken back: all of an action that its import made, or none. */
async function chooseLeads(trx: Transaction<Crm>, id: number): Promise<void> {
  await sql`
    with own as (
      select lead.id, lead.id_action, lead.outcome,
        bool_or((lead.effects ->> 'madeAction')::boolean) over (partition by lead.id_action) as made,
        bool_or(${correctedSince}) over (partition by lead.id_action) as corrected,
        ${stays} as stays,
        bool_or(${stays}) over (partition by lead.id_action) as any_stays
      from lead
      where lead.id_import = ${id} and lead.outcome in ('accepted', 'merged', 'quarantined')
        -- Of an erased person nothing is left to take back.
        and lead.draft is not null
    )
    insert into undo_lead (id)
    select own.id from own
    left join action on action.id = own.id_action
    where not own.stays and (own.outcome = 'quarantined' or (
      action.pulled_at is null
      and not exists (select from pull_item item where item.id_action = action.id)
      and (not own.made or (
        not own.corrected and not own.any_stays
        and not exists (
          select from statut_change change where change.id_action = action.id and ${byHand})
        and not exists (
          select from lead other where other.id_action = action.id
            and other.id_import is distinct from ${id}::bigint)
      ))
    ))`.execute(trx);
}

/** A person who wrote since may have confirmed what is known of them: it stays. */
const wroteSince = sql`exists (select ${settledSince} and other.id_prospect = lead.id_prospect)`;

/** Empties the fields of known persons that the import filled in and that say the same still. */
async function takeBackFields(trx: Transaction<Crm>): Promise<void> {
  const filled = await sql<{ id_prospect: number; field: string; value: string }>`
    select lead.id_prospect, own.key as field, own.value
    from undo_lead join lead on lead.id = undo_lead.id
    cross join lateral jsonb_each_text(lead.effects -> 'filled') own
    where lead.id_prospect is not null and not ${wroteSince}`.execute(trx);
  for (const { id_prospect, field, value } of filled.rows) {
    await sql`
      update prospect set ${sql.ref(field)} = null
      where prospect.id = ${id_prospect} and prospect.${sql.ref(field)} = ${value}`.execute(trx);
  }
}

interface Made {
  readonly leads: number;
  readonly actions: readonly number[];
  readonly prospects: readonly number[];
  /** The persons of the leads: of nobody else is anything removed. */
  readonly persons: readonly number[];
  readonly identities: readonly string[];
}

/**
 * Marks the chosen leads as undone, their external ids free again, or gives them back to the
 * quarantine from which they came; gives what they had made.
 */
async function forgetLeads(trx: Transaction<Crm>, id: number): Promise<Made> {
  const gone = await sql<{
    action: number | null;
    prospect: number | null;
    person: number | null;
    identities: string[] | null;
  }>`
    with before as (
      select lead.id, lead.id_prospect as person,
        case when (lead.effects ->> 'madeAction')::boolean then lead.id_action end as action,
        case when (lead.effects ->> 'madeProspect')::boolean then lead.id_prospect end as prospect,
        case when lead.id_prospect is not null and not ${wroteSince}
          then array(select jsonb_array_elements_text(lead.effects -> 'identities')) end as identities,
        (
          with recursive earlier (place, step) as (
            select lead.effects -> 'replaced', 1
            union all
            select earlier.place -> 'replaced', earlier.step + 1
            from earlier join import on import.id = (earlier.place ->> 'import')::bigint
            where import.state = 'undone' or import.id = ${id}::bigint
          )
          select earlier.place from earlier order by earlier.step desc limit 1
        ) as replaced
      from undo_lead join lead on lead.id = undo_lead.id
    )
    update lead set
      outcome = case when before.replaced is null then 'undone' else 'quarantined' end,
      external_id = case when before.replaced is not null then lead.external_id end,
      draft = coalesce(before.replaced -> 'draft', lead.draft),
      reasons = coalesce(before.replaced -> 'reasons', lead.reasons),
      id_import = case when before.replaced is null then lead.id_import
        else (before.replaced ->> 'import')::bigint end,
      line = case when before.replaced is null then lead.line
        else (before.replaced ->> 'line')::integer end,
      effects = nullif(jsonb_strip_nulls(jsonb_build_object(
        'replaced', before.replaced -> 'replaced', 'sent', before.replaced -> 'sent',
        'resent', before.replaced -> 'resent')), '{}'),
      id_action = null, id_prospect = null, matched_on = '{}', settled_by = null,
      settled_at = case when before.replaced is null then clock_timestamp() end
    from before where lead.id = before.id
    returning before.action, before.prospect, before.person, before.identities`.execute(trx);
  await postponeAgain(trx);
  return {
    leads: gone.rows.length,
    actions: gone.rows.flatMap(({ action }) => action ?? []),
    prospects: gone.rows.flatMap(({ prospect }) => prospect ?? []),
    persons: gone.rows.flatMap(({ person }) => person ?? []),
    identities: gone.rows.flatMap(({ identities }) => identities ?? []),
  };
}

async function removeActions(trx: Transaction<Crm>, ids: readonly number[]): Promise<void> {
  await sql`delete from action where action.id = any(${ids}::bigint[])`.execute(trx);
}

/**
 * Removes identities that nobody else has used, nor has got by a correction, and persons made who
 * have nothing left.
 */
async function removePersons(trx: Transaction<Crm>, made: Made): Promise<void> {
  await sql`
    delete from prospect_identity own
    where own.value = any(${made.identities}::text[])
      and own.id_prospect = any(${made.persons}::bigint[])`.execute(trx);
  await sql`
    delete from prospect
    where prospect.id = any(${made.prospects}::bigint[])
      and not exists (select from lead where lead.id_prospect = prospect.id)
      and not exists (select from action where action.id_prospect = prospect.id)
      and not exists (
        select from prospect_identity own where own.id_prospect = prospect.id)`.execute(trx);
}

/** Notes who undid an import. */
export async function markUndone(trx: Transaction<Crm>, id: number, by: string): Promise<void> {
  await sql`
    update import set state = 'undone', undone_at = clock_timestamp(), undone_by = ${by}
    where import.id = ${id}`.execute(trx);
}
