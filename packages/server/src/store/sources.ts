import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { Environment } from '../keys/key.ts';

export const channels = ['json', 'form', 'meta', 'google', 'file'] as const;
export type Channel = (typeof channels)[number];

/** What an operator decides about a source. */
export interface SourceRules {
  /** The programme of leads that name none; null: they wait in quarantine. */
  readonly id_programme: number | null;
  readonly id_origine: number | null;
  readonly id_type_contact: number | null;
  readonly id_type_action: number | null;
  /** The first statut of what is let in, and of what is let in but wants a look. */
  readonly id_statut: number;
  readonly id_statut_review: number;
  readonly consent_required: boolean;
  /** Web origins whose pages may post; null: any. */
  readonly origins: readonly string[] | null;
  readonly redirect_url: string | null;
  readonly honeypot: string;
  /** Requests a minute. */
  readonly rate_limit: number;
}

/** A source as it stands now. */
export interface Source extends SourceRules {
  readonly id: number;
  readonly nom: string;
  readonly channel: Channel;
  readonly environment: Environment;
  /** The hashes of the tokens that are good now: two while a rotation overlaps; none for files. */
  readonly token_hashes: readonly Buffer[];
  /** What names a programme: folded text to id. */
  readonly programmes: Readonly<Record<string, number>>;
  /** What its files' columns mean, as the last import had it; null before the first. */
  readonly columns: unknown;
  /** Sealed; null unless the channel is meta. */
  readonly meta_app_secret: Buffer | null;
  readonly meta_access_token: Buffer | null;
  readonly paused: boolean;
}

const columns = sql`
  source.id, source.nom, source.channel, source.environment, source.id_programme,
  source.id_origine, source.id_type_contact, source.id_type_action, source.id_statut,
  source.id_statut_review, source.consent_required, source.origins, source.redirect_url,
  source.honeypot, source.rate_limit, source.columns, source.meta_app_secret,
  source.meta_access_token, source.paused_at is not null as paused,
  array_remove(array[source.token_hash,
    case when source.previous_token_until > clock_timestamp() then source.previous_token_hash end
  ], null) as token_hashes,
  (
    select coalesce(json_object_agg(own.value, own.id_programme), '{}')
    from source_programme own where own.id_source = source.id
  ) as programmes`;

/** The source of this name, or undefined. Read anew for each lead: a change holds at once. */
export async function findSource(db: Kysely<Crm>, nom: string): Promise<Source | undefined> {
  const found = await sql<Source>`
    select ${columns} from source where source.nom = ${nom}`.execute(db);
  return found.rows[0];
}

/** The sources of a channel that are not paused. */
export async function findOpenSources(db: Kysely<Crm>, channel: Channel): Promise<Source[]> {
  const found = await sql<Source>`
    select ${columns} from source
    where source.channel = ${channel} and source.paused_at is null
    order by source.id`.execute(db);
  return found.rows;
}

export interface NewSource extends SourceRules {
  readonly nom: string;
  readonly channel: Channel;
  readonly environment: Environment;
  readonly token_hash: Buffer | null;
  readonly meta_app_secret: Buffer | null;
  readonly meta_access_token: Buffer | null;
}

/** Stores a new source and gives its id; undefined when the name is taken. */
export async function insertSource(
  trx: Transaction<Crm>,
  source: NewSource,
): Promise<number | undefined> {
  const row = await trx
    .insertInto('source')
    .values({ ...source, origins: source.origins && [...source.origins] })
    .onConflict((conflict) => conflict.column('nom').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/** Lets these folded texts name these programmes at a source; those named before are renamed. */
export async function mapProgrammes(
  trx: Transaction<Crm>,
  source: number,
  programmes: ReadonlyMap<string, number>,
): Promise<void> {
  await sql`
    insert into source_programme (id_source, value, id_programme)
    select ${source}::bigint, own.value, own.id_programme
    from unnest(${[...programmes.keys()]}::text[], ${[...programmes.values()]}::bigint[])
      own (value, id_programme)
    on conflict (id_source, value) do update set id_programme = excluded.id_programme`.execute(trx);
}

/** Gives a source another token; the one before works on for `overlapHours`. */
export async function replaceToken(
  trx: Transaction<Crm>,
  source: number,
  hash: Buffer,
  overlapHours: number,
): Promise<void> {
  await sql`
    update source set
      previous_token_hash = source.token_hash,
      previous_token_until = clock_timestamp() + make_interval(hours => ${overlapHours}),
      token_hash = ${hash}
    where source.id = ${source}`.execute(trx);
}

/** Replaces the sealed secrets of a Meta source. */
export async function replaceMetaSecrets(
  trx: Transaction<Crm>,
  source: number,
  sealed: { meta_app_secret: Buffer; meta_access_token: Buffer },
): Promise<void> {
  await trx.updateTable('source').set(sealed).where('source.id', '=', source).execute();
}

/** Pauses a source, or lets it go on. */
export async function setPaused(
  trx: Transaction<Crm>,
  source: number,
  paused: boolean,
): Promise<void> {
  await sql`
    update source set paused_at =
      case when ${paused} then coalesce(source.paused_at, clock_timestamp()) end
    where source.id = ${source}`.execute(trx);
}

/** Remembers what the columns of a source's files mean. */
export async function rememberColumns(
  trx: Transaction<Crm>,
  source: number,
  mapping: unknown,
): Promise<void> {
  await sql`
    update source set columns = ${JSON.stringify(mapping)}::jsonb
    where source.id = ${source}`.execute(trx);
}

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
  /** Of the last 30 days. */
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
        and lead.received_at >= now() - interval '30 days') as leads,
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
