import { COMMENTAIRE_SHOWN, type ListedContact } from '@relais/contract';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { type Campaign, campaignColumns } from './actions.ts';
import { isReady } from './keyConditions.ts';

/** The same with times as Date. */
type WithDates<Row> = {
  readonly [Name in keyof Row]: Name extends 'action_date' | 'ready_at' | 'pulled_at'
    ? Date | Extract<Row[Name], null>
    : Row[Name];
};

const listed = sql`
  action.id as action_id, action.id_prospect as prospect_id, action.version,
  prospect.nom as prospect_nom, prospect.prenom as prospect_prenom,
  prospect.telephone as prospect_telephone, prospect.email as prospect_email,
  action.id_programme as programme_id, programme.nom as programme_nom,
  action.id_region as region_id, region.nom as region_nom,
  action.id_statut as statut_id, statut.designation as statut_designation,
  coalesce(${isReady(sql`action.id_statut`)}, false) as ready,
  (
    select source.nom from lead join source on source.id = lead.id_source
    where lead.id_action = action.id order by lead.id limit 1
  ) as source,
  (select origine.designation from origine where origine.id = action.id_origine)
    as origine_designation,
  action.created_at as action_date, action.ready_at, action.pulled_at, action.id_pull as pull_id,
  action.id_client as client_id,
  (select client.nom from client where client.id = action.id_client) as client_nom`;

const details = sql`
  action.commentaire as action_commentaire,
  (select own.designation from type_contact own where own.id = action.id_type_contact)
    as type_contact_designation,
  (select own.designation from type_action own where own.id = action.id_type_action)
    as type_action_designation,
  action.source_reference, ${campaignColumns}`;

const actions = (where: RawBuilder<unknown>) => sql`
  from action
  join prospect on prospect.id = action.id_prospect
  join programme on programme.id = action.id_programme
  join region on region.id = action.id_region
  left join statut on statut.id = action.id_statut
  where ${where}`;

/** These contacts as lists show them, in no order; those that still exist and are not erased. */
export async function listedContacts(
  db: Kysely<Crm>,
  ids: readonly number[],
): Promise<WithDates<ListedContact>[]> {
  const found = await sql<WithDates<ListedContact>>`
    select ${listed}, left(action.commentaire, ${COMMENTAIRE_SHOWN}) as action_commentaire
    ${actions(sql`action.id = any(${ids}::bigint[]) and action.id_statut is not null`)}`.execute(
    db,
  );
  return found.rows;
}

/** A contact with all that is known of it. */
export interface DetailedContact
  extends Omit<WithDates<ListedContact>, 'statut_id' | 'statut_designation'>,
    Campaign {
  /** null once its person was erased. */
  readonly statut_id: number | null;
  readonly statut_designation: string | null;
  readonly type_contact_designation: string | null;
  readonly type_action_designation: string | null;
  readonly source_reference: string | null;
}

/** The contacts of a person, newest first. */
export async function contactsOfProspect(
  db: Kysely<Crm>,
  prospect: number,
): Promise<DetailedContact[]> {
  const found = await sql<DetailedContact>`
    select ${listed}, ${details}
    ${actions(sql`action.id_prospect = ${prospect}`)}
    order by action.created_at desc, action.id desc`.execute(db);
  return found.rows;
}
