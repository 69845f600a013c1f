import type { ExportColumn } from '@relais/contract';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { campaignColumns } from './actions.ts';
import { type ContactFilter, type ContactSort, isMatch, orderOf } from './contactSearch.ts';

/** A contact as exports hold it. Times are of Paris, such as `2026-11-23T09:00:00`. */
export type ExportedContact = Readonly<Record<ExportColumn, string | number | null>>;

/** How many contacts a filter finds, and how many persons they are. */
export async function countExport(
  trx: Transaction<Crm>,
  filter: ContactFilter,
  sort: ContactSort,
): Promise<{ contacts: number; persons: number }> {
  const counted = await sql<{ contacts: number; persons: number }>`
    select count(*) as contacts, count(distinct action.id_prospect) as persons
    from action where ${isMatch(filter, sort)}`.execute(trx);
  return counted.rows[0] ?? { contacts: 0, persons: 0 };
}

const PAGE = 200;

const local = (time: RawBuilder<unknown>) =>
  sql`to_char(${time} at time zone 'Europe/Paris', 'YYYY-MM-DD"T"HH24:MI:SS')`;

const label = (list: string, id: RawBuilder<unknown>) =>
  sql`(select own.designation from ${sql.table(list)} own where own.id = ${id})`;

/**
 * Every contact that a filter finds, in the order of its list, some at a time: by a cursor, which
 * is of one moment and sorts once, however much there is.
 */
export async function* readExport(
  trx: Transaction<Crm>,
  filter: ContactFilter,
  sort: ContactSort,
): AsyncGenerator<ExportedContact[]> {
  await sql`
    declare exported no scroll cursor for
    select action.id as action_id, ${local(sql`action.created_at`)} as action_date,
      action.id_prospect as prospect_id, prospect.civilite as prospect_civilite,
      prospect.nom as prospect_nom, prospect.prenom as prospect_prenom,
      prospect.telephone as prospect_telephone, prospect.email as prospect_email,
      prospect.adresse as prospect_adresse, prospect.code_postal as prospect_code_postal,
      prospect.ville as prospect_ville, prospect.pays as prospect_pays,
      action.id_programme as programme_id, programme.nom as programme_nom,
      programme.ville as programme_ville,
      (select region.nom from region where region.id = action.id_region) as region_nom,
      ${label('statut', sql`action.id_statut`)} as statut_designation,
      ${local(sql`action.ready_at`)} as ready_at, ${local(sql`action.pulled_at`)} as pulled_at,
      (select client.nom from client where client.id = action.id_client) as client_nom,
      action.id_pull as pull_id,
      (
        select source.nom from lead join source on source.id = lead.id_source
        where lead.id_action = action.id order by lead.id limit 1
      ) as source,
      ${label('origine', sql`action.id_origine`)} as origine_designation,
      ${label('type_contact', sql`action.id_type_contact`)} as type_contact_designation,
      ${label('type_action', sql`action.id_type_action`)} as type_action_designation,
      action.commentaire as action_commentaire, action.source_reference, ${campaignColumns}
    from action
    join prospect on prospect.id = action.id_prospect
    join programme on programme.id = action.id_programme
    where ${isMatch(filter, sort)}
    order by ${orderOf(sort)}`.execute(trx);
  for (;;) {
    const page = await sql<ExportedContact>`
      fetch forward ${sql.lit(PAGE)} from exported`.execute(trx);
    if (page.rows.length === 0) return;
    yield page.rows;
  }
}
