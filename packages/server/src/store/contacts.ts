import { limits } from '@relais/contract';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { prepared, unseen } from '../db/pool.ts';
import type { Scope } from '../keys/scope.ts';
import { depth, first, type Position, positionTime, queue } from './queue.ts';

const instant = (time: RawBuilder<unknown>) =>
  sql`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Rows of `actions`, named a, with all else that contacts are made of. */
const withParts = (actions: RawBuilder<unknown>) => sql`
  ${actions} a
  join prospect on prospect.id = a.id_prospect
  join programme on programme.id = a.id_programme
  join region on region.id = a.id_region
  join statut on statut.id = a.id_statut
  left join origine on origine.id = a.id_origine
  left join type_contact on type_contact.id = a.id_type_contact
  left join type_action on type_action.id = a.id_type_action`;

/**
 * What the contacts of `actions` are made of, as one short text: while it is the same, so are they,
 * whatever else is written. Each change of a row makes a new one, with the number of the transaction
 * that did it (xmin, https://www.postgresql.org/docs/current/ddl-system-columns.html; `actions` gives
 * its own too). A server that takes over from another may use the numbers again, so when it started
 * is part of it.
 */
const stateOf = (actions: RawBuilder<unknown>): RawBuilder<{ state: string }> => sql`
  select md5(concat(pg_postmaster_start_time(), string_agg(
    row(
      a.id, a.xmin, prospect.xmin, programme.xmin, region.xmin, statut.xmin,
      origine.xmin, type_contact.xmin, type_action.xmin
    )::text, '' order by a.id))) as state
  from ${withParts(actions)}`;

/**
 * The contact of each row of `actions` (any relation with the columns of action, named a), as the
 * exact JSON that a client receives: its text is what counts. Columns: id, ready_at, pulled_at,
 * contact. With so many joins it takes as long to plan as to run: statements with it are prepared.
 */
export const contactsOf = (actions: RawBuilder<unknown>): RawBuilder<{ contact: unknown }> => sql`
  select a.id, a.ready_at, a.pulled_at, row_to_json(contact) as contact
  from ${withParts(actions)}
  cross join lateral (
    select
      a.id as action_id,
      prospect.id as prospect_id,
      programme.id as programme_id,
      prospect.nom as prospect_nom,
      prospect.prenom as prospect_prenom,
      prospect.telephone as prospect_telephone,
      prospect.email as prospect_email,
      programme.nom as programme_nom,
      region.nom as region_nom,
      origine.designation as origine_designation,
      type_contact.designation as type_contact_designation,
      type_action.designation as type_action_designation,
      ${instant(sql`a.created_at`)} as action_date,
      a.commentaire as action_commentaire,
      a.id_statut as statut_id,
      statut.designation as statut_designation,
      ${instant(sql`a.ready_at`)} as ready_at,
      ${instant(sql`a.pulled_at`)} as pulled_at,
      a.id_pull as pull_id,
      prospect.civilite as prospect_civilite,
      prospect.adresse as prospect_adresse,
      prospect.code_postal as prospect_code_postal,
      prospect.ville as prospect_ville,
      prospect.pays as prospect_pays,
      programme.ville as programme_ville,
      a.id_region as region_id,
      a.id_origine as origine_id,
      a.id_type_contact as type_contact_id,
      a.id_type_action as type_action_id,
      a.source_reference,
      a.utm_source,
      a.utm_medium,
      a.utm_campaign,
      a.utm_term,
      a.utm_content,
      a.gclid,
      a.fbclid
  ) contact`;

/** A page of contacts: their JSON texts in order, and where the next page begins, if there is one. */
export interface ContactPage {
  readonly contacts: readonly string[];
  readonly next: Position | undefined;
  /** The place of the last contact that was looked at; undefined when there was none. */
  readonly end: Position | undefined;
}

const inHead = sql`(select action.*, action.xmin from head join action on action.id = head.id)`;

type Row = { id: number; at: string; contact: string };

const page = (rows: Row[], limit: number): ContactPage => {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    contacts: shown.map((row) => row.contact),
    next: rows.length > limit && last ? { at: last.at, id: last.id } : undefined,
    end: rows.at(-1),
  };
};

/** The contacts ready in a statut, oldest ready first. */
export async function readReady(
  db: Kysely<Crm>,
  scope: Scope,
  statut: number,
  limit: number,
  after?: Position,
): Promise<ContactPage> {
  const found = await sql<Row>`${prepared}
    with head as materialized (${queue(scope, statut, after, limit + 1)}),
    contact as (${contactsOf(inHead)})
    select contact.id, ${positionTime(sql`contact.ready_at`)} as at, contact.contact::text
    from contact order by contact.ready_at, contact.id`.execute(db);
  return page(found.rows, limit);
}

/**
 * The first page of them, with its state: what it is made of, which is the same while the page would
 * be. Without its contacts where that is `known`: to look costs a third of making them.
 */
export async function readFirstReady(
  db: Kysely<Crm>,
  scope: Scope,
  statut: number,
  limit: number,
  known: string | undefined,
): Promise<ContactPage & { readonly state: string }> {
  const found = await sql<Row>`${prepared}
    with head as materialized (${queue(scope, statut, undefined, limit + 1)}),
    now as materialized (${stateOf(inHead)}),
    contact as (${contactsOf(inHead)})
    select line.id, ${positionTime(sql`line.ready_at`)} as at, line.contact
    from (
      select null::bigint as id, null::timestamptz as ready_at, now.state as contact from now
      union all
      select contact.id, contact.ready_at, contact.contact::text from contact
      where (select now.state from now) is distinct from ${known ?? null}::text
    ) line
    order by line.ready_at nulls first, line.id`.execute(db);
  const [state, ...rows] = found.rows;
  return { ...page(rows, limit), state: state?.contact ?? '' };
}

export interface PulledFilter {
  readonly client: number;
  /** The pulled statut of the key. */
  readonly statut: number;
  readonly since: string | undefined;
  readonly pull: string | undefined;
}

/**
 * The contacts that stand in the pulled statut and were pulled by this client, or handed out by an
 * older system that knew no client, as far back as the contract says; newest first.
 */
export async function readPulled(
  db: Kysely<Crm>,
  scope: Scope,
  filter: PulledFilter,
  limit: number,
  after?: Position,
): Promise<ContactPage> {
  const optional = [
    scope.programmes && sql`and action.id_programme = any(${scope.programmes}::bigint[])`,
    filter.since && sql`and action.pulled_at >= ${filter.since}::timestamptz`,
    filter.pull && sql`and action.id_pull = ${filter.pull}::uuid`,
    after &&
      sql`and (action.pulled_at, action.id) < (${after.at}::timestamptz, ${after.id}::bigint)`,
  ].filter((condition) => condition !== undefined && condition !== '');
  const lanes = (holder: RawBuilder<unknown>) => sql`
    select next.id, next.pulled_at
    from unnest(${unseen(sql`${scope.regions}::bigint[]`)}) as lane (id)
    cross join lateral (
      select action.id, action.pulled_at from action
      where action.id_client ${holder} and action.id_statut = ${filter.statut}
        and action.id_region = lane.id
        and action.pulled_at >= now() - make_interval(hours => ${limits.pulledHours})
        ${sql.join(optional, sql` `)}
      order by action.pulled_at desc, action.id desc
      limit ${depth(limit + 1)}
    ) next`;
  const found = await sql<Row>`${prepared}
    with head as materialized (${first(
      sql`
        select own.id from (
          ${lanes(sql`= ${filter.client}`)} union all ${lanes(sql`is null`)}
        ) own
        order by own.pulled_at desc, own.id desc`,
      limit + 1,
    )}),
    contact as (${contactsOf(inHead)})
    select contact.id, ${positionTime(sql`contact.pulled_at`)} as at, contact.contact::text
    from contact order by contact.pulled_at desc, contact.id desc`.execute(db);
  return page(found.rows, limit);
}
